import { and, eq, sql } from 'drizzle-orm'
import type { ContactId, PupilId } from '#kernel'
import { anyOf, type School, statement, type Statement } from '#shards'
import type { Fingerprint } from '#vault'
import { contactName } from '../contact.ts'
import { bySurname, fullName } from '../pupil.ts'
import {
  type Duplicate,
  FEWEST_CONTACTS,
  type Named,
  type Part,
  QUALITY_SHOWN,
  type SharedPoint,
  type ThinlyReached,
} from '../quality.ts'
import { contacts, points, pupils, relationships, restrictions } from '../tables.ts'
import { placings } from './groups.ts'
import { opened } from './opened.ts'
import { pupilRecords } from './pupils.ts'
import { contactRecords } from './relationships.ts'
import { unended } from './restrictions.ts'

type Reach = { id: PupilId; contacts: number; reachable: number }

/** Pupils on roll of whom nobody can be told, and those with fewer than two contacts. */
export async function thinlyReached(
  school: School,
): Promise<{ unreachable: Part<ThinlyReached>; fewContacts: Part<ThinlyReached> }> {
  const found = await school.rows<Reach>(
    statement(sql`
      select ${pupils.id} as id, count(${relationships.contactId}) as contacts,
        count(case when ${isReached(school)} then 1 end) as reachable
      from ${pupils} left join ${relationships}
        on ${and(eq(relationships.schoolId, pupils.schoolId), eq(relationships.pupilId, pupils.id))}
      where ${pupils.schoolId} = ${school.id} and ${pupils.leftAtMs} is null
      group by ${pupils.id} having reachable = 0 or contacts < ${FEWEST_CONTACTS}`),
  )
  const [unreachable, fewContacts] = await Promise.all([
    named(
      school,
      found.filter(({ reachable }) => reachable === 0),
    ),
    named(
      school,
      found.filter((one) => one.reachable > 0 && one.contacts < FEWEST_CONTACTS),
    ),
  ])
  return { unreachable, fewContacts }
}

/** How many pupils on roll nobody can be told about: those of `unreachable`. */
export async function countUnreachable(school: School): Promise<number> {
  const [found] = await school.rows<{ count: number }>(
    statement(sql`
      select count(*) as count from ${pupils}
      where ${pupils.schoolId} = ${school.id} and ${pupils.leftAtMs} is null
        and not exists (select 1 from ${relationships}
          where ${relationships.schoolId} = ${pupils.schoolId} and ${relationships.pupilId} = ${pupils.id}
            and ${isReached(school)})`),
  )
  return found?.count ?? 0
}

/** The contact has a number or address that works, and no restriction about the child. */
const isReached = (school: School) => sql`
  exists (select 1 from ${points} where ${points.schoolId} = ${school.id}
    and ${points.personId} = ${relationships.contactId} and ${points.failingSinceMs} is null)
  and not exists (select 1 from ${restrictions} where ${restrictions.schoolId} = ${school.id}
    and ${restrictions.contactId} = ${relationships.contactId}
    and (${restrictions.pupilId} is null or ${restrictions.pupilId} = ${relationships.pupilId})
    and ${unended(school)})`

async function named(school: School, reaches: readonly Reach[]): Promise<Part<ThinlyReached>> {
  const some = reaches.slice(0, QUALITY_SHOWN)
  const ids = some.map(({ id }) => id)
  const [records, placingOf] = await Promise.all([pupilRecords(school, ids), placings(school, ids)])
  const shown = some
    .flatMap((reach) => {
      const record = records.get(reach.id)
      return record ? [{ ...reach, record, yearGroup: placingOf(reach.id).yearGroup }] : []
    })
    .sort(bySurname)
    .map(({ record, ...rest }) => ({ ...rest, name: fullName(record) }))
  return { total: reaches.length, shown }
}

/**
 * Mobiles and addresses that several contacts have, and other telephones that contacts have who share no child:
 * parents have a landline in common, strangers do not.
 */
export async function sharedPoints(school: School): Promise<Part<SharedPoint>> {
  const found = await school.rows<{ fingerprint: Fingerprint; contacts: string; point: string }>(
    statement(sql`
      select ${points.fingerprint} as fingerprint, min(${points.id}) as point,
        json_group_array(distinct ${points.personId}) as contacts
      from ${points} where ${points.schoolId} = ${school.id} and ${points.personKind} = 'contact'
        and ${hasChildOnRoll(school)}
      group by ${points.fingerprint}
      having count(distinct ${points.personId}) > 1
        and (max(${points.channel} <> 'voice') = 1 or not ${shareAChild(school)})`),
  )
  const some = found.slice(0, QUALITY_SHOWN)
  const rows = await school.db
    .select()
    .from(points)
    .where(
      and(
        eq(points.schoolId, school.id),
        anyOf(
          points.id,
          some.map(({ point }) => point),
        ),
      ),
    )
  const [pointRows, nameOf] = await Promise.all([
    opened(school, points.record, rows),
    namesOf(
      school,
      some.flatMap((one) => JSON.parse(one.contacts) as ContactId[]),
    ),
  ])
  const pointOf = new Map<string, (typeof pointRows)[number]>(pointRows.map((row) => [row.id, row]))
  const shown = some.flatMap(({ point, contacts: ids }): SharedPoint[] => {
    const row = pointOf.get(point)
    const people = (JSON.parse(ids) as ContactId[]).flatMap((id) => nameOf(id) ?? [])
    return row ? [{ channel: row.channel, value: row.record.value, contacts: people }] : []
  })
  return { total: found.length, shown }
}

