import { type ContactId, inBatches, newId, type PupilId } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import type { FileContact, FilePoint, FilePupil, FileTie, Joined } from './file-people.ts'
import type { Known } from './known.ts'
import type { MatchedPupil } from './match-pupils.ts'
import { oneTieEach } from './one-tie.ts'
import type { RosterContact, RosterPhone } from '../records/roster.ts'

/**
 * Who of the file's contacts is one person: the same name on the same pupil, or the same name with a
 * number or an address in common, on the roll or earlier in the file. A name alone is not enough. Whom the
 * school has joined stays one person, however often the file lists them and by whatever numbers.
 */
export async function joinContacts(
  school: School,
  known: Known,
  matched: readonly MatchedPupil[],
): Promise<Joined> {
  const joining = startJoining(known)
  const keys = keysFor(school)
  const pupils: FilePupil[] = []
  for (const batch of inBatches(matched, KEYED_AT_ONCE)) {
    const keyed = await Promise.all(batch.map((each) => keyedPupil(keys, each)))
    for (const one of keyed) pupils.push(joinPupil(joining, one, school.clock.now()))
  }
  return { pupils, contacts: [...joining.contacts.values()] }
}

const KEYED_AT_ONCE = 250

type KeyedContact = { contact: RosterContact; nameFingerprint: Fingerprint; points: FilePoint[] }
type KeyedPupil = MatchedPupil & { points: FilePoint[]; keyed: KeyedContact[] }

/** Keyed digests of names and numbers. Brothers and sisters have the same ones: each is made once. */
export type Keys = {
  name(contact: RosterContact): Promise<Fingerprint>
  point(channel: people.Channel, value: string): Promise<Fingerprint>
}

export function keysFor(school: School): Keys {
  const made = new Map<string, Promise<Fingerprint>>()
  const once = (at: string, make: () => Promise<Fingerprint>) => {
    const known = made.get(at) ?? make()
    made.set(at, known)
    return known
  }
  return {
    name: (contact) =>
      once(`${contact.surname}|${contact.forename ?? ''}`, () =>
        people.contactKey(school, contact),
      ),
    point: (channel, value) =>
      once(`${channel} ${value}`, () => people.pointKey(school, channel, value)),
  }
}

async function keyedPupil(keys: Keys, { pupil, known }: MatchedPupil): Promise<KeyedPupil> {
  const keyed = await Promise.all(
    pupil.contacts.map(async (contact) => ({
      contact,
      nameFingerprint: await keys.name(contact),
      points: await pointsOf(keys, contact),
    })),
  )
  return { pupil, known, points: await pointsOf(keys, pupil), keyed }
}

export function pointsOf(
  keys: Keys,
  { phones, emails }: { phones: RosterPhone[]; emails: string[] },
): Promise<FilePoint[]> {
  const given: Omit<FilePoint, 'fingerprint'>[] = [
    ...phones.map(({ e164, kind }) => ({ channel: channelOf(kind), value: e164 })),
    ...emails.map((value) => ({ channel: 'email' as const, value })),
  ]
  return Promise.all(
    given.map(async ({ channel, value }) => ({
      channel,
      value,
      fingerprint: await keys.point(channel, value),
    })),
  )
}

/** Only a mobile takes a text; whatever else can be dialled is a voice line. */
const channelOf = (kind: RosterPhone['kind']): people.Channel =>
  kind === 'mobile' ? 'sms' : 'voice'

type Joining = {
  known: Known
  contacts: Map<ContactId, FileContact>
  /** By name and number, on the roll and in the file so far. */
  reached: Map<string, ContactId[]>
}

function startJoining(known: Known): Joining {
  const reached = new Map<string, ContactId[]>()
  for (const { id, nameFingerprint } of known.snapshot.contacts) {
    for (const { fingerprint } of known.pointsOf.get(id) ?? []) {
      reach(reached, `${nameFingerprint} ${fingerprint}`, id)
    }
  }
  return { known, contacts: new Map(), reached }
}

function reach(reached: Joining['reached'], at: string, id: ContactId): void {
  const there = reached.get(at)
  if (!there) reached.set(at, [id])
  else if (!there.includes(id)) there.push(id)
}

function joinPupil(
  joining: Joining,
  { pupil, known, points, keyed }: KeyedPupil,
  nowMs: number,
): FilePupil {
  const used = new Set<ContactId>()
  const ties = keyed.map((each): FileTie => {
    const { relationship, priority, hasParentalResponsibility } = each.contact
    const { mayNotBeContacted, wishes = {} } = each.contact
    const contact = contactFor(joining, each, known?.id, used, nowMs)
    used.add(contact.id)
    const tie = { relationship, priority, hasParentalResponsibility }
    return { contact, ...tie, mayNotBeContacted, wishes }
  })
  const id = known?.id ?? newId('pupil', nowMs)
  return { pupil, known, id, points, ties: oneTieEach(ties) }
}

/**
 * A file that lists two people of one name for one pupil means two people: nobody is used twice, but for somebody
 * of whom the school has joined two records. Another of that name is then known by a number only: a row of which
 * it is not sure whose it is goes to the one on whom there may be an order.
 */
function contactFor(
  joining: Joining,
  keyed: KeyedContact,
  pupilId: PupilId | undefined,
  used: Set<ContactId>,
  nowMs: number,
): FileContact {
  const { known, contacts, reached } = joining
  const { contact, nameFingerprint, points } = keyed
  const ids = points.flatMap(
    ({ fingerprint }) => reached.get(`${nameFingerprint} ${fingerprint}`) ?? [],
  )
  const tied = tiedNamesakes(known, pupilId, nameFingerprint)
  const joined = joinedNamesakes(known, pupilId, nameFingerprint)
  const order = [...tied.filter((id) => ids.includes(id)), ...joined, ...tied, ...ids]
  const mayBe = (each: ContactId) => !used.has(each) || joined.includes(each)
  const id = order.find(mayBe) ?? newId('contact', nowMs)

  const found = contacts.get(id) ?? {
    id,
    known: known.contacts.get(id),
    nameFingerprint,
    record: { title: null, forename: contact.forename, surname: contact.surname, language: null },
    points: [],
  }
  contacts.set(id, found)
  found.record.title ??= contact.title
  found.record.language ??= contact.language
  for (const point of points) {
    if (!found.points.some((each) => each.fingerprint === point.fingerprint))
      found.points.push(point)
    reach(reached, `${nameFingerprint} ${point.fingerprint}`, id)
  }
  return found
}

const tiedNamesakes = (
  known: Known,
  pupilId: PupilId | undefined,
  name: Fingerprint,
): ContactId[] =>
  pupilId === undefined
    ? []
    : (known.tiesOf.get(pupilId) ?? [])
        .map((tie) => tie.contactId)
        .filter((id) => known.contacts.get(id)?.nameFingerprint === name)

/** Who stayed of those of this name whose records were joined. */
const joinedNamesakes = (
  known: Known,
  pupilId: PupilId | undefined,
  name: Fingerprint,
): ContactId[] =>
  pupilId === undefined
    ? []
    : (known.aliasesOf.get(pupilId) ?? [])
        .filter(({ nameFingerprint }) => nameFingerprint === name)
        .map(({ contactId }) => contactId)
