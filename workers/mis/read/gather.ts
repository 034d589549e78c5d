import {
  type PupilKey,
  type Rejected,
  type RosterContact,
  type RosterPupil,
  type RosterWishes,
  together,
  type Weight,
  weighed,
} from '../records/roster.ts'
import type { RawPupil, Report } from './cell.ts'
import { shortened } from './clean.ts'
import { MAX_CONTACTS_A_PUPIL } from './contact.ts'
import { readPupil } from './pupil.ts'

/** More than anybody reads; a file with more faults than this has one fault. */
export const MAX_REJECTED = 10_000

export type Gathered = { pupils: RosterPupil[]; rejected: Rejected[]; moreRejected: number }

export type Gathering = Gathered & {
  weight: Weight
  /** Every way to know a pupil again, so that a second row finds the first. */
  known: Map<string, RosterPupil>
  /** What was already reported about a pupil, who may have a row for each contact. */
  reported: Map<RosterPupil, Set<string>>
}

export const startGathering = (): Gathering => ({
  pupils: [],
  rejected: [],
  moreRejected: 0,
  weight: { people: 0, points: 0 },
  known: new Map(),
  reported: new Map(),
})

/**
 * Takes one row or Pupil element. A pupil who is there already gains the row's contacts (SIMS writes a row
 * for each); a row that adds nothing is a duplicate, and one that says otherwise is somebody else's number.
 */
export function gather(gathering: Gathering, raw: RawPupil): void {
  const report: Report = { rejected: [] }
  const pupil = readPupil(raw, report)
  const rejected = report.rejected.map((each) => ({ ...each, ...namedIn(raw) }))
  const before = pupil && find(gathering, pupil)
  if (!pupil) return add(gathering, rejected)
  if (!before) {
    gathering.pupils.push(pupil)
    gathering.weight = together(gathering.weight, weighed([pupil]))
    remember(gathering, pupil, pupil)
    gathering.reported.set(pupil, new Set(rejected.map(asText)))
    return add(gathering, rejected)
  }
  if (!isSamePupil(before, pupil))
    return add(gathering, [
      { ...again(pupil, before, 'conflicts-with-earlier-row'), ...namedIn(raw) },
    ])

  add(gathering, unreported(gathering, before, rejected))
  const lighter = weighed([before])
  const outcome = mergeContacts(before, pupil)
  gathering.weight = grown(gathering.weight, lighter, weighed([before]))
  remember(gathering, pupil, before)
  if (outcome !== 'merged') add(gathering, [{ ...again(pupil, before, outcome), ...namedIn(raw) }])
}

/** Whom the office has to look up: a line's number is of no use where the file came by itself. */
function namedIn({ cells }: RawPupil): Pick<Rejected, 'name'> {
  const name = [cells.forename?.text, cells.surname?.text].filter(Boolean).join(' ')
  return name === '' ? {} : { name: shortened(name) }
}

/** Up to MAX_REJECTED are kept; the rest are counted. */
export function add(gathering: Gathering, rejected: Rejected[]): void {
  const room = MAX_REJECTED - gathering.rejected.length
  gathering.rejected.push(...rejected.slice(0, room))
  gathering.moreRejected += Math.max(0, rejected.length - room)
}

function find({ known }: Gathering, pupil: RosterPupil): RosterPupil | undefined {
  const { upn, admissionNumber, reference } = pupil.key
  const texts = upn || admissionNumber || reference ? numbers(pupil.key) : [who(pupil)]
  return texts.map((text) => known.get(text)).find((found) => found !== undefined)
}

function remember({ known }: Gathering, pupil: RosterPupil, as: RosterPupil): void {
  for (const text of [...numbers(pupil.key), who(pupil)]) if (!known.has(text)) known.set(text, as)
}

const numbers = ({ upn, admissionNumber, reference }: PupilKey): string[] => [
  ...(upn ? [`upn ${upn}`] : []),
  ...(admissionNumber ? [`admission ${admissionNumber}`] : []),
  ...(reference ? [`reference ${reference}`] : []),
]

