import { type SQL, sql } from 'drizzle-orm'
import type { ParcelId } from '#kernel'
import { anyOf, type School, statement, type Statement } from '#shards'
import type { Fingerprint } from '#vault'
import { EMERGENCY, LEAST_URGENT, rank } from './parcel.ts'
import { isOpen } from './still-open.ts'

/** What waited too long on a queue has been lost by it, and waits to be queued again. */
export const queueForgot = (school: School, patienceMs: number): Statement =>
  statement(sql`
    update parcels set state = 'created', state_rank = ${rank.created}
    where school_id = ${school.id} and state = 'queued' and ${isOpen}
      and changed_at_ms < ${school.clock.now() - patienceMs}`)

export type Withholding = {
  because: 'restricted' | 'stopped'
  /** Leaves more urgent parcels alone; 0, which spares none, where nothing is said. */
  urgencyFrom?: number
  /** A query for the ids of messages, where it is about those alone. */
  ofMessages?: SQL
}

/**
 * Parcels to these numbers and addresses go no further. What waits is cancelled; what a consumer has
 * in hand, or nobody knows of, is marked: it may end as sent if a carrier has it, but is never
 * offered again.
 */
export function withheld(
  school: School,
  fingerprints: readonly Fingerprint[],
  { because, urgencyFrom = EMERGENCY, ofMessages }: Withholding,
): Statement[] {
  const whose = sql`school_id = ${school.id} and urgency >= ${urgencyFrom}
    and ${anyOf(sql`fingerprint`, fingerprints)}
    ${ofMessages ? sql`and message_id in (${ofMessages})` : sql``}`
  return [
    statement(sql`
      update parcels set withheld_because = ${because}
      where ${whose} and ${isOpen} and state in ('sending', 'uncertain')`),
    statement(sql`
      update parcels set state = 'cancelled', state_rank = ${rank.cancelled}, code = ${because},
        withheld_because = ${because}, changed_at_ms = ${school.clock.now()}
      where ${whose} and ${isOpen} and state in ('created', 'queued')`),
  ]
}

/** How many are on the queue or in a consumer's hand, of this urgency or more. */
export async function countMoving(school: School, urgency = LEAST_URGENT): Promise<number> {
  const [row] = await school.rows<{ moving: number }>(
    statement(sql`
      select count(*) as moving from parcels
      where school_id = ${school.id} and state in ('queued', 'sending') and ${isOpen}
        and urgency <= ${urgency}`),
  )
  return row?.moving ?? 0
}

/** Emergencies on the queue: whichever job comes next takes them along. */
export async function emergenciesQueued(school: School, limit: number): Promise<ParcelId[]> {
  const rows = await school.rows<{ id: ParcelId }>(
    statement(sql`
      select id from parcels
      where school_id = ${school.id} and state = 'queued' and ${isOpen} and urgency = ${EMERGENCY}
      order by id limit ${limit}`),
  )
  return rows.map(({ id }) => id)
}

/** When the next waiting or uncertain parcel may be touched; null where there is none. */
export async function nextParcelMs(school: School): Promise<number | null> {
  const [row] = await school.rows<{ nextMs: number | null }>(
    statement(sql`
      select min(not_before_ms) as nextMs from parcels
      where school_id = ${school.id} and state in ('created', 'uncertain') and ${isOpen}`),
  )
  return row?.nextMs ?? null
}

/** How urgent the most urgent parcel is that waits and may go; null where there is none. */
export async function waitingUrgency(school: School): Promise<number | null> {
  const [row] = await school.rows<{ urgency: number | null }>(
    statement(sql`
      select min(urgency) as urgency from parcels
      where school_id = ${school.id} and state = 'created' and ${isOpen}
        and not_before_ms <= ${school.clock.now()}`),
  )
  return row?.urgency ?? null
}

/** Takes the next parcels of this urgency or more that may go, the most urgent first, and marks them as queued. */
export const release = (
  school: School,
  limit: number,
  urgency = LEAST_URGENT,
): Promise<{ id: ParcelId }[]> =>
  school.rows(
    statement(sql`
      update parcels set state = 'queued', state_rank = ${rank.queued}, changed_at_ms = ${school.clock.now()}
      where id in (
        select id from parcels
        where school_id = ${school.id} and state = 'created' and ${isOpen}
          and urgency <= ${urgency} and not_before_ms <= ${school.clock.now()}
        order by urgency, id limit ${limit})
      and state = 'created'
      returning id`),
  )