const hasChildOnRoll = (school: School) => sql`
  exists (select 1 from ${relationships} r join ${pupils} p on p.id = r.pupil_id
    where r.school_id = ${school.id} and r.contact_id = ${points.personId} and p.left_at_ms is null)`

/** Some child has two of those who have this number. */
const shareAChild = (school: School) => sql`
  exists (select 1 from ${points} o join ${relationships} r
      on r.school_id = o.school_id and r.contact_id = o.person_id
    where o.school_id = ${school.id} and o.fingerprint = ${points.fingerprint}
    group by r.pupil_id having count(distinct o.person_id) > 1)`

const sharesChild = sql`
  exists (select 1 from ${relationships} r join ${relationships} s
      on s.school_id = r.school_id and s.pupil_id = r.pupil_id and s.contact_id = b.id
    where r.school_id = a.school_id and r.contact_id = a.id)`
const sharesPoint = sql`
  exists (select 1 from ${points} p join ${points} q
      on q.school_id = p.school_id and q.fingerprint = p.fingerprint and q.person_id = b.id
    where p.school_id = a.school_id and p.person_id = a.id)`

type Pair = { one: ContactId; other: ContactId; sharesChild: number; sharesPoint: number }

/** The same name twice, with a child, a number or an address in common. A name alone is not enough. */
export async function duplicates(school: School): Promise<Part<Duplicate>> {
  const found = await school.rows<Pair>(
    statement(sql`
      with pairs as (
        select a.id as one, b.id as other, ${sharesChild} as sharesChild,
          ${sharesPoint} as sharesPoint
        from ${contacts} a join ${contacts} b
          on b.school_id = a.school_id and b.name_fingerprint = a.name_fingerprint and b.id > a.id
        where a.school_id = ${school.id})
      select * from pairs where sharesChild or sharesPoint`),
  )
  const some = found.slice(0, QUALITY_SHOWN)
  const nameOf = await namesOf(
    school,
    some.flatMap(({ one, other }) => [one, other]),
  )
  const shown = some.flatMap(({ one, other, sharesChild, sharesPoint }): Duplicate[] => {
    const [a, b] = [nameOf(one), nameOf(other)]
    if (!a || !b) return []
    return [{ contacts: [a, b], sharesChild: sharesChild === 1, sharesPoint: sharesPoint === 1 }]
  })
  return { total: found.length, shown }
}

/** Finds something if just these two are on that list, in whichever order they are given. */
export const asDuplicates = (school: School, one: ContactId, other: ContactId): Statement =>
  statement(sql`
    select 1 from ${contacts} a join ${contacts} b
      on b.school_id = a.school_id and b.name_fingerprint = a.name_fingerprint
    where a.school_id = ${school.id} and a.id = ${one} and b.id = ${other} and a.id <> b.id
      and (${sharesChild} or ${sharesPoint})`)

/** Whether these two are on the list of those who may be one person: nobody else is ever joined. */
export const areDuplicates = async (
  school: School,
  one: ContactId,
  other: ContactId,
): Promise<boolean> => (await school.rows(asDuplicates(school, one, other))).length > 0

async function namesOf(
  school: School,
  ids: readonly ContactId[],
): Promise<(id: ContactId) => Named | undefined> {
  const ties = await school.db
    .select({ contactId: relationships.contactId, pupilId: relationships.pupilId })
    .from(relationships)
    .where(and(eq(relationships.schoolId, school.id), anyOf(relationships.contactId, ids)))
  const [records, children] = await Promise.all([
    contactRecords(school, ids),
    pupilRecords(
      school,
      ties.map(({ pupilId }) => pupilId),
    ),
  ])
  const byContact = Map.groupBy(ties, ({ contactId }) => contactId)
  return (id) => {
    const record = records.get(id)
    if (!record) return undefined
    const theirs = (byContact.get(id) ?? []).flatMap(({ pupilId }) => {
      const child = children.get(pupilId)
      return child ? [{ id: pupilId, name: fullName(child) }] : []
    })
    return { id, name: contactName(record), pupils: theirs }
  }
}
