import type { Dropped, Rejected } from '../records/roster.ts'
import type { AllowList } from './answers.ts'
import type { PayloadOpening, PayloadRecord } from './payload.ts'

/**
 * Cuts what an export says down to what the school's products need (PRODUCT 4.1; UK GDPR Article 5(1)(c)). The
 * agent does it before it seals; Schoolgate does it again to what it opens, whoever wrote the program that sent it.
 */
export type Cutting = {
  readonly fields: AllowedFields
  /** Fields that stay, as `pupil.surname`, with how many records hold something there. */
  readonly kept: Map<string, number>
  /** As `kept`: what was left out. A whole record is counted by its kind. */
  readonly left: Map<string, number>
}
export type AllowedFields = AllowList['fields']

export const startCutting = (fields: AllowedFields): Cutting => ({
  fields,
  kept: new Map(),
  left: new Map(),
})

/** The record with nothing in it that is not allowed; undefined where nothing of it may stay. */
export function cutRecord(cutting: Cutting, record: PayloadRecord): PayloadRecord | undefined {
  if ('pupil' in record) {
    const pupil = cut(cutting, 'pupil', record.pupil)
    if (!pupil) return undefined
    const contacts = pupil.contacts.flatMap((each) => cut(cutting, 'contact', each) ?? [])
    return { pupil: { ...pupil, contacts } }
  }
  if ('staff' in record) return whole('staff', cut(cutting, 'staff', record.staff))
  if ('mark' in record) return whole('mark', cut(cutting, 'mark', record.mark))
  if ('conduct' in record) return whole('conduct', cut(cutting, 'conduct', record.conduct))
  if ('consent' in record) return whole('consent', cut(cutting, 'consent', record.consent))
  if ('rejected' in record) return { rejected: unnamedUnlessAllowed(cutting, record.rejected) }
  if (isAllowed(cutting, 'pupil', 'key')) return record
  count(cutting.left, 'leaver')
  return undefined
}

/** What was left out, as a person is shown it. */
export const droppedBy = ({ left }: Cutting): Dropped[] =>
  [...left].map(([column, times]) => ({ column, count: times, why: 'not-needed' }))

/** Whom a rejected row is about is told only where those whose rows are good are told by the same. */
export function unnamedUnlessAllowed(
  cutting: Pick<Cutting, 'fields'>,
  { key, ...rest }: Rejected,
): Rejected {
  const isNamed =
    rest.of === 'staff'
      ? isAllowed(cutting, 'staff', 'reference')
      : isAllowed(cutting, 'pupil', 'key')
  return isNamed && key ? { ...rest, key } : rest
}

type Spoken = Pick<PayloadOpening, 'tells' | 'saysNoContact'>

/** What is left out was not spoken of: else its absence would end what Schoolgate has of it. */
export function spokenOf<About extends Spoken>(
  cutting: Pick<Cutting, 'fields'>,
  { tells, saysNoContact, ...rest }: About,
): Omit<About, keyof Spoken> & Spoken {
  const isKept = (topic: string) => {
    const [kind, name] = TOPIC_NEEDS[topic] ?? []
    return kind === undefined || isAllowed(cutting, kind, name ?? '')
  }
  return {
    ...rest,
    ...(tells && { tells: tells.filter(isKept) }),
    ...(saysNoContact && isKept('no-contact') && { saysNoContact }),
  }
}

type Kind = keyof AllowedFields
type Fields = Record<string, unknown>

/**
 * What stands where a field is left out. A field that is not in here names the record or says that somebody
 * must not be contacted: without it the record means something else, so then the whole record goes.
 */
const WITHOUT: Readonly<Record<Kind, Fields>> = {
  pupil: {
    preferredForename: null,
    middleNames: null,
    gender: null,
    dateOfBirth: null,
    yearGroup: null,
    registrationGroup: null,
    house: null,
    curriculumGroups: undefined,
    phones: [],
    emails: [],
    contacts: [],
  },
  contact: {
    title: null,
    forename: null,
    relationship: null,
    priority: null,
    hasParentalResponsibility: null,
    language: null,
    phones: [],
    emails: [],
    wishes: undefined,
  },
  staff: { title: null, phones: [], emails: [] },
  mark: { minutesLate: null },
  conduct: { reference: null, points: null, description: null },
  consent: {},
}

/** What an export is still said to speak of once a field is left out of it, in the words of `Topic`. */
const TOPIC_NEEDS: Readonly<Record<string, readonly [Kind, string]>> = {
  'preferred-forename': ['pupil', 'preferredForename'],
  'middle-names': ['pupil', 'middleNames'],
  'year-group': ['pupil', 'yearGroup'],
  'registration-group': ['pupil', 'registrationGroup'],
  house: ['pupil', 'house'],
  'curriculum-groups': ['pupil', 'curriculumGroups'],
  'pupil-phones': ['pupil', 'phones'],
  'pupil-emails': ['pupil', 'emails'],
  contacts: ['pupil', 'contacts'],
  phones: ['contact', 'phones'],
  emails: ['contact', 'emails'],
  relationship: ['contact', 'relationship'],
  priority: ['contact', 'priority'],
  'parental-responsibility': ['contact', 'hasParentalResponsibility'],
  language: ['contact', 'language'],
  'no-contact': ['contact', 'mayNotBeContacted'],
  wishes: ['contact', 'wishes'],
  marketing: ['contact', 'wishes'],
}

const isAllowed = ({ fields }: Pick<Cutting, 'fields'>, kind: Kind, name: string): boolean =>
  fields[kind].includes(name)

const whole = <K extends string, T>(kind: K, value: T | undefined) =>
  value && ({ [kind]: value } as Record<K, T>)

/** Undefined where a field is not allowed without which there is no record. */
function cut<T extends object>(cutting: Cutting, kind: Kind, record: T): T | undefined {
  const out: Fields = {}
  const left: string[] = []
  const kept: string[] = []
  for (const [name, value] of Object.entries(record)) {
    const isKept = name === 'line' || isAllowed(cutting, kind, name)
    if (!isKept && !Object.hasOwn(WITHOUT[kind], name)) return void count(cutting.left, kind)
    const stands = isKept ? value : WITHOUT[kind][name]
    if (stands !== undefined) out[name] = stands
    if (!holdsSomething(name, value)) continue
    if (isKept) kept.push(name)
    else left.push(name)
  }
  for (const name of kept) count(cutting.kept, `${kind}.${name}`)
  for (const name of left) count(cutting.left, `${kind}.${name}`)
  return out as T
}

const holdsSomething = (name: string, value: unknown): boolean =>
  name !== 'line' &&
  value !== null &&
  value !== undefined &&
  value !== '' &&
  !(Array.isArray(value) && value.length === 0)

const count = (counts: Map<string, number>, name: string): void =>
  void counts.set(name, (counts.get(name) ?? 0) + 1)