const who = ({ surname, forename, dateOfBirth }: RosterPupil): string =>
  `${surname}|${forename}|${dateOfBirth ?? ''}`.toLowerCase()

const agree = (one: string | null, other: string | null): boolean =>
  one === null || other === null || one.toLowerCase() === other.toLowerCase()

const isSamePupil = (one: RosterPupil, other: RosterPupil): boolean =>
  agree(one.surname, other.surname) &&
  agree(one.forename, other.forename) &&
  agree(one.dateOfBirth, other.dateOfBirth) &&
  agree(one.key.upn, other.key.upn) &&
  agree(one.key.admissionNumber, other.key.admissionNumber)

/** `shown` names the line of the row that came first. */
const again = (
  { line, key }: RosterPupil,
  before: RosterPupil,
  reason: 'conflicts-with-earlier-row' | 'duplicate' | 'too-many-contacts',
): Rejected => ({ line, field: 'Row', reason, subject: 'row', shown: `line ${before.line}`, key })

const grown = (whole: Weight, before: Weight, after: Weight): Weight => ({
  people: whole.people + after.people - before.people,
  points: whole.points + after.points - before.points,
})

const asText = ({ field, reason, shown }: Rejected): string => `${field}|${reason}|${shown ?? ''}`

function unreported(gathering: Gathering, pupil: RosterPupil, rejected: Rejected[]): Rejected[] {
  const seen = gathering.reported.get(pupil) ?? new Set()
  const fresh = rejected.filter((each) => !seen.has(asText(each)))
  for (const each of fresh) seen.add(asText(each))
  gathering.reported.set(pupil, seen)
  return fresh
}

function mergeContacts(
  into: RosterPupil,
  from: RosterPupil,
): 'merged' | 'duplicate' | 'too-many-contacts' {
  into.key.upn ??= from.key.upn
  into.key.admissionNumber ??= from.key.admissionNumber
  let hasGrown = false
  for (const contact of from.contacts) {
    const same = into.contacts.find((each) => isSameContact(each, contact))
    if (same) {
      hasGrown = mergeContact(same, contact) || hasGrown
    } else if (into.contacts.length >= MAX_CONTACTS_A_PUPIL) {
      return 'too-many-contacts'
    } else {
      into.contacts.push(contact)
      hasGrown = true
    }
  }
  return hasGrown ? 'merged' : 'duplicate'
}

/** Two rows may mean one person only if nothing they say differs: a mother and a grandmother share a name. */
const isSameContact = (one: RosterContact, other: RosterContact): boolean =>
  agree(one.surname, other.surname) &&
  (one.forename ?? '').toLowerCase() === (other.forename ?? '').toLowerCase() &&
  (one.title ?? '').toLowerCase() === (other.title ?? '').toLowerCase() &&
  (one.relationship ?? '').toLowerCase() === (other.relationship ?? '').toLowerCase()

/** A "no contact" on either row holds, and so does a no to being written to. */
function mergeContact(into: RosterContact, from: RosterContact): boolean {
  const before = JSON.stringify(into)
  const numbers = new Set(into.phones.map((phone) => phone.e164))
  const addresses = new Set(into.emails.map((email) => email.toLowerCase()))
  into.phones.push(...from.phones.filter((phone) => !numbers.has(phone.e164)))
  into.emails.push(...from.emails.filter((email) => !addresses.has(email.toLowerCase())))
  into.priority ??= from.priority
  into.hasParentalResponsibility ??= from.hasParentalResponsibility
  into.language ??= from.language
  into.mayNotBeContacted ||= from.mayNotBeContacted
  if (from.wishes) into.wishes = mergeWishes(into.wishes ?? {}, from.wishes)
  return JSON.stringify(into) !== before
}

function mergeWishes(one: RosterWishes, other: RosterWishes): RosterWishes {
  const merged = { ...one }
  for (const about of WISHES) {
    const said = other[about]
    if (said !== undefined) merged[about] = said && one[about] !== false
  }
  return merged
}

const WISHES = ['sms', 'email', 'marketing'] as const
