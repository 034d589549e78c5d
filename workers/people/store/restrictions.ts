import { and, count, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { ContactId, PupilId } from '#kernel'
import { anyOf, type School, type Statement } from '#shards'
import { type Restriction, type RestrictionId, standingAt } from '../restriction.ts'
import type { RestrictionSaved } from '../snapshot.ts'
import { restrictions } from '../tables.ts'
import { saved, sealedRows } from './saved.ts'

type Row = typeof restrictions.$inferSelect

/** Those that are about a pupil, whoever's: also of somebody who is their contact no more. */
export async function restrictionsAbout(
  school: School,
  pupilId: PupilId,
  contacts: readonly ContactId[],
): Promise<Restriction[]> {
  const theirs = and(isNull(restrictions.pupilId), anyOf(restrictions.contactId, contacts))
  const rows = await school.db
    .select()
    .from(restrictions)
    .where(and(ours(school), unended(school), or(eq(restrictions.pupilId, pupilId), theirs)))
    .orderBy(restrictions.startsAtMs, restrictions.id)
  return Promise.all(rows.map((row) => read(school, row)))
}

/**
 * The restrictions that have not ended, of these contacts or of everyone. One whose record does not
 * open, or whose dates make no sense, is among them as `unreadable`.
 */
export async function restrictionsOf(
  school: School,
  contacts?: readonly ContactId[],
): Promise<Restriction[]> {
  const whose = contacts && anyOf(restrictions.contactId, contacts)
  const rows = await school.db
    .select()
    .from(restrictions)
    .where(and(ours(school), unended(school), whose))
    .orderBy(restrictions.startsAtMs, restrictions.id)
  return Promise.all(rows.map((row) => read(school, row)))
}

/** One restriction, ended or not; undefined where this school has none of that id. */
export async function findRestriction(
  school: School,
  id: RestrictionId,
): Promise<Restriction | undefined> {
  const [row] = await school.db
    .select()
    .from(restrictions)
    .where(and(ours(school), eq(restrictions.id, id)))
  return row && read(school, row)
}

/** How many restrictions were ever laid: before reading who may be told, for `noRestrictionSince`. */
export async function countRestrictions(school: School): Promise<number> {
  const [counted] = await school.db.select({ held: count() }).from(restrictions).where(ours(school))
  return counted?.held ?? 0
}

/** Makes a commit fail if a restriction was laid since they were counted. */
export const noRestrictionSince = (school: School, counted: number): Statement =>
  school.expect(
    school.db
      .select({ held: count() })
      .from(restrictions)
      .where(ours(school))
      .having(eq(count(), counted)),
  )

/** Makes a commit fail if somebody has ended the restriction meanwhile. */
export const stillHolds = (school: School, id: RestrictionId): Statement =>
  school.expect(
    school.db
      .select()
      .from(restrictions)
      .where(and(ours(school), eq(restrictions.id, id), isNull(restrictions.endedAtMs))),
  )

/** Makes a commit fail if the same restriction was added meanwhile. */
export const noneLike = (
  school: School,
  like: Pick<RestrictionSaved, 'contactId' | 'pupilId' | 'scope' | 'source'>,
): Statement =>
  school.expectNone(
    school.db
      .select()
      .from(restrictions)
      .where(
        and(
          ours(school),
          eq(restrictions.contactId, like.contactId),
          like.pupilId === null
            ? isNull(restrictions.pupilId)
            : eq(restrictions.pupilId, like.pupilId),
          eq(restrictions.scope, like.scope),
          eq(restrictions.source, like.source),
          isNull(restrictions.endedAtMs),
        ),
      ),
  )

export async function restrictionsSaved(
  school: School,
  rows: readonly RestrictionSaved[],
): Promise<Statement[]> {
  const sealed = await sealedRows(rows, async (row) => ({
    ...row,
    schoolId: school.id,
    record: await school.seal(restrictions.record, row.id, row.record),
    endedAtMs: null,
  }))
  const { scope, record, startsAtMs, reviewAtMs, endedAtMs } = restrictions
  return saved(restrictions, sealed, [scope, record, startsAtMs, reviewAtMs, endedAtMs])
}

/** Ends the named ones that came from the MIS. What the school itself laid down no import can end. */
export const restrictionsEnded = (school: School, ids: readonly RestrictionId[]): Statement[] =>
  ids.length === 0
    ? []
    : [ended(school, and(anyOf(restrictions.id, ids), eq(restrictions.source, 'mis')))]

/** Ends one that the school laid down. */
export const restrictionEnded = (school: School, id: RestrictionId): Statement =>
  ended(school, and(eq(restrictions.id, id), eq(restrictions.source, 'school')))

const ours = (school: School) => eq(restrictions.schoolId, school.id)

// An end before the beginning is no end: such a row is read, and holds as unreadable.
export const unended = (school: School) =>
  or(
    isNull(restrictions.endedAtMs),
    gt(restrictions.endedAtMs, school.clock.now()),
    lt(restrictions.endedAtMs, restrictions.startsAtMs),
    sql`typeof(${restrictions.endedAtMs}) <> 'integer'`,
    sql`typeof(${restrictions.startsAtMs}) <> 'integer'`,
  )

async function read(school: School, row: Row): Promise<Restriction> {
  const { id, contactId, pupilId, scope, source, startsAtMs, reviewAtMs, endedAtMs } = row
  const record = await school.open(restrictions.record, id, row.record).catch(() => null)
  const standing = standingAt(row, record !== null, school.clock.now())
  return {
    id,
    contactId,
    pupilId,
    scope,
    source,
    startsAtMs,
    reviewAtMs,
    endedAtMs,
    standing,
    record,
  }
}

// One that has not begun ends where it would begin, so that its dates still make sense.
function ended(school: School, which: ReturnType<typeof and>): Statement {
  const endedAtMs = sql`max(${school.clock.now()}, ${restrictions.startsAtMs})`
  const condition = and(ours(school), isNull(restrictions.endedAtMs), which)
  return school.db.update(restrictions).set({ endedAtMs }).where(condition).toSQL()
}
