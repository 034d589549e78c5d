import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { ContactId, PupilId, StaffId } from '#kernel'
import { anyOf, type School, statement } from '#shards'
import type { Fingerprint } from '#vault'
import type { FailingPoint, Owner } from '../circle.ts'
import { contactName } from '../contact.ts'
import type { PersonId } from '../point.ts'
import { bySurname, fullName } from '../pupil.ts'
import { staffName } from '../staff.ts'
import { points, pupils, relationships } from '../tables.ts'
import { placings } from './groups.ts'
import { opened } from './opened.ts'
import { toPoint } from './points.ts'
import { pupilRecords } from './pupils.ts'
import { contactRecords } from './relationships.ts'
import { listStaff } from './staff.ts'

/** How many `failingPoints` gives at most; `countFailing` says if there are more. */
export const MOST_FAILING_LISTED = 500

/** Numbers and addresses of people who matter now that do not work, the longest failing first. */
export async function failingPoints(school: School): Promise<FailingPoint[]> {
  const rows = await opened(
    school,
    points.record,
    await school.db
      .select()
      .from(points)
      .where(toFix(school))
      .orderBy(points.failingSinceMs, points.id)
      .limit(MOST_FAILING_LISTED),
  )
  const [ownerOf, childrenOf] = await Promise.all([
    owners(school, rows),
    childrenOnRoll(
      school,
      rows.map((row) => row.personId),
    ),
  ])
  return rows.flatMap((row) => {
    const owner = ownerOf(row.personId)
    const pupilsOf = childrenOf(row.personId)
    return owner ? [{ point: toPoint(row), channel: row.channel, owner, pupils: pupilsOf }] : []
  })
}

/** How many there are to fix, for the home page. */
export async function countFailing(school: School): Promise<number> {
  const [found] = await school.db
    .select({ count: sql<number>`count(*)` })
    .from(points)
    .where(toFix(school))
  return found?.count ?? 0
}

/** Whose number or address it is: several where a family shares a phone, nobody where it is not known. */
export async function ownersOf(school: School, fingerprint: Fingerprint): Promise<Owner[]> {
  const rows = await school.db
    .selectDistinct({ personKind: points.personKind, personId: points.personId })
    .from(points)
    .where(and(eq(points.schoolId, school.id), eq(points.fingerprint, fingerprint)))
  const ownerOf = await owners(school, rows)
  return rows.flatMap((row) => ownerOf(row.personId) ?? [])
}

// A contact none of whose children is on roll, and staff who left, need no mending.
const toFix = (school: School): SQL | undefined =>
  and(
    eq(points.schoolId, school.id),
    isNotNull(points.failingSinceMs),
    sql`case ${points.personKind}
      when 'contact' then exists (select 1 from relationships r join pupils p on p.id = r.pupil_id
        where r.school_id = ${school.id} and r.contact_id = ${points.personId} and p.left_at_ms is null)
      when 'pupil' then exists (select 1 from pupils p
        where p.school_id = ${school.id} and p.id = ${points.personId} and p.left_at_ms is null)
      else exists (select 1 from staff s
        where s.school_id = ${school.id} and s.id = ${points.personId} and s.left_at_ms is null)
    end`,
  )

type Owned = Pick<typeof points.$inferSelect, 'personKind' | 'personId'>

async function owners(
  school: School,
  rows: readonly Owned[],
): Promise<(id: PersonId) => Owner | undefined> {
  const ids = Map.groupBy(rows, (row) => row.personKind)
  const of = <T extends PersonId>(kind: Owned['personKind']) =>
    (ids.get(kind) ?? []).map((row) => row.personId) as T[]
  const [contacts, children, staff] = await Promise.all([
    contactRecords(school, of<ContactId>('contact')),
    pupilRecords(school, of<PupilId>('pupil')),
    of<StaffId>('staff').length > 0 ? listStaff(school) : [],
  ])
  const known = new Map<PersonId, Owner>()
  for (const [id, record] of contacts)
    known.set(id, { kind: 'contact', id, name: contactName(record) })
  for (const [id, record] of children) known.set(id, { kind: 'pupil', id, name: fullName(record) })
  for (const { id, record } of staff) known.set(id, { kind: 'staff', id, name: staffName(record) })
  return (id) => known.get(id)
}

async function childrenOnRoll(school: School, people: readonly PersonId[]) {
  const ties = await school.rows<{ contactId: PersonId; pupilId: PupilId }>(
    statement(sql`
      select ${relationships.contactId} as contactId, ${relationships.pupilId} as pupilId
      from ${relationships} join ${pupils} on ${and(eq(pupils.id, relationships.pupilId), isNull(pupils.leftAtMs))}
      where ${relationships.schoolId} = ${school.id} and ${anyOf(relationships.contactId, people)}`),
  )
  const ids = ties.map((tie) => tie.pupilId)
  const [records, placingOf] = await Promise.all([pupilRecords(school, ids), placings(school, ids)])
  const byContact = Map.groupBy(ties, (tie) => tie.contactId)
  return (id: PersonId): FailingPoint['pupils'] =>
    (byContact.get(id) ?? [])
      .flatMap(({ pupilId }) => {
        const record = records.get(pupilId)
        return record ? [{ id: pupilId, record }] : []
      })
      .sort(bySurname)
      .map(({ id: pupilId, record }) => {
        const { yearGroup } = placingOf(pupilId)
        return { id: pupilId, name: fullName(record), yearGroup }
      })
}
