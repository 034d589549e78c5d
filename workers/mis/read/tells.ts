import type { Channel } from '#people'
import { fieldParts, type Mapping } from './index.ts'
import type { Roster } from '../records/roster.ts'

/**
 * What a file speaks of at all. What it does not speak of stays as it is: a list of pupils without
 * contacts ends no contact, and a file without a "do not contact" column ends no restriction.
 */
export const topics = [
  'preferred-forename',
  'middle-names',
  'year-group',
  'registration-group',
  'house',
  'curriculum-groups',
  'pupil-phones',
  'pupil-emails',
  'contacts',
  'phones',
  'emails',
  'relationship',
  'priority',
  'parental-responsibility',
  'language',
  'no-contact',
  'wishes',
  'marketing',
] as const
export type Topic = (typeof topics)[number]

/** What is held apart from the people themselves, so that it is no part of their digests. */
export const topicsOfPeople = (tells: Iterable<Topic>): Topic[] =>
  [...tells].filter((topic) => topic !== 'wishes' && topic !== 'marketing')

export const isTopic = (word: string): word is Topic => (topics as readonly string[]).includes(word)

/** People read from a file, with what the file speaks of: what is kept until it is applied. */
export type Reading = { roster: Roster; tells: Topic[] }

/** What was read, for comparing: whoever uploaded a part of a list said so. */
export const readingOf = (
  roster: Roster,
  { mapping, isPartial }: { mapping: Mapping | undefined; isPartial: boolean },
): Reading => ({
  roster: isPartial ? { ...roster, isFull: false } : roster,
  tells: topicsOf(roster, mapping),
})

/** A CSV speaks of what its columns are mapped to; a transfer file of whatever it has anywhere. */
export function topicsOf(roster: Roster, mapping?: Mapping): Topic[] {
  const topics = mapping ? mappedTopics(mapping) : heldTopics(roster)
  return [...new Set(topics)].sort()
}

function mappedTopics(mapping: Mapping): Topic[] {
  return mapping.columns.flatMap(({ field }): Topic[] => {
    const parts = fieldParts(field)
    if (parts === undefined) return []
    if (parts.of === 'pupil') return pupilTopics[parts.field] ?? []
    // Contacts side by side are in order of priority, whether or not a column says so.
    return ['contacts', 'priority', ...(contactTopics[parts.field] ?? [])]
  })
}

const pupilTopics: Readonly<Record<string, Topic[]>> = {
  'preferred-forename': ['preferred-forename'],
  'middle-names': ['middle-names'],
  'year-group': ['year-group'],
  'registration-group': ['registration-group'],
  house: ['house'],
  phone: ['pupil-phones'],
  email: ['pupil-emails'],
}

const contactTopics: Readonly<Record<string, Topic[]>> = {
  mobile: ['phones'],
  'home-phone': ['phones'],
  'work-phone': ['phones'],
  phone: ['phones'],
  email: ['emails'],
  relationship: ['relationship'],
  'parental-responsibility': ['parental-responsibility'],
  language: ['language'],
  'no-contact': ['no-contact'],
  'may-be-texted': ['wishes'],
  'may-be-emailed': ['wishes'],
  'agreed-to-marketing': ['marketing'],
}

function heldTopics({ pupils, saysNoContact }: Roster): Topic[] {
  const contacts = pupils.flatMap((pupil) => pupil.contacts)
  const found: [Topic, boolean][] = [
    ['preferred-forename', pupils.some((pupil) => pupil.preferredForename !== null)],
    ['middle-names', pupils.some((pupil) => pupil.middleNames !== null)],
    ['year-group', pupils.some((pupil) => pupil.yearGroup !== null)],
    ['registration-group', pupils.some((pupil) => pupil.registrationGroup !== null)],
    ['house', pupils.some((pupil) => pupil.house !== null)],
    ['curriculum-groups', pupils.some((pupil) => pupil.curriculumGroups !== undefined)],
    ['pupil-phones', pupils.some((pupil) => pupil.phones.length > 0)],
    ['pupil-emails', pupils.some((pupil) => pupil.emails.length > 0)],
    ['contacts', contacts.length > 0],
    ['phones', contacts.some((contact) => contact.phones.length > 0)],
    ['emails', contacts.some((contact) => contact.emails.length > 0)],
    ['relationship', contacts.some((contact) => contact.relationship !== null)],
    ['priority', contacts.some((contact) => contact.priority !== null)],
    [
      'parental-responsibility',
      contacts.some((contact) => contact.hasParentalResponsibility !== null),
    ],
    ['language', contacts.some((contact) => contact.language !== null)],
    ['no-contact', saysNoContact === true],
    ['wishes', contacts.some(({ wishes }) => (wishes?.sms ?? wishes?.email) !== undefined)],
    ['marketing', contacts.some(({ wishes }) => wishes?.marketing !== undefined)],
  ]
  return found.filter(([, isHeld]) => isHeld).map(([topic]) => topic)
}

/** Kinds of number and address that the file speaks of, for a pupil or for contacts. */
export function channelsTold(tells: ReadonlySet<Topic>, of: 'pupil' | 'contact'): Channel[] {
  const [phones, emails] = of === 'pupil' ? PUPIL_POINTS : CONTACT_POINTS
  return [
    ...(tells.has(phones) ? (['sms', 'voice'] as const) : []),
    ...(tells.has(emails) ? (['email'] as const) : []),
  ]
}

const PUPIL_POINTS = ['pupil-phones', 'pupil-emails'] as const
const CONTACT_POINTS = ['phones', 'emails'] as const
