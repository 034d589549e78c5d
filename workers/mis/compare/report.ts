import type { ContactId, PointId, PupilId } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import type { Change, ContactPlan, Plan, PupilPlan } from './plan.ts'
import type { Dropped, Rejected, RosterSource } from '../records/roster.ts'
import type { Doubtful } from '../push/doubtful.ts'
import type { RosterStaged, Told } from '../files/staged.ts'
import type { Touched } from './report-touched.ts'

/**
 * What a person is shown of a comparison: names and values, so it is sealed like the people themselves.
 * The lists are cut at MAX_LISTED, those who leave at MAX_LEAVERS; the counts of the import say how many there are.
 */
export type Report = {
  source: RosterSource
  isFull: boolean
  /** False where a file with contacts does not say who has parental responsibility. */
  tellsResponsibility: boolean
  added: PersonEntry[]
  changed: PersonEntry[]
  leaving: PersonEntry[]
  /** Restricted contacts who would not be among the pupil's contacts any more, by name. */
  droppedContacts: { pupil: string; contact: string }[]
  returning: PersonEntry[]
  rejected: Rejected[]
  moreRejected: number
  dropped: Dropped[]
  /** What an approval is asked for, where that is a date or a contradiction. */
  doubtful: Doubtful | null
  /** Whose orders, wishes and work at the school it changes. */
  touched: Touched[]
}

export type PersonEntry = {
  kind: 'pupil' | 'contact'
  id: PupilId | ContactId
  name: string
  /** Year and registration group, as the file has them; of leavers, as they were here. */
  placing: string
  changes: ShownChange[]
}

/** `about` names the contact of a pupil whom the change is about. */
export type ShownChange = Pick<Change, 'field' | 'from' | 'to'> & { about: string | null }

/** People listed by name in each list of a report. */
export const MAX_LISTED = 200
/** Of these all are listed, as somebody has to answer for each; no school is larger. */
export const MAX_LEAVERS = 4000

/** Opens what must be named to be understood, and no more than is listed. */
export async function makeReport(
  school: School,
  plan: Plan,
  { reading: { roster, tells }, doubtful }: Pick<RosterStaged, 'reading' | 'doubtful'>,
  touched: Touched[],
): Promise<Report> {
  const pupils = plan.pupils.filter((each) => !each.isNew && !each.isReturning).slice(0, MAX_LISTED)
  const contacts = plan.contacts.filter((each) => !each.isNew).slice(0, MAX_LISTED - pupils.length)
  const facts = await factsFor(school, plan, pupils, contacts)
  const pupilEntry = (each: PupilPlan) =>
    entryOf(facts, 'pupil', each, people.fullName(each.saved.record))
  return {
    source: roster.source,
    isFull: roster.isFull,
    tellsResponsibility: !tells.includes('contacts') || tells.includes('parental-responsibility'),
    added: plan.pupils
      .filter((each) => each.isNew)
      .slice(0, MAX_LISTED)
      .map(pupilEntry),
    changed: [
      ...pupils.map(pupilEntry),
      ...contacts.map((each) =>
        entryOf(facts, 'contact', each, people.contactName(each.saved.record)),
      ),
    ],
    leaving: await leaversOf(school, plan),
    droppedContacts: await droppedOf(school, plan),
    returning: plan.pupils
      .filter((each) => each.isReturning)
      .slice(0, MAX_LISTED)
      .map(pupilEntry),
    rejected: plan.rejected,
    moreRejected: plan.moreRejected,
    dropped: roster.dropped,
    doubtful,
    touched,
  }
}

/** Of data in which no pupil comes, goes or changes: marks, staff, flags. */
export const reportWithout = (
  { source, isFull, dropped, ...told }: Told,
  touched: Touched[],
): Report => ({
  source,
  isFull,
  tellsResponsibility: true,
  added: [],
  changed: [],
  leaving: [],
  droppedContacts: [],
  returning: [],
  rejected: told.rejected.slice(0, MAX_REJECTED_KEPT),
  moreRejected: told.moreRejected + Math.max(0, told.rejected.length - MAX_REJECTED_KEPT),
  dropped,
  doubtful: told.doubtful,
  touched,
})

