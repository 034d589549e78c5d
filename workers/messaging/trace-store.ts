import { and, asc, count, eq } from 'drizzle-orm'
import { type MessageId, newId, type ParcelId, type PupilId } from '#kernel'
import type { PersonId, PersonKind } from '#people'
import { anyOf, insertAll, type School, type Statement } from '#shards'
import type { Fingerprint } from '#vault'
import { candidates } from './tables.ts'
import { isLeftOut, type LeftOut, type Rule, type Trace } from './trace.ts'

/** A trace as it is kept: ids only. */
export type Candidate = {
  pupilId: PupilId | null
  personKind: PersonKind | null
  personId: PersonId | null
  rule: Rule
  parcelId: ParcelId | null
}

/** The trace of a message as it is sent; each person included points to the parcel that is theirs. */
export function candidatesAdded(
  school: School,
  messageId: MessageId,
  traces: readonly Trace[],
  parcels: ReadonlyMap<Fingerprint, ParcelId>,
): Statement[] {
  const nowMs = school.clock.now()
  // Ids of one moment have no order of their own: sorted, they keep that of the traces.
  const ids = traces.map(() => newId('candidate', nowMs)).sort()
  const rows = traces.map((trace, index) => ({
    id: ids[index] ?? newId('candidate', nowMs),
    schoolId: school.id,
    messageId,
    pupilId: trace.pupilId,
    personKind: trace.personKind,
    personId: trace.personId,
    isIncluded: !isLeftOut(trace.rule),
    rule: trace.rule,
    parcelId: trace.fingerprint === null ? null : (parcels.get(trace.fingerprint) ?? null),
  }))
  return insertAll(candidates, rows)
}

/** How many were left out by each rule. */
export async function countLeftOut(
  school: School,
  messageId: MessageId,
): Promise<Partial<Record<LeftOut, number>>> {
  const rows = await school.db
    .select({ rule: candidates.rule, held: count() })
    .from(candidates)
    .where(leftOutOf(school, messageId))
    .groupBy(candidates.rule)
  return Object.fromEntries(rows.map((row) => [row.rule, row.held]))
}

/** Those left out by one rule. */
export const listLeftOut = (
  school: School,
  messageId: MessageId,
  options: { rule: LeftOut; limit: number; offset: number },
): Promise<Candidate[]> =>
  school.db
    .select(kept)
    .from(candidates)
    .where(and(leftOutOf(school, messageId), eq(candidates.rule, options.rule)))
    .orderBy(asc(candidates.id))
    .limit(options.limit)
    .offset(options.offset)

/** Everyone who is credited with one of these parcels. */
export const listByParcels = (school: School, parcels: readonly ParcelId[]): Promise<Candidate[]> =>
  school.db
    .select(kept)
    .from(candidates)
    .where(and(eq(candidates.schoolId, school.id), anyOf(candidates.parcelId, parcels)))
    .orderBy(asc(candidates.id))

const kept = {
  pupilId: candidates.pupilId,
  personKind: candidates.personKind,
  personId: candidates.personId,
  rule: candidates.rule,
  parcelId: candidates.parcelId,
}

const leftOutOf = (school: School, messageId: MessageId) =>
  and(
    eq(candidates.schoolId, school.id),
    eq(candidates.messageId, messageId),
    eq(candidates.isIncluded, false),
  )
