import type { ImportId, MessageId, ParcelId, SchoolId } from '#kernel'
import type { ReceiptEvent } from '#delivery'

/** What queues carry: opaque ids and numbers, never a person's data. */
export type SendsJob = { shard: number; school: SchoolId; message: MessageId }
export type DeliveryJob = { shard: number; school: SchoolId; parcels: ParcelId[] }
export type ReceiptsJob = { events: ReceiptEvent[] }
export type ImportsJob = { shard: number; school: SchoolId; importId: ImportId }

/**
 * Reminders and news to people with accounts, of every organisation. Each kind is written in a room and a
 * run of its own: one that fails keeps none of the others waiting, and each has the 1,000 queries of an
 * invocation (D1 limits page) for itself.
 */
export const letterKinds = ['reviews', 'agents', 'register', 'passwords'] as const
export type LetterKind = (typeof letterKinds)[number]
