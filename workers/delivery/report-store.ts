import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { ParcelId } from '#kernel'
import { insertAll, type School, statement, type Statement } from '#shards'
import type { Fingerprint } from '#vault'
import { type ParcelState, rank } from './parcel.ts'
import type { Parcel } from './parcel-store.ts'
import { RECEIPT_PATIENCE_MS } from './outcome.ts'
import { isOpen } from './still-open.ts'
import { parcels, providerEvents } from './tables.ts'

/** What moved by receipts: enough to tell who can be reached. */
export type Moved = {
  id: ParcelId
  state: ParcelState
  code: string | null
  fingerprint: Fingerprint
}

export type Report = {
  parcel: ParcelId
  provider: string
  eventId: string
  providerMessageId: string
  state: ParcelState
  code: string | null
  atMs: number
}

/** Notes events, each once, and moves parcels forward to the furthest state reported of them. */
export function reported(school: School, events: readonly Report[]): [Statement, ...Statement[]] {
  const nowMs = school.clock.now()
  const furthest = new Map<ParcelId, Report>()
  for (const event of events) {
    const known = furthest.get(event.parcel)
    if (!known || rank[event.state] > rank[known.state]) furthest.set(event.parcel, event)
  }
  const given = JSON.stringify(
    [...furthest.values()].map((one) => [
      one.parcel,
      one.state,
      rank[one.state],
      one.code,
      one.providerMessageId,
    ]),
  )
  const rows = events.map((event) => ({
    schoolId: school.id,
    provider: event.provider,
    eventId: event.eventId,
    parcelId: event.parcel,
    state: event.state,
    code: event.code,
    atMs: event.atMs,
    receivedAtMs: nowMs,
  }))
  return [
    statement(sql`
      update parcels set
        state = given.value ->> 1, state_rank = given.value ->> 2, code = given.value ->> 3,
        provider_message_id = coalesce(provider_message_id, given.value ->> 4),
        not_before_ms = iif(given.value ->> 1 = 'sent', ${nowMs + RECEIPT_PATIENCE_MS}, not_before_ms),
        leased_until_ms = null, changed_at_ms = ${nowMs}
      from json_each(${given}) as given
      where parcels.id = given.value ->> 0 and +parcels.school_id = ${school.id}
        and parcels.state_rank < given.value ->> 2
      returning parcels.id, parcels.state, parcels.code, fingerprint`),
    ...insertAll(providerEvents, rows, 'ignore'),
  ]
}

/** Parcels whose answer was lost and that are due for a look-up. */
export const uncertain = (school: School, limit: number) =>
  school.db
    .select()
    .from(parcels)
    .where(
      and(
        eq(parcels.schoolId, school.id),
        eq(parcels.state, 'uncertain'),
        isOpen,
        sql`${parcels.notBeforeMs} <= ${school.clock.now()}`,
      ),
    )
    .orderBy(asc(parcels.notBeforeMs))
    .limit(limit)

/** Parcels that a carrier took, of which it told nothing since, and that are due for a look-up. */
export const silent = (school: School, limit: number) =>
  school.db
    .select()
    .from(parcels)
    .where(
      and(
        eq(parcels.schoolId, school.id),
        isSilent,
        sql`${parcels.notBeforeMs} <= ${school.clock.now()}`,
      ),
    )
    .orderBy(asc(parcels.notBeforeMs))
    .limit(limit)

/** The schools of a shard that have such parcels. */
export const schoolsWithSilent = (nowMs: number): Statement =>
  statement(sql`
    select school_id from parcels where state = 'sent' and not_before_ms > 0
    group by school_id having min(not_before_ms) <= ${nowMs}`)

/** As in the index `parcels_silent`, word for word, so that it is used. */
const isSilent = sql`state = 'sent' and not_before_ms > 0`

/**
 * A parcel's state is what a look-up says; only if it is as it was when it was asked about, and it is
 * free to be offered again only if it was not withheld meanwhile.
 */
export const lookedUp = (
  school: School,
  asked: Pick<Parcel, 'id' | 'state'>,
  change: Partial<Pick<Parcel, 'state' | 'providerMessageId' | 'notBeforeMs' | 'lookUps' | 'code'>>,
): Statement =>
  school.db
    .update(parcels)
    .set({
      ...change,
      ...(change.state && { stateRank: rank[change.state] }),
      changedAtMs: school.clock.now(),
    })
    .where(
      and(
        eq(parcels.schoolId, school.id),
        eq(parcels.id, asked.id),
        eq(parcels.state, asked.state),
        change.state === 'created' ? isNull(parcels.withheldBecause) : undefined,
      ),
    )
    .toSQL()
