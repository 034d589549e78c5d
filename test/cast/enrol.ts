import * as audit from '#audit'
import { type ContactId, type GroupId, invariant, newId, type PupilId } from '#kernel'
import * as people from '#people'
import type { GroupKind, PointSaved } from '#people'
import type { School, Statement } from '#shards'
import type { RosterContact, RosterPupil } from '#workers/mis/records/roster.ts'

/** Who was put on roll, by "Forename Surname". */
export type Enrolled = { pupils: Map<string, PupilId>; contacts: Map<string, ContactId> }

type Placed = { id: PupilId; pupil: RosterPupil }

/** Puts pupils and their contacts on roll in one commit, by the same writes that an import uses. */
export async function enrol(school: School, roster: readonly RosterPupil[]): Promise<Enrolled> {
  const nowMs = school.clock.now()
  const placed = roster.map((pupil) => ({ id: newId('pupil', nowMs), pupil }))
  const contacts = contactsOf(placed, nowMs)
  const writes = await Promise.all([
    pupilWrites(school, placed),
    contactWrites(school, contacts),
    tieWrites(school, placed, contacts),
    groupWrites(school, placed),
  ])
  const done = await school.commit(
    ...writes.flat(),
    audit.entry(school, 'roll.seeded', school.id, { pupils: placed.length }),
  )
  invariant(done, 'nothing else writes while the cast is settled')
  return {
    pupils: new Map(placed.map(({ id, pupil }) => [`${pupil.forename} ${pupil.surname}`, id])),
    contacts: new Map(
      [...contacts.values()].map(({ id, contact }) => [
        `${contact.forename} ${contact.surname}`,
        id,
      ]),
    ),
  }
}

type Known = Map<string, { id: ContactId; contact: RosterContact }>

/** Siblings have the same parents: one contact for each name with the same ways to reach it. */
function contactsOf(placed: readonly Placed[], nowMs: number): Known {
  const known: Known = new Map()
  for (const contact of placed.flatMap(({ pupil }) => pupil.contacts)) {
    const key = keyOf(contact)
    if (!known.has(key)) known.set(key, { id: newId('contact', nowMs), contact })
  }
  return known
}

const keyOf = ({ forename, surname, phones, emails }: RosterContact): string =>
  JSON.stringify([forename, surname, phones[0]?.e164, emails[0]])

async function pupilWrites(school: School, placed: readonly Placed[]): Promise<Statement[]> {
  const rows = placed.map(async ({ id, pupil }) => ({
    id,
    record: {
      forename: pupil.forename,
      surname: pupil.surname,
      preferredForename: pupil.preferredForename,
      middleNames: pupil.middleNames,
      upn: pupil.key.upn,
      admissionNumber: pupil.key.admissionNumber,
      gender: pupil.gender,
      dateOfBirth: pupil.dateOfBirth,
    },
    digest: await school.fingerprint('digest', `cast ${id}`),
  }))
  return people.pupilsSaved(school, await Promise.all(rows))
}

async function contactWrites(school: School, contacts: Known): Promise<Statement[]> {
  const rows = [...contacts.values()].map(async ({ id, contact }) => ({
    id,
    record: {
      title: contact.title,
      forename: contact.forename,
      surname: contact.surname,
      language: contact.language,
    },
    digest: await school.fingerprint('digest', `cast ${id}`),
  }))
  const points = [...contacts.values()].flatMap(({ id, contact }) => pointsOf(id, contact))
  return [
    ...(await people.contactsSaved(school, await Promise.all(rows))),
    ...(await people.pointsSaved(school, points)),
  ]
}

export function pointsOf(
  personId: PointSaved['personId'],
  { phones, emails }: Pick<RosterContact, 'phones' | 'emails'>,
  personKind: PointSaved['personKind'] = 'contact',
): PointSaved[] {
  const point = (channel: PointSaved['channel']) => (value: string, index: number) => ({
    id: newId('point'),
    personKind,
    personId,
    channel,
    value,
    position: index + 1,
  })
  const numbers = (isMobile: boolean) =>
    phones.filter(({ kind }) => (kind === 'mobile') === isMobile).map(({ e164 }) => e164)
  return [
    ...numbers(true).map(point('sms')),
    ...numbers(false).map(point('voice')),
    ...emails.map(point('email')),
  ]
}

const tieWrites = (school: School, placed: readonly Placed[], contacts: Known) =>
  people.relationshipsSaved(
    school,
    placed.flatMap(({ id, pupil }) =>
      pupil.contacts.map((contact, index) => ({
        id: newId('relationship'),
        pupilId: id,
        contactId: contacts.get(keyOf(contact))?.id as ContactId,
        relationship: contact.relationship,
        priority: contact.priority ?? index + 1,
        hasParentalResponsibility: contact.hasParentalResponsibility ?? false,
      })),
    ),
  )

/** Years, registration groups and houses: those there are, and those that come with these pupils. */
async function groupWrites(school: School, placed: readonly Placed[]): Promise<Statement[]> {
  const known = new Map<string, GroupId>()
  for (const group of await people.listGroups(school))
    known.set(`${group.kind} ${group.name}`, group.id)
  const added: { id: GroupId; kind: GroupKind; name: string }[] = []
  const groupFor = (kind: GroupKind, name: string): GroupId => {
    const found = known.get(`${kind} ${name}`)
    if (found) return found
    const id = newId('group')
    known.set(`${kind} ${name}`, id)
    added.push({ id, kind, name })
    return id
  }
  const memberships = placed.flatMap(({ id, pupil }) =>
    groupsOf(pupil).map(([kind, name]) => ({ groupId: groupFor(kind, name), pupilId: id })),
  )
  const ids = placed.map(({ id }) => id)
  return [
    ...(await people.groupsSaved(school, added)),
    ...people.membershipsReplaced(school, ids, memberships),
  ]
}

const groupsOf = ({ yearGroup, registrationGroup, house }: RosterPupil): [GroupKind, string][] => [
  ...(yearGroup ? [['year', yearGroup] as [GroupKind, string]] : []),
  ...(registrationGroup ? [['registration', registrationGroup] as [GroupKind, string]] : []),
  ...(house ? [['house', house] as [GroupKind, string]] : []),
]
