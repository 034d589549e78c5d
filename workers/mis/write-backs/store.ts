import { and, asc, desc, eq, inArray, lt, not, sql } from 'drizzle-orm'
import type { AgentId, PointId, PupilId, WriteBackId } from '#kernel'
import { anyOf, type School, type Statement, type Write } from '#shards'
import type { WriteBackRecord } from './line.ts'
import { writeBacks } from './tables.ts'
import { type WriteBack, type WriteBackAction, writeBackStatesFor } from './write-back.ts'

/** Write-backs on the page that lists them; older ones are in the trail. */
const LISTED = 100

export async function find(school: School, id: WriteBackId): Promise<WriteBack | undefined> {
  const [row] = await school.db.select().from(writeBacks).where(its(school, id))
  return row && opened(school, row)
}

/** Those that wait first, then the newest. */
export async function list(school: School): Promise<WriteBack[]> {
  const waits = inArray(writeBacks.state, [...writeBackStatesFor('do-by-hand')])
  const rows = await school.db
    .select()
    .from(writeBacks)
    .where(eq(writeBacks.schoolId, school.id))
    .orderBy(desc(waits), desc(writeBacks.id))
    .limit(LISTED)
  return Promise.all(rows.map((row) => opened(school, row)))
}

/** How many the school's system does not have yet. */
export async function countWaiting(school: School): Promise<number> {
  const [found] = await school.db
    .select({ count: sql<number>`count(*)` })
    .from(writeBacks)
    .where(may(school, 'do-by-hand'))
  return found?.count ?? 0
}

/** The oldest that an agent may have, those handed out before and not acknowledged among them. */
export async function toCollect(school: School, limit: number): Promise<WriteBack[]> {
  const rows = await school.db
    .select()
    .from(writeBacks)
    .where(may(school, 'collect'))
    .orderBy(asc(writeBacks.id))
    .limit(limit)
  return Promise.all(rows.map((row) => opened(school, row)))
}

/** Some by their ids; those of another school are not found. */
export async function some(school: School, ids: readonly string[]): Promise<WriteBack[]> {
  const rows = await school.db
    .select()
    .from(writeBacks)
    .where(and(eq(writeBacks.schoolId, school.id), anyOf(writeBacks.id, ids)))
  return Promise.all(rows.map((row) => opened(school, row)))
}

export async function added(
  school: School,
  id: WriteBackId,
  aboutId: PupilId | PointId,
  record: WriteBackRecord,
): Promise<Statement> {
  const row = {
    id,
    schoolId: school.id,
    kind: record.kind,
    aboutId,
    state: 'queued' as const,
    record: await school.seal(writeBacks.record, id, { record, refusedBecause: null }),
    createdBy: school.actor.id,
    createdAtMs: school.clock.now(),
  }
  // As a statement: an awaited query of drizzle's would run.
  return school.db.insert(writeBacks).values(row).toSQL()
}

export const collected = (school: School, ids: readonly WriteBackId[], agent: AgentId): Write =>
  school.db
    .update(writeBacks)
    .set({ state: 'collected', collectedBy: agent, collectedAtMs: school.clock.now() })
    .where(and(may(school, 'collect'), anyOf(writeBacks.id, ids)))

export const written = (school: School, ids: readonly WriteBackId[]): Write[] =>
  ids.length === 0
    ? []
    : [
        school.db
          .update(writeBacks)
          .set({ state: 'written', closedAtMs: school.clock.now() })
          .where(and(may(school, 'acknowledge'), anyOf(writeBacks.id, ids))),
      ]

export async function refused(
  school: School,
  { id, record }: WriteBack,
  refusedBecause: string | null,
): Promise<Statement> {
  const sealed = await school.seal(writeBacks.record, id, { record, refusedBecause })
  return school.db
    .update(writeBacks)
    .set({ state: 'refused', record: sealed })
    .where(and(may(school, 'acknowledge'), eq(writeBacks.id, id)))
    .toSQL()
}

