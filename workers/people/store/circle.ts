import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { ContactId, PupilId } from '#kernel'
import { anyOf, type School } from '#shards'
import type { Fingerprint } from '#vault'
import type { Addressed, Circle, CircleContact, CirclePerson, CirclePupil } from '../circle.ts'
import { byPriority, contactName, type ContactRecord } from '../contact.ts'
import type { Channel, PersonId, Point } from '../point.ts'
import { bySurname, type Placing } from '../pupil.ts'
import { type Restriction, standingOf, strictest } from '../restriction.ts'
import { staffName } from '../staff.ts'
import { memberships, pupils, relationships } from '../tables.ts'
import { placings } from './groups.ts'
import { opened } from './opened.ts'
import { pointsOf } from './points.ts'
import { contactRecords } from './relationships.ts'
import { restrictionsOf } from './restrictions.ts'
import { listStaff } from './staff.ts'

type PupilRow = Awaited<ReturnType<typeof chosenPupils>>[number]
type Tie = Awaited<ReturnType<typeof tiesAmong>>[number]

/** What is known of the people about the pupils chosen, once read. */
type Facts = {
  ties: Map<PupilId, Tie[]>
  contacts: Map<ContactId, ContactRecord>
  placingOf: (id: PupilId) => Placing
  pointOf: (id: PersonId) => Point[]
  restrictions: Restriction[]
}

/**
 * Everybody who comes into question for a message: the pupils chosen with all their contacts, staff,
 * and contacts written to directly. Groups and "every pupil" mean those on roll; a pupil chosen by
 * name comes along even after leaving, so that it can be said why nobody was told. Where a channel is
 * named, only points of that channel are opened: for a whole school that is half the work.
 */
export async function circle(
  school: School,
  addressed: Addressed,
  channel?: Channel,
): Promise<Circle> {
  const [rows, staff] = await Promise.all([
    chosenPupils(school, addressed),
    chosenStaff(school, addressed),
  ])
  const facts = await factsAbout(school, rows, addressed, channel)
  const direct = addressed.contacts.flatMap((id) => directContact(id, facts))
  return {
    pupils: rows.map((row) => circlePupil(row, facts)).sort(bySurname),
    staff,
    direct,
    restrictedFingerprints: restrictedAround(direct, facts),
  }
}

async function chosenPupils(school: School, { everyPupil, pupils: named, groups }: Addressed) {
  if (!everyPupil && named.length === 0 && groups.length === 0) return []
  const inGroups = sql`${pupils.id} in (select ${memberships.pupilId} from ${memberships}
    where ${memberships.schoolId} = ${school.id} and ${anyOf(memberships.groupId, groups)})`
  const onRoll = and(isNull(pupils.leftAtMs), everyPupil ? undefined : inGroups)
  const rows = await school.db
    .select({ id: pupils.id, record: pupils.record, leftAtMs: pupils.leftAtMs })
    .from(pupils)
    .where(and(eq(pupils.schoolId, school.id), or(onRoll, anyOf(pupils.id, named))))
  return opened(school, pupils.record, rows)
}

async function chosenStaff(
  school: School,
  { everyStaff, staff }: Addressed,
): Promise<CirclePerson[]> {
  if (!everyStaff && staff.length === 0) return []
  const members = await listStaff(school)
  return members
    .filter(({ id }) => everyStaff || staff.includes(id))
    .map(({ id, record, points }) => ({
      kind: 'staff',
      id,
      name: staffName(record),
      language: null,
      points,
      restriction: 'none',
    }))
}

async function factsAbout(
  school: School,
  chosen: readonly PupilRow[],
  { contacts }: Addressed,
  channel?: Channel,
): Promise<Facts> {
  const pupilIds = chosen.map((row) => row.id)
  const [ties, placingOf, restrictions] = await Promise.all([
    tiesAmong(school, pupilIds, contacts),
    placings(school, pupilIds),
    restrictionsOf(school),
  ])
  const contactIds = [...new Set([...contacts, ...ties.map((tie) => tie.contactId)])]
  const restricted = restrictions.map((one) => one.contactId)
  const [records, pointOf] = await Promise.all([
    contactRecords(school, contactIds),
    pointsOf(school, [...new Set<PersonId>([...pupilIds, ...contactIds, ...restricted])], channel),
  ])
  return {
    ties: Map.groupBy(ties, (tie) => tie.pupilId),
    contacts: records,
    placingOf,
    pointOf,
    restrictions,
  }
}

// A direct contact's ties come too, with those of their children: a phone may be shared with
// somebody who is restricted about one of them.
const tiesAmong = (school: School, about: readonly PupilId[], contacts: readonly ContactId[]) =>
  school.db
    .select({
      pupilId: relationships.pupilId,
      contactId: relationships.contactId,
      priority: relationships.priority,
      hasParentalResponsibility: relationships.hasParentalResponsibility,
    })
    .from(relationships)
    .where(
      and(
        eq(relationships.schoolId, school.id),
        or(anyOf(relationships.pupilId, about), anyOf(relationships.contactId, contacts)),
      ),
    )

function circlePupil(row: PupilRow, facts: Facts): CirclePupil {
  const { yearGroup, registrationGroup } = facts.placingOf(row.id)
  const ties = facts.ties.get(row.id) ?? []
  return {
    id: row.id,
    record: row.record,
    yearGroup,
    registrationGroup,
    hasLeft: row.leftAtMs !== null,
    points: facts.pointOf(row.id),
    contacts: ties.flatMap((tie) => circleContact(tie, facts)).sort(byPriority),
    restrictedFingerprints: restrictedAbout(row.id, facts),
  }
}

function circleContact(tie: Tie, facts: Facts): CircleContact[] {
  const { contactId, pupilId, priority, hasParentalResponsibility } = tie
  const restriction = standingOf(facts.restrictions, contactId, pupilId)
  return person(contactId, facts).map((one) => ({
    ...one,
    id: contactId,
    priority,
    hasParentalResponsibility,
    restriction,
  }))
}

function directContact(id: ContactId, facts: Facts): CirclePerson[] {
  const theirs = facts.restrictions.filter((one) => one.contactId === id)
  const restriction = strictest(theirs.map((one) => one.standing))
  return person(id, facts).map((one) => ({ ...one, restriction }))
}

function person(id: ContactId, { contacts, pointOf }: Facts): CirclePerson[] {
  const record = contacts.get(id)
  if (!record) return []
  const { language } = record
  return [
    {
      kind: 'contact',
      id,
      name: contactName(record),
      language,
      points: pointOf(id),
      restriction: 'none',
    },
  ]
}

/** The numbers and addresses of everybody restricted about this child, named with the child or not. */
function restrictedAbout(pupilId: PupilId, { restrictions, pointOf }: Facts): Set<Fingerprint> {
  const holds = restrictions.filter(
    (one) => one.standing !== 'none' && (one.pupilId === null || one.pupilId === pupilId),
  )
  const found = new Set<Fingerprint>()
  for (const { contactId } of holds) {
    for (const point of pointOf(contactId)) found.add(point.fingerprint)
  }
  return found
}

function restrictedAround(direct: readonly CirclePerson[], facts: Facts): Set<Fingerprint> {
  const ids = new Set<PersonId>(direct.map((one) => one.id))
  const theirs = [...facts.ties.values()].flat().filter((tie) => ids.has(tie.contactId))
  const around = theirs.map((tie) => restrictedAbout(tie.pupilId, facts))
  return new Set(around.flatMap((set) => [...set]))
}
