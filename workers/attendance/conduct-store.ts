import { and, between, desc, eq, sql } from 'drizzle-orm'
import { type Day, type Id, inBatches, type PupilId } from '#kernel'
import { anyOf, type School, type Statement } from '#shards'
import type { Fingerprint } from '#vault'
import type { Conduct, ConductKind, ConductRecord } from './conduct.ts'
import type { Month } from './mark.ts'
import { replaced, unmoved } from './store.ts'
import { conductRecords } from './tables.ts'

/** Rows opened or sealed side by side: enough to keep the cipher busy, few enough for the memory. */
const AT_ONCE = 500
/** Ids in one bound value, which may be 2 MB (D1 limits page). */
const IDS_AT_ONCE = 10_000

export type KnownConduct = {
  id: Id<'conduct'>
  sourceFingerprint: Fingerprint
  digest: Fingerprint
}

/** What is known already of these; nothing is opened. */
export const knownConduct = (
  school: School,
  sources: readonly Fingerprint[],
): Promise<KnownConduct[]> =>
  school.db
    .select({
      id: conductRecords.id,
      sourceFingerprint: conductRecords.sourceFingerprint,
      digest: conductRecords.digest,
    })
    .from(conductRecords)
    .where(fromSources(school, sources))

/** Makes a commit fail if another of these came in meanwhile. */
export const conductUnmoved = (
  school: School,
  sources: readonly Fingerprint[],
  known: number,
): Statement =>
  unmoved(
    school,
    sql`(select count(*) from ${conductRecords} where ${fromSources(school, sources)}) = ${known}`,
  )

const fromSources = (school: School, sources: readonly Fingerprint[]) =>
  and(eq(conductRecords.schoolId, school.id), anyOf(conductRecords.sourceFingerprint, sources))

export type ConductWritten = KnownConduct & {
  pupilId: PupilId
  kind: ConductKind
  month: Month
  record: ConductRecord
}

export async function conductWritten(
  school: School,
  written: readonly ConductWritten[],
): Promise<Statement[]> {
  const createdAtMs = school.clock.now()
  const rows: (typeof conductRecords.$inferInsert)[] = []
  for (const batch of inBatches(written, AT_ONCE)) {
    const sealed = await Promise.all(
      batch.map(({ id, record }) => school.seal(conductRecords.record, id, record)),
    )
    batch.forEach((one, at) =>
      rows.push({ ...one, schoolId: school.id, record: sealed[at] as never, createdAtMs }),
    )
  }
  return replaced(conductRecords, rows, ['month', 'record', 'digest'])
}

/** The records of one kind from that month to that one. */
export type Span = { kind: ConductKind; first: Month; last: Month }
export type ListedConduct = KnownConduct & { month: Month }

/** In which months of these there are records of that kind. */
export const conductMonths = async (school: School, span: Span): Promise<Month[]> => {
  const rows = await school.db
    .selectDistinct({ month: conductRecords.month })
    .from(conductRecords)
    .where(inSpan(school, span))
    .orderBy(conductRecords.month)
  return rows.map(({ month }) => month)
}

/** All pupils' records of one kind and month; nothing is opened. */
export const conductIn = (
  school: School,
  kind: ConductKind,
  month: Month,
): Promise<ListedConduct[]> =>
  school.db
    .select({
      id: conductRecords.id,
      sourceFingerprint: conductRecords.sourceFingerprint,
      digest: conductRecords.digest,
      month: conductRecords.month,
    })
    .from(conductRecords)
    .where(inSpan(school, { kind, first: month, last: month }))

/** On which days these records are: the month is plain, the day is not. */
export async function conductDays(
  school: School,
  ids: readonly Id<'conduct'>[],
): Promise<Map<Id<'conduct'>, Day>> {
  const days = new Map<Id<'conduct'>, Day>()
  for (const batch of inBatches(ids, AT_ONCE)) {
    const rows = await school.db
      .select({ id: conductRecords.id, record: conductRecords.record })
      .from(conductRecords)
      .where(theirs(school, batch))
    const opened = await Promise.all(
      rows.map(({ id, record }) => school.open(conductRecords.record, id, record)),
    )
    rows.forEach(({ id }, at) => days.set(id, opened[at]?.date ?? ''))
  }
  return days
}

/** Makes a commit fail if a record of that kind came into those months, or went, meanwhile. */
export const spanUnmoved = (school: School, span: Span, count: number): Statement =>
  unmoved(
    school,
    sql`(select count(*) from ${conductRecords} where ${inSpan(school, span)}) = ${count}`,
  )

/** Destroys these records; the commit fails if one of them says something else by now. */
export const conductRemoved = (school: School, gone: readonly KnownConduct[]): Statement[] =>
  inBatches(gone, IDS_AT_ONCE).flatMap((batch) => {
    const ids = batch.map(({ id }) => id)
    const digests = JSON.stringify(batch.map(({ id, digest }) => [id, digest]))
    return [
      unmoved(
        school,
        sql`(select count(*) from json_each(${digests}) as gone where exists (
          select 1 from ${conductRecords} where ${conductRecords.id} = gone.value ->> 0
          and ${conductRecords.digest} = gone.value ->> 1 and ${isOf(school)})) = ${batch.length}`,
      ),
      school.db.delete(conductRecords).where(theirs(school, ids)).toSQL(),
    ]
  })

const theirs = (school: School, ids: readonly Id<'conduct'>[]) =>
  and(isOf(school), anyOf(conductRecords.id, ids))

/** The plus keeps it off the indexes by school (sqlite.org/optoverview.html): rows are found by their ids. */
const isOf = (school: School) => sql`+${conductRecords.schoolId} = ${school.id}`

const inSpan = (school: School, { kind, first, last }: Span) =>
  and(
    eq(conductRecords.schoolId, school.id),
    eq(conductRecords.kind, kind),
    between(conductRecords.month, first, last),
  )

/** A pupil's incidents, achievements and detentions since that month, the newest first. */
export async function conductOf(
  school: School,
  pupilId: PupilId,
  { since, limit }: { since: Month; limit: number },
): Promise<Conduct[]> {
  const rows = await school.db
    .select()
    .from(conductRecords)
    .where(
      and(
        eq(conductRecords.schoolId, school.id),
        eq(conductRecords.pupilId, pupilId),
        sql`${conductRecords.month} >= ${since}`,
      ),
    )
    .orderBy(desc(conductRecords.month), desc(conductRecords.id))
    .limit(limit)
  const opened = await Promise.all(
    rows.map(async ({ id, kind, record }) => ({
      id,
      kind,
      ...(await school.open(conductRecords.record, id, record)),
    })),
  )
  return opened.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))
}