const MAX_REJECTED_KEPT = 1000

type Facts = {
  contacts: Map<ContactId, string>
  values: Map<PointId, string>
}

async function factsFor(
  school: School,
  plan: Plan,
  pupils: readonly PupilPlan[],
  contacts: readonly ContactPlan[],
): Promise<Facts> {
  const named = pupils.flatMap((each) => each.changes.flatMap(({ contactId }) => contactId ?? []))
  const records = await people.contactRecords(school, [...new Set(named)])
  const names = new Map([...records].map(([id, record]) => [id, people.contactName(record)]))
  for (const { id, saved } of plan.contacts) names.set(id, people.contactName(saved.record))
  return {
    contacts: names,
    values: await goingValues(school, pupils, contacts),
  }
}

/** The numbers and addresses that would go, opened: by hand nobody could tell which is meant. */
async function goingValues(
  school: School,
  pupils: readonly PupilPlan[],
  contacts: readonly ContactPlan[],
): Promise<Map<PointId, string>> {
  const loses = ({ changes }: { changes: Change[] }) => changes.some((change) => change.pointId)
  const circle = await people.circle(school, {
    everyPupil: false,
    pupils: pupils.filter(loses).map((each) => each.id),
    groups: [],
    contacts: contacts.filter(loses).map((each) => each.id),
    everyStaff: false,
    staff: [],
  })
  const points = [...circle.pupils, ...circle.direct].flatMap((each) => each.points)
  return new Map(points.map((point) => [point.id, point.value]))
}

const entryOf = (
  facts: Facts,
  kind: PersonEntry['kind'],
  { id, changes, ...each }: PupilPlan | ContactPlan,
  name: string,
): PersonEntry => ({
  ...entry(kind, id, name),
  placing: 'placing' in each ? each.placing.join(', ') : '',
  changes: each.isNew ? [] : changes.map((change) => shown(facts, change)),
})

function shown(
  { contacts, values }: Facts,
  { field, contactId, from, to, pointId }: Change,
): ShownChange {
  const name = contactId === undefined ? null : (contacts.get(contactId) ?? null)
  if (field === 'contact') {
    return { field, about: null, from: from === null ? null : name, to: to === null ? null : name }
  }
  return { field, about: name, from: pointId ? (values.get(pointId) ?? null) : from, to }
}

/** By surname, as a register has them: the file does not, and somebody has to look for each. */
async function leaversOf(school: School, { leaving }: Plan): Promise<PersonEntry[]> {
  const [records, placingOf] = await Promise.all([
    people.pupilRecords(school, leaving),
    people.placings(school, leaving),
  ])
  return [...records]
    .map(([id, record]) => ({ id, record }))
    .sort(people.bySurname)
    .slice(0, MAX_LEAVERS)
    .map(({ id, record }) => ({
      ...entry('pupil', id, people.fullName(record)),
      placing: placed(placingOf(id)),
    }))
}

const placed = ({ yearGroup, registrationGroup }: people.Placing): string =>
  [yearGroup, registrationGroup].filter((name) => name !== null).join(', ')

async function droppedOf(
  school: School,
  { droppedContacts }: Plan,
): Promise<Report['droppedContacts']> {
  const listed = droppedContacts.slice(0, MAX_LISTED)
  const [pupils, contacts] = await Promise.all([
    people.pupilRecords(
      school,
      listed.map(({ pupilId }) => pupilId),
    ),
    people.contactRecords(
      school,
      listed.map(({ contactId }) => contactId),
    ),
  ])
  return listed.flatMap(({ pupilId, contactId }) => {
    const [pupil, contact] = [pupils.get(pupilId), contacts.get(contactId)]
    return pupil && contact
      ? [{ pupil: people.fullName(pupil), contact: people.contactName(contact) }]
      : []
  })
}

const entry = (kind: PersonEntry['kind'], id: PersonEntry['id'], name: string): PersonEntry => ({
  kind,
  id,
  name,
  placing: '',
  changes: [],
})
