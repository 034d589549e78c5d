import type { MessageId, ParcelId, SchoolId } from '#kernel'
import type { ReceiptEvent } from '#delivery'

/** What queues carry: opaque ids and numbers, never a person's data. */
export type SendsJob = { shard: number; school: SchoolId; message: MessageId }
export type DeliveryJob = { shard: number; school: SchoolId; parcels: ParcelId[] }
export type ReceiptsJob = { events: ReceiptEvent[] }
