import { and, eq, isNull, sql } from 'drizzle-orm'
import type { PupilId } from '#kernel'
import { anyOf, type School, type Statement } from '#shards'
import { pupilKeys } from '../keys.ts'
import { bySurname, isWithin, type Pupil, type PupilLine, type PupilRecord } from '../pupil.ts'
import { matching } from '../search.ts'
import type { PupilSaved } from '../snapshot.ts'
import { pupils } from '../tables.ts'
import { placings } from './groups.ts'
import { opened } from './opened.ts'
import { pointsOf } from './points.ts'
import { contactsOf } from './relationships.ts'
import { saved, sealedRows } from './saved.ts'

/** Whose pupils are meant: those of the year groups somebody was granted; null is every year. */
export type Within = { yearGroups?: readonly string[] | null }

/** Every pupil on roll, by surname. */
export async function list(
  school: School,
  { yearGroups = null }: Within = {},
): Promise<PupilLine[]> {
  const [rows, placingOf] = await Promise.all([onRoll(school), placings(school)])
  const lines = (await opened(school, pupils.record, rows)).map(({ id, record }) => ({
    id,
    record,
    ...placingOf(id),
  }))
  return lines.filter((line) => isWithin(line, yearGroups)).sort(bySurname)
}

/**
 * Pupils on roll whose names, registration group or admission number begin with the words typed,
 * by surname. Sealed names cannot be searched by SQL, so they are opened and searched in memory.
 */
export async function search(
  school: School,
  words: string,
  { limit, ...within }: { limit: number } & Within,
): Promise<PupilLine[]> {
  return matching(await list(school, within), words).slice(0, limit)
}

/** One pupil, on roll or not, with contacts in order; undefined where this school has none of that id. */
export async function find(school: School, id: PupilId): Promise<Pupil | undefined> {
  const [rows, placingOf, pointOf, contacts] = await Promise.all([
    school.db
      .select()
      .from(pupils)
      .where(and(ours(school), eq(pupils.id, id))),
    placings(school, [id]),
    pointsOf(school, [id]),
    contactsOf(school, id),
  ])
  const [row] = await opened(school, pupils.record, rows)
  if (!row) return undefined
  const { record, leftAtMs } = row
  return { id, record, leftAtMs, ...placingOf(id), points: pointOf(id), contacts }
}

/** Pupils on roll. */
export async function countPupils(school: School): Promise<number> {
  const [found] = await school.db
    .select({ pupils: sql<number>`count(*)` })
    .from(pupils)
    .where(and(ours(school), isNull(pupils.leftAtMs)))
  return found?.pupils ?? 0
}

/** The records of some pupils, on roll or not, to say what an import would change. */
export async function pupilRecords(
  school: School,
  ids: readonly PupilId[],
): Promise<Map<PupilId, PupilRecord>> {
  const rows = await school.db
    .select({ id: pupils.id, record: pupils.record })
    .from(pupils)
    .where(and(ours(school), anyOf(pupils.id, ids)))
  return new Map((await opened(school, pupils.record, rows)).map(({ id, record }) => [id, record]))
}

export async function pupilsSaved(
  school: School,
  rows: readonly PupilSaved[],
): Promise<Statement[]> {
  const nowMs = school.clock.now()
  const sealed = await sealedRows(
    rows,
    async ({ id, record, digest, referenceFingerprint = null }) => ({
      id,
      schoolId: school.id,
      record: await school.seal(pupils.record, id, record),
      ...(await pupilKeys(school, record)),
      referenceFingerprint,
      digest,
      leftAtMs: null,
      createdAtMs: nowMs,
      changedAtMs: nowMs,
    }),
  )
  const { record, upnFingerprint, admissionFingerprint, nameFingerprint, digest, changedAtMs } =
    pupils
  return saved(
    pupils,
    sealed,
    [record, upnFingerprint, admissionFingerprint, nameFingerprint, digest, changedAtMs],
    {
      reference_fingerprint:
        'coalesce(excluded.reference_fingerprint, pupils.reference_fingerprint)',
    },
  )
}

/** They are on roll no more since then. Their records stay until retention takes them (PRODUCT 8.4). */
export const pupilsLeft = (school: School, ids: readonly PupilId[], atMs: number): Statement[] =>
  rollChanged(school, ids, atMs)

export const pupilsReturned = (school: School, ids: readonly PupilId[]): Statement[] =>
  rollChanged(school, ids, null)

const ours = (school: School) => eq(pupils.schoolId, school.id)

const onRoll = (school: School) =>
  school.db
    .select({ id: pupils.id, record: pupils.record })
    .from(pupils)
    .where(and(ours(school), isNull(pupils.leftAtMs)))

const rollChanged = (
  school: School,
  ids: readonly PupilId[],
  leftAtMs: number | null,
): Statement[] =>
  ids.length === 0
    ? []
    : [
        school.db
          .update(pupils)
          .set({ leftAtMs, changedAtMs: school.clock.now() })
          .where(and(ours(school), anyOf(pupils.id, ids)))
          .toSQL(),
      ]
