import type { UserId } from '#kernel'

/** Who acts: a person signed in, or one of the machine's own parts. */
export type Actor =
  | { readonly kind: 'user'; readonly id: UserId }
  | { readonly kind: 'system'; readonly id: SystemActor }

/** `outbox` sends, `carrier` is a provider reporting, `clock` is cron, `seed` fills a new database. */
export type SystemActor = 'outbox' | 'carrier' | 'clock' | 'visitor' | 'seed'

export const system = (id: SystemActor): Actor => ({ kind: 'system', id })
