import type { SupportAccessId, UserId } from '#kernel'

/**
 * Who acts: a person signed in, one of the operator's, or one of the machine's own parts; and where a request brought them,
 * from where, as the trail says it (`access.fromWhere`).
 */
export type Actor =
  | { readonly kind: 'user'; readonly id: UserId; readonly from?: FromWhere }
  /** Somebody of the operator in a customer's area, where the trail says at which level and by what leave. */
  | {
      readonly kind: 'operator'
      readonly id: UserId
      readonly role: string
      /** Null for what is done from the operator's own pages, such as turning a customer's keys. */
      readonly access: SupportAccessId | null
      readonly from?: FromWhere
    }
  | { readonly kind: 'system'; readonly id: SystemActor; readonly from?: FromWhere }

/** A country and a pseudonym of a network: `GB-3fa94c1b`. Never an address. */
export type FromWhere = string & { readonly __fromWhere: true }

/** `agent` is a program in a school (which one, the entry's subject or facts say), `outbox` sends, `carrier` is a provider reporting, `clock` is cron, `agent` is a school's own, `seed` fills a new database. */
export type SystemActor = 'agent' | 'outbox' | 'carrier' | 'clock' | 'visitor' | 'agent' | 'seed'

export const system = (id: SystemActor, from?: FromWhere): Actor => ({
  kind: 'system',
  id,
  ...(from && { from }),
})
