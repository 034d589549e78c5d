import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { atMost, type Id, type ImportId, type UserId } from '#kernel'
import { anyOf, type School, type Statement, type Write } from '#shards'
import type { Fingerprint } from '#vault'
import {
  type Counts,
  type HeldBecause,
  type Import,
  type ImportAction,
  type ImportRecord,
  type Kept,
  statesFor,
} from './import.ts'
import type { FileKind } from './read/index.ts'
import { imports } from './tables.ts'
import { namesSchool } from './compare/whose-school.ts'

/** Imports on the page that lists them; older ones are in the trail. */
const LISTED = 50
export const OPENED_AT_ONCE = 50

export async function find(school: School, id: ImportId): Promise<Import | undefined> {
  const [row] = await school.db.select().from(imports).where(its(school, id))
  return row && opened(school, row)
}

/** Those of them that this school has, in no order. */
export async function findAll(school: School, ids: readonly ImportId[]): Promise<Import[]> {
  const rows = await school.db
    .select()
    .from(imports)
    .where(and(eq(imports.schoolId, school.id), anyOf(imports.id, ids)))
  return atMost(OPENED_AT_ONCE, rows, (row) => opened(school, row))
}

/** The newest first. */
export async function list(school: School): Promise<Import[]> {
  const rows = await school.db
    .select()
    .from(imports)
    .where(eq(imports.schoolId, school.id))
    .orderBy(desc(imports.createdAtMs), desc(imports.id))
    .limit(LISTED)
  return atMost(OPENED_AT_ONCE, rows, (row) => opened(school, row))
}

/** Imports that wait for somebody: held ones for an approval, the others to be matched or applied. */
export async function countWaiting(school: School): Promise<{ held: number; waiting: number }> {
  const rows = await school.db
    .select({ state: imports.state, count: sql<number>`count(*)` })
    .from(imports)
    .where(
      and(
        eq(imports.schoolId, school.id),
        inArray(imports.state, ['uploaded', 'previewed', 'held']),
      ),
    )
    .groupBy(imports.state)
  const held = rows.find((row) => row.state === 'held')?.count ?? 0
  return { held, waiting: rows.reduce((sum, row) => sum + row.count, 0) - held }
}

/** How many imports have been applied: the place of the last one. */
export async function lastPosition(school: School): Promise<number> {
  const [found] = await school.db
    .select({ last: sql<number | null>`max(${imports.position})` })
    .from(imports)
    .where(eq(imports.schoolId, school.id))
  return found?.last ?? 0
}

/** The last time that this very file was applied. */
export async function lastApplied(school: School, file: Fingerprint): Promise<Import | undefined> {
  const [row] = await school.db
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.schoolId, school.id),
        eq(imports.fileFingerprint, file),
        eq(imports.state, 'applied'),
      ),
    )
    .orderBy(desc(imports.closedAtMs))
    .limit(1)
  return row && opened(school, row)
}

export type NewImport = {
  id: ImportId
  kind: FileKind
  record: ImportRecord
  isPartial: boolean
  takenAtMs: number
  fileFingerprint: Fingerprint
}

export async function added(
  school: School,
  { id, record, ...told }: NewImport,
): Promise<Statement> {
  const row = {
    id,
    schoolId: school.id,
    state: 'uploaded' as const,
    source: 'browser' as const,
    data: 'roster' as const,
    ...told,
    record: await school.seal(imports.record, id, record),
    kept: 'everything' as const,
    createdBy: school.actor.id,
    createdAtMs: school.clock.now(),
  }
  // As a statement: an awaited query of drizzle's would run.
  return school.db.insert(imports).values(row).toSQL()
}

/** The import is still where this may be done with it. */
export const still = (school: School, id: ImportId, action: ImportAction): Write =>
  school.expect(
    school.db
      .select()
      .from(imports)
      .where(and(its(school, id), inArray(imports.state, [...statesFor(action)]))),
  )

export type Compared = {
  record: ImportRecord
  fileFingerprint?: Fingerprint
  counts: Counts
  findings: Id<'findings'>
  comparedAfter: number
  planFingerprint: Fingerprint
  heldBecause: HeldBecause | null
  mappingId?: Id<'mapping'> | null
}

export async function previewed(
  school: School,
  id: ImportId,
  from: ImportAction,
  { record, ...found }: Compared,
): Promise<Write[]> {
  const sealed = await school.seal(imports.record, id, record)
  const state = found.heldBecause === null ? ('previewed' as const) : ('held' as const)
  return [
    still(school, id, from),
    school.db
      .update(imports)
      .set({
        state,
        ...found,
        record: sealed,
        namesSchool: namesSchool(record.school),
        approvedBy: null,
      })
      .where(its(school, id)),
  ]
}

export const approved = (school: School, id: ImportId): Write[] => [
  still(school, id, 'approve'),
  school.db
    .update(imports)
    .set({ state: 'previewed', approvedBy: school.actor.id as UserId })
    .where(its(school, id)),
]

/** Applied as the next one, if no other import has been applied since `after`. */
export const applied = (school: School, id: ImportId, after: number): Write[] => [
  still(school, id, 'apply'),
  noneAfter(school, after),
  school.db
    .update(imports)
    .set({ state: 'applied', position: after + 1, closedAtMs: school.clock.now() })
    .where(its(school, id)),
]

/** Nobody has looked at it again since: what is written is what its report says. */
export const stillFound = (school: School, { id, findings }: Import): Write =>
  school.expect(
    school.db
      .select()
      .from(imports)
      .where(
        and(
          its(school, id),
          findings === null ? isNull(imports.findings) : eq(imports.findings, findings),
        ),
      ),
  )

export const noneAfter = (school: School, after: number): Write =>
  school.expectNone(
    school.db
      .select()
      .from(imports)
      .where(and(eq(imports.schoolId, school.id), gt(imports.position, after))),
  )

export const discarded = (school: School, id: ImportId): Write[] => [
  still(school, id, 'discard'),
  school.db
    .update(imports)
    .set({ state: 'discarded', closedAtMs: school.clock.now() })
    .where(its(school, id)),
]

/** Closed unused, as a newer export of its feed came while it was held: `record` says which. */
export async function replaced(
  school: School,
  { id, record }: Pick<Import, 'id' | 'record'>,
  by: ImportId,
): Promise<Write[]> {
  const sealed = await school.seal(imports.record, id, { ...record, replacedBy: by })
  const closedAtMs = school.clock.now()
  return [
    still(school, id, 'replace'),
    school.db
      .update(imports)
      .set({ state: 'discarded', record: sealed, closedAtMs })
      .where(its(school, id)),
  ]
}

/** What is left of its sealed objects, once the rest is destroyed. */
export const cleared = (school: School, id: ImportId, kept: Kept): Write =>
  school.db.update(imports).set({ kept }).where(its(school, id))

export const its = (school: School, id: ImportId) =>
  and(eq(imports.schoolId, school.id), eq(imports.id, id))

export async function opened(school: School, row: typeof imports.$inferSelect): Promise<Import> {
  const { schoolId, position, record, ...rest } = row
  return { ...rest, record: await school.open(imports.record, row.id, record) }
}
