import { and, eq, isNull } from 'drizzle-orm'
import { type School, type Statement } from '#shards'
import { fold } from '../fold.ts'
import type { StaffSaved } from '../snapshot.ts'
import { type StaffMember, staffName } from '../staff.ts'
import { staff } from '../tables.ts'
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
  const sealed = await sealedRows(rows, async ({ id, record }) => ({
    id,
    schoolId: school.id,
    record: await school.seal(staff.record, id, record),
    nameFingerprint: await school.fingerprint(
      'name',
      `${fold(record.surname)}|${fold(record.forename)}`,
    ),
    leftAtMs: null,
    createdAtMs: nowMs,
  }))
  return saved(staff, sealed, [staff.record, staff.nameFingerprint, staff.leftAtMs])
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
