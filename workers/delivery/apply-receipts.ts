import type { School } from '#shards'
import type { ReceiptEvent } from './receipt-event.ts'
import { type Moved, reported } from './report-store.ts'

/**
 * Notes what providers reported of one school's parcels. Events may come late, twice or out of
 * order: each is noted once, and a parcel only ever moves forward. Returns the parcels that moved.
 */
export async function applyReceipts(
  school: School,
  events: readonly ReceiptEvent[],
): Promise<Moved[]> {
  if (events.length === 0) return []
  const [moves, ...notes] = reported(school, events)
  return school.writeReturning<Moved>(moves, ...notes)
}
