import { and, eq, isNull, sql } from 'drizzle-orm'
import type { StaffId } from '#kernel'
import { anyOf, type School, statement, type Statement } from '#shards'
import type { Fingerprint } from '#vault'
import { staffKey, staffReferenceKey } from '../keys.ts'
import type { StaffKnown, StaffSaved } from '../snapshot.ts'
import { type StaffMember, staffName } from '../staff.ts'
import { points, staff } from '../tables.ts'
import { opened } from './opened.ts'
import { pointsOf } from './points.ts'
import { saved, sealedRows } from './saved.ts'

/** Everyone who works at the school now, by surname. */
export async function listStaff(school: School): Promise<StaffMember[]> {
  const rows = await school.db
    .select({ id: staff.id, record: staff.record })
    .from(staff)
    .where(and(eq(staff.schoolId, school.id), isNull(staff.leftAtMs)))
  const members = await membersFrom(school, rows)
  return members.sort(
    (a, b) =>
      a.record.surname.localeCompare(b.record.surname, 'en-GB') ||
      staffName(a.record).localeCompare(staffName(b.record), 'en-GB'),
  )
}

export async function staffSaved(
  school: School,
  rows: readonly StaffSaved[],
): Promise<Statement[]> {
  const nowMs = school.clock.now()
  const sealed = await sealedRows(rows, async ({ id, record, reference }) => ({
    id,
    schoolId: school.id,
    record: await school.seal(staff.record, id, record),
    nameFingerprint: await staffKey(school, record),
    referenceFingerprint:
      reference === undefined ? null : await staffReferenceKey(school, reference),
    leftAtMs: null,
    createdAtMs: nowMs,
  }))
  return saved(staff, sealed, [staff.record, staff.nameFingerprint, staff.leftAtMs], {
    reference_fingerprint: 'coalesce(excluded.reference_fingerprint, staff.reference_fingerprint)',
  })
}

/** Everyone who works or worked at the school, for an import to compare with. */
export async function staffKnown(school: School): Promise<StaffKnown[]> {
  const { id, record, nameFingerprint, referenceFingerprint, leftAtMs } = staff
  const rows = await school.db
    .select({ id, record, nameFingerprint, referenceFingerprint, leftAtMs })
    .from(staff)
    .where(eq(staff.schoolId, school.id))
  return opened(school, staff.record, rows)
}

/** Staff who work here no more. How they were reached stays, so that an account of theirs is found by it. */
export const staffLeft = (school: School, ids: readonly StaffId[], leftAtMs: number): Statement =>
  statement(sql`
  update ${staff} set left_at_ms = ${leftAtMs}
  where school_id = ${school.id} and left_at_ms is null and ${anyOf(sql`id`, ids)}`)

/**
 * Which of these e-mail addresses (as `pointKey` gives them) were those of staff who have left, and since
 * when: whose accounts should be closed the same day (PRODUCT 3.1). An address that somebody has who still
 * works here, such as the office's, is none of them. Nothing is opened.
 */
export async function staffWhoLeft(
  school: School,
  emailFingerprints: readonly Fingerprint[],
): Promise<ReadonlyMap<Fingerprint, number>> {
  if (emailFingerprints.length === 0) return new Map()
  const found = await school.rows<{ fingerprint: Fingerprint; leftAtMs: number }>(
    statement(sql`
      select point.fingerprint as fingerprint, max(person.left_at_ms) as "leftAtMs"
      from ${points} as point
      join ${staff} as person on person.id = point.person_id and person.school_id = point.school_id
      where point.school_id = ${school.id} and point.channel = 'email'
        and ${anyOf(sql`point.fingerprint`, emailFingerprints)}
      group by point.fingerprint having sum(person.left_at_ms is null) = 0`),
  )
  return new Map(found.map(({ fingerprint, leftAtMs }) => [fingerprint, leftAtMs]))
}

type Row = Pick<typeof staff.$inferSelect, 'id' | 'record'>

async function membersFrom(school: School, rows: readonly Row[]): Promise<StaffMember[]> {
  const [members, pointOf] = await Promise.all([
    opened(school, staff.record, rows),
    pointsOf(
      school,
      rows.map((row) => row.id),
    ),
  ])
  return members.map(({ id, record }) => ({ id, record, points: pointOf(id) }))
}