export const done = (school: School, id: WriteBackId): Write[] => [
  school.expect(
    school.db
      .select()
      .from(writeBacks)
      .where(and(its(school, id), may(school, 'do-by-hand'))),
  ),
  school.db
    .update(writeBacks)
    .set({ state: 'done', closedAtMs: school.clock.now() })
    .where(its(school, id)),
]

/** Not in the school's system yet, about this number or address; the oldest first. */
export async function openAbout(school: School, about: PointId): Promise<WriteBack[]> {
  const rows = await school.db
    .select()
    .from(writeBacks)
    .where(and(may(school, 'do-by-hand'), isAbout(about)))
    .orderBy(asc(writeBacks.id))
  return Promise.all(rows.map((row) => opened(school, row)))
}

/** The last of each of these numbers and addresses, in whatever state. */
export async function newestAbout(
  school: School,
  about: readonly WriteBack['aboutId'][],
): Promise<Map<WriteBack['aboutId'], WriteBackId>> {
  const rows = await school.db
    .select({ id: writeBacks.id, aboutId: writeBacks.aboutId })
    .from(writeBacks)
    .where(and(eq(writeBacks.schoolId, school.id), isPoint, anyOf(writeBacks.aboutId, about)))
    .orderBy(asc(writeBacks.id))
  return new Map(rows.map(({ id, aboutId }) => [aboutId, id]))
}

/** Makes a commit fail if another is open about this number or address by now, or one of these has moved on. */
export const stillOpen = (
  school: School,
  about: PointId,
  seen: readonly WriteBack[],
): Statement[] => [
  school.expectNone(
    school.db
      .select()
      .from(writeBacks)
      .where(
        and(
          may(school, 'do-by-hand'),
          isAbout(about),
          not(
            anyOf(
              writeBacks.id,
              seen.map(({ id }) => id),
            ),
          ),
        ),
      ),
  ),
  ...seen.map(({ id, state }) =>
    school.expect(
      school.db
        .select()
        .from(writeBacks)
        .where(and(its(school, id), eq(writeBacks.state, state))),
    ),
  ),
]

export const superseded = (school: School, ids: readonly WriteBackId[]): Statement[] =>
  ids.length === 0
    ? []
    : [closed(school, and(may(school, 'do-by-hand'), anyOf(writeBacks.id, ids)))]

/** Those about the same number or address that came before this one. */
export const supersededBefore = (school: School, { id, aboutId }: WriteBack): Statement =>
  closed(school, and(may(school, 'do-by-hand'), isAbout(aboutId), lt(writeBacks.id, id)))

/** What was typed in by hand is taken there once more, after something older that came later. */
export const reopened = (school: School, ids: readonly WriteBackId[]): Statement[] =>
  ids.length === 0
    ? []
    : [
        school.db
          .update(writeBacks)
          .set({ state: 'queued', collectedBy: null, collectedAtMs: null, closedAtMs: null })
          .where(
            and(
              eq(writeBacks.schoolId, school.id),
              eq(writeBacks.state, 'done'),
              anyOf(writeBacks.id, ids),
            ),
          )
          .toSQL(),
      ]

const closed = (school: School, which: ReturnType<typeof and>): Statement =>
  school.db
    .update(writeBacks)
    .set({ state: 'superseded', closedAtMs: school.clock.now() })
    .where(which)
    .toSQL()

const isPoint = eq(writeBacks.kind, 'point')
const isAbout = (about: WriteBack['aboutId']) => and(isPoint, eq(writeBacks.aboutId, about))

const its = (school: School, id: WriteBackId) =>
  and(eq(writeBacks.schoolId, school.id), eq(writeBacks.id, id))

const may = (school: School, action: WriteBackAction) =>
  and(
    eq(writeBacks.schoolId, school.id),
    inArray(writeBacks.state, [...writeBackStatesFor(action)]),
  )

async function opened(school: School, row: typeof writeBacks.$inferSelect): Promise<WriteBack> {
  const { id, aboutId, state, createdAtMs, collectedBy, collectedAtMs, closedAtMs } = row
  const kept = await school.open(writeBacks.record, id, row.record)
  return { id, aboutId, state, ...kept, createdAtMs, collectedBy, collectedAtMs, closedAtMs }
}
