import { type ContactId, inBatches } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import { digest } from './digest.ts'
import type { FileContact } from './file-people.ts'
import type { Known } from './known.ts'
import type { Change, ContactPlan, PlannedWrites } from './plan.ts'
import { planPoints } from './plan-points.ts'
import { channelsTold, type Topic, topicsOfPeople } from '../read/tells.ts'

const DIGESTED_AT_ONCE = 500

/**
 * Plans the contacts of a file. In a file that is not of the whole school a parent may have rows that
 * are not there, for brothers and sisters: then a number is only ever added.
 */
export async function planContacts(
  school: School,
  known: Known,
  contacts: readonly FileContact[],
  { tells, isWhole }: { tells: ReadonlySet<Topic>; isWhole: boolean },
  writes: PlannedWrites,
): Promise<ContactPlan[]> {
  const differing = await thatDiffer(school, contacts, tells)
  const ids = differing.flatMap(({ contact }) => (contact.known ? [contact.id] : []))
  const records = ids.length > 0 ? await people.contactRecords(school, ids) : new Map()
  const terms = { channels: channelsTold(tells, 'contact'), isWhole, nowMs: school.clock.now() }
  return differing.flatMap(({ contact, digest: found }) => {
    const before: people.ContactRecord | undefined = records.get(contact.id)
    const record = overlaid(contact, before, tells)
    const pointsBefore = known.pointsOf.get(contact.id) ?? []
    const person = { kind: 'contact', id: contact.id } as const
    const changes = [
      ...(before ? recordChanges(before, record) : []),
      ...planPoints(writes, person, pointsBefore, contact.points, terms),
    ]
    if (before && changes.length === 0) return []
    const saved = { id: contact.id, record, digest: found }
    writes.contacts.push(saved)
    return [{ id: contact.id, isNew: before === undefined, saved, changes }]
  })
}

/** Contacts who answer for nobody any more once the planned relationships have ended. */
export function countLeaving(known: Known, { ties, tiesEnded }: PlannedWrites): number {
  const ended = new Set(tiesEnded)
  const left = new Set<ContactId>()
  const stays = new Set(ties.map((tie) => tie.contactId))
  for (const tie of known.snapshot.relationships) {
    if (ended.has(tie.id)) left.add(tie.contactId)
    else stays.add(tie.contactId)
  }
  return [...left].filter((id) => !stays.has(id)).length
}

/** Contacts of the pupils who were on roll and stay on it: a year that leaves takes its contacts with it. */
export function contactsStaying(
  { snapshot }: Known,
  { left }: Pick<PlannedWrites, 'left'>,
): Set<ContactId> {
  const leaving = new Set(left)
  const stays = new Set(
    snapshot.pupils
      .filter(({ id, leftAtMs }) => leftAtMs === null && !leaving.has(id))
      .map(({ id }) => id),
  )
  return new Set(
    snapshot.relationships
      .filter(({ pupilId }) => stays.has(pupilId))
      .map(({ contactId }) => contactId),
  )
}

/** Of the numbers and addresses of these contacts: how many there are, and how many end. */
export function countPoints(
  { snapshot }: Known,
  contacts: ReadonlySet<people.PersonId>,
  { pointsEnded }: Pick<PlannedWrites, 'pointsEnded'>,
): { ended: number; here: number } {
  const gone = new Set(pointsEnded)
  const theirs = snapshot.points.filter(({ personId }) => contacts.has(personId))
  return { ended: theirs.filter(({ id }) => gone.has(id)).length, here: theirs.length }
}

async function thatDiffer(
  school: School,
  contacts: readonly FileContact[],
  tells: ReadonlySet<Topic>,
): Promise<{ contact: FileContact; digest: Fingerprint }[]> {
  const differing: { contact: FileContact; digest: Fingerprint }[] = []
  for (const batch of inBatches(contacts, DIGESTED_AT_ONCE)) {
    const digests = await Promise.all(batch.map((contact) => digest(school, said(contact, tells))))
    batch.forEach((contact, at) => {
      const found = digests[at] as Fingerprint
      if (contact.known?.digest !== found) differing.push({ contact, digest: found })
    })
  }
  return differing
}

const said = ({ record, points }: FileContact, tells: ReadonlySet<Topic>) => ({
  record,
  points: points.map((point) => point.fingerprint),
  tells: topicsOfPeople(tells),
})

const overlaid = (
  { record }: FileContact,
  before: people.ContactRecord | undefined,
  tells: ReadonlySet<Topic>,
): people.ContactRecord => ({
  title: record.title ?? before?.title ?? null,
  forename: record.forename,
  surname: record.surname,
  language: tells.has('language') ? record.language : (before?.language ?? null),
})

const recordChanges = (before: people.ContactRecord, after: people.ContactRecord): Change[] =>
  (['title', 'forename', 'surname', 'language'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, from: before[field], to: after[field] }))
