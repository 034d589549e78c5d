import { sql } from 'drizzle-orm'
import { newId } from '#kernel'
import { type School, statement } from '#shards'
import type { ParcelState } from './parcel.ts'

/** How much of an id says when it was made: its kind, and ten digits of time. */
const TIME_LENGTH = 'msg_'.length + 10

/**
 * What became of the parcels of a school's messages written since then: how delivery does, and nothing of
 * what was said or to whom. Ids sort by age, so that it is read from the index alone.
 */
export async function countSince(
  school: School,
  sinceMs: number,
): Promise<Partial<Record<ParcelState, number>>> {
  const first = newId('message', sinceMs).slice(0, TIME_LENGTH)
  const rows = await school.rows<{ state: ParcelState; parcels: number }>(
    statement(sql`
      select state, count(*) as parcels from parcels
      where school_id = ${school.id} and message_id >= ${first} group by state`),
  )
  return Object.fromEntries(rows.map(({ state, parcels }) => [state, parcels]))
}
