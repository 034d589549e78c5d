import { and, eq, sql } from 'drizzle-orm'
import type { PointId } from '#kernel'
import { anyOf, type School, type Statement, statement } from '#shards'
import type { Fingerprint } from '#vault'
import { pointKey } from '../keys.ts'
import { byChannel, type Channel, type PersonId, type Point } from '../point.ts'
import type { PointSaved } from '../snapshot.ts'
import { points } from '../tables.ts'
import { opened, type Opened } from './opened.ts'
import { saved, sealedRows } from './saved.ts'

type Row = Opened<typeof points.$inferSelect>

/** Each person's points (of one channel, where one is named), in the order in which they are tried. */
export async function pointsOf(
  school: School,
  people: readonly PersonId[],
  channel?: Channel,
): Promise<(id: PersonId) => Point[]> {
  const found = people.length === 0 ? [] : await rowsOf(school, people, channel)
  const byPerson = new Map<PersonId, Point[]>()
  for (const row of await opened(school, points.record, found)) {
    const list = byPerson.get(row.personId) ?? []
    byPerson.set(row.personId, [...list, toPoint(row)].sort(byChannel))
  }
  return (id) => byPerson.get(id) ?? []
}

/** What these people's numbers and addresses are found by; nothing is opened. */
export async function fingerprintsOf(
  school: School,
  people: readonly PersonId[],
): Promise<Fingerprint[]> {
  if (people.length === 0) return []
  const rows = await school.db
    .selectDistinct({ fingerprint: points.fingerprint })
    .from(points)
    .where(and(ours(school), anyOf(points.personId, people)))
  return rows.map(({ fingerprint }) => fingerprint)
}

/** One point with whose it is; undefined where this school has none of that id. */
export async function findPoint(school: School, id: PointId) {
  const condition = and(eq(points.schoolId, school.id), eq(points.id, id))
  const found = await school.db.select().from(points).where(condition)
  const [row] = await opened(school, points.record, found)
  return row && { ...toPoint(row), personKind: row.personKind, personId: row.personId }
}

/** Makes a commit fail if the point was changed or taken away meanwhile. */
export const stillAt = (school: School, id: PointId, fingerprint: Fingerprint): Statement =>
  school.expect(
    school.db
      .select()
      .from(points)
      .where(and(ours(school), eq(points.id, id), eq(points.fingerprint, fingerprint))),
  )

export const toPoint = (row: Row): Point => ({
  id: row.id,
  channel: row.channel,
  value: row.record.value,
  fingerprint: row.fingerprint,
  position: row.position,
  isFailing: row.failingSinceMs !== null,
  failingSinceMs: row.failingSinceMs,
  failingBecause: row.failingBecause,
})

export async function pointsSaved(
  school: School,
  rows: readonly PointSaved[],
): Promise<Statement[]> {
  const sealed = await sealedRows(rows, async ({ value, ...row }) => ({
    ...row,
    schoolId: school.id,
    record: await school.seal(points.record, row.id, { value }),
    fingerprint: await pointKey(school, row.channel, value),
  }))
  const changed = [points.channel, points.record, points.fingerprint, points.position]
  // Another number has not failed yet; the same one in another place has.
  const kept = (column: string) =>
    `case when points.fingerprint = excluded.fingerprint then points.${column} end`
  return saved(points, sealed, changed, {
    failing_since_ms: kept('failing_since_ms'),
    failing_because: kept('failing_because'),
  })
}

export const pointsEnded = (school: School, ids: readonly PointId[]): Statement[] =>
  ids.length === 0
    ? []
    : [
        school.db
          .delete(points)
          .where(and(ours(school), anyOf(points.id, ids)))
          .toSQL(),
      ]

/** Messages to these numbers or addresses fail for good. Since when is kept where it is known already. */
export const pointsFailed = (
  school: School,
  failed: readonly { fingerprint: Fingerprint; because: string }[],
): Statement[] =>
  failed.length === 0
    ? []
    : [
        statement(sql`
          update points set failing_because = given.value ->> 1,
            failing_since_ms = coalesce(failing_since_ms, ${school.clock.now()})
          from json_each(${JSON.stringify(failed.map((one) => [one.fingerprint, one.because]))}) as given
          where points.school_id = ${school.id} and points.fingerprint = given.value ->> 0
            and points.channel <> 'voice'`),
      ]

/** A message to these arrived: whatever was wrong with them is over. */
export const pointsWorking = (school: School, fingerprints: readonly Fingerprint[]): Statement[] =>
  fingerprints.length === 0
    ? []
    : [
        school.db
          .update(points)
          .set({ failingSinceMs: null, failingBecause: null })
          .where(
            and(
              ours(school),
              anyOf(points.fingerprint, fingerprints),
              sql`failing_since_ms is not null`,
            ),
          )
          .toSQL(),
      ]

const ours = (school: School) => eq(points.schoolId, school.id)

const rowsOf = (school: School, people: readonly PersonId[], channel?: Channel) =>
  school.db
    .select()
    .from(points)
    .where(
      and(ours(school), anyOf(points.personId, people), channel && eq(points.channel, channel)),
    )
    .orderBy(points.personId, points.position, points.id)
