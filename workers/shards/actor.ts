import type { UserId } from '#kernel'

/**
 * Who acts: a person signed in, or one of the machine's own parts; and where a request brought them,
 * from where, as the trail says it (`access.fromWhere`).
 */
export type Actor =
  | { readonly kind: 'user'; readonly id: UserId; readonly from?: FromWhere }
  | { readonly kind: 'system'; readonly id: SystemActor; readonly from?: FromWhere }

/** A country and a pseudonym of a network: `GB-3fa94c1b`. Never an address. */
export type FromWhere = string & { readonly __fromWhere: true }

/** `outbox` sends, `carrier` is a provider reporting, `clock` is cron, `seed` fills a new database. */
export type SystemActor = 'outbox' | 'carrier' | 'clock' | 'visitor' | 'seed'

export const system = (id: SystemActor, from?: FromWhere): Actor => ({
  kind: 'system',
  id,
  ...(from && { from }),
})
