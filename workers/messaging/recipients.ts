import type { PupilId } from '#kernel'
import {
  type Circle,
  type CircleContact,
  type CirclePerson,
  type CirclePupil,
  firstName,
  fullName,
  isWithin,
  type PersonId,
} from '#people'
import type { Fingerprint } from '#vault'
import type { ContactRule } from './audience.ts'
import { reach, type Terms } from './reach.ts'
import type { Included, LeftOut, Trace } from './trace.ts'

/** A child that a message is about, as its text may name it. */
export type NamedPupil = {
  id: PupilId
  firstName: string
  fullName: string
  registrationGroup: string | null
  yearGroup: string | null
}

/** One number or address, with everyone reached by it and every child it is about. */
export type Chosen = {
  fingerprint: Fingerprint
  address: string
  people: { id: PersonId; name: string }[]
  pupils: NamedPupil[]
}

export type Choice = Terms & {
  contactRule: ContactRule
  /** Years that the author may write to; null is every year. */
  withinYears: readonly string[] | null
}

export type Recipients = { chosen: Chosen[]; traces: Trace[] }

/**
 * Who gets a message, and why each other person does not. A family on one phone gets one message
 * that names all its children. A father under a no-contact order is never told where his child is,
 * whichever group he was left in and whoever else's phone he answers.
 */
export function chooseRecipients(circle: Circle, choice: Choice): Recipients {
  const tally: Tally = { byNumber: new Map(), traces: [] }
  for (const pupil of circle.pupils) aboutPupil(tally, pupil, choice)
  for (const person of circle.staff) consider(tally, person, 'staff-chosen', choice, NOBODY)
  const direct = { restrictedFingerprints: circle.restrictedFingerprints }
  for (const person of circle.direct) consider(tally, person, 'chosen-directly', choice, direct)
  return { chosen: [...tally.byNumber.values()], traces: tally.traces }
}

type Tally = { byNumber: Map<Fingerprint, Chosen>; traces: Trace[] }

/** What somebody would be told about, and the numbers that must not hear of it. */
type About = { pupil?: CirclePupil; restrictedFingerprints: ReadonlySet<Fingerprint> }

const NOBODY: About = { restrictedFingerprints: new Set() }

const about = (pupil: CirclePupil): About => ({
  pupil,
  restrictedFingerprints: pupil.restrictedFingerprints,
})

function aboutPupil(tally: Tally, pupil: CirclePupil, choice: Choice): void {
  const leftOut = whyNotAbout(pupil, choice)
  if (leftOut) return traceAlone(tally, pupil, leftOut)
  if (choice.contactRule === 'pupils-themselves') {
    consider(tally, itself(pupil), 'pupil-themselves', choice, about(pupil))
    return
  }
  if (pupil.contacts.length === 0) return traceAlone(tally, pupil, 'no-contact-on-record')

  let reached = 0
  for (const contact of pupil.contacts) {
    if (!matches(contact, choice.contactRule))
      trace(tally, contact, 'outside-contact-rule', about(pupil))
    else if (consider(tally, contact, 'matches-contact-rule', choice, about(pupil))) reached++
  }
  if (reached === 0) traceAlone(tally, pupil, 'nobody-reached')
}

function whyNotAbout(pupil: CirclePupil, { withinYears }: Choice): LeftOut | undefined {
  if (pupil.hasLeft) return 'has-left'
  return isWithin(pupil, withinYears) ? undefined : 'outside-year-groups'
}

const rules: Record<ContactRule, (contact: CircleContact) => boolean> = {
  'parental-responsibility': (contact) => contact.hasParentalResponsibility,
  'first-two': ({ priority }) => priority === 1 || priority === 2,
  first: ({ priority }) => priority === 1,
  everyone: () => true,
  'pupils-themselves': () => false,
}

const matches = (contact: CircleContact, rule: ContactRule): boolean => rules[rule](contact)

/** Adds a person if they can be reached, and traces them either way. True where they are. */
function consider(
  tally: Tally,
  person: CirclePerson,
  rule: Included,
  choice: Choice,
  subject: About,
): boolean {
  const reached = reach(person, choice, subject.restrictedFingerprints)
  if ('leftOut' in reached) {
    trace(tally, person, reached.leftOut, subject)
    return false
  }
  const { fingerprint, value } = reached.point
  const chosen = tally.byNumber.get(fingerprint) ?? newlyChosen(fingerprint, value)
  tally.byNumber.set(fingerprint, chosen)
  addTo(chosen, person, subject.pupil)
  trace(tally, person, rule, subject, fingerprint)
  return true
}

const newlyChosen = (fingerprint: Fingerprint, address: string): Chosen => ({
  fingerprint,
  address,
  people: [],
  pupils: [],
})

function addTo(chosen: Chosen, person: CirclePerson, pupil: CirclePupil | undefined): void {
  const isThere = chosen.people.some(({ id }) => id === person.id)
  if (!isThere) chosen.people.push({ id: person.id, name: person.name })
  if (pupil && !chosen.pupils.some(({ id }) => id === pupil.id)) chosen.pupils.push(named(pupil))
}

function trace(
  tally: Tally,
  person: CirclePerson,
  rule: Included | LeftOut,
  { pupil }: About,
  fingerprint: Fingerprint | null = null,
): void {
  tally.traces.push({
    pupilId: pupil?.id ?? null,
    pupilName: pupil ? fullName(pupil.record) : null,
    personKind: person.kind,
    personId: person.id,
    personName: person.name,
    rule,
    fingerprint,
  })
}

function traceAlone(tally: Tally, pupil: CirclePupil, rule: LeftOut): void {
  const nobody = { personKind: null, personId: null, personName: null, fingerprint: null }
  tally.traces.push({ pupilId: pupil.id, pupilName: fullName(pupil.record), ...nobody, rule })
}

const itself = (pupil: CirclePupil): CirclePerson => ({
  kind: 'pupil',
  id: pupil.id,
  name: fullName(pupil.record),
  language: null,
  points: pupil.points,
  restriction: 'none',
})

const named = (pupil: CirclePupil): NamedPupil => ({
  id: pupil.id,
  firstName: firstName(pupil.record),
  fullName: fullName(pupil.record),
  registrationGroup: pupil.registrationGroup,
  yearGroup: pupil.yearGroup,
})
