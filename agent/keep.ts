import type { AllowList } from '../workers/mis/push/answers.ts'
import type { PayloadRecord } from '../workers/mis/push/payload.ts'
import type { Dropped } from '../workers/mis/roster.ts'
import type { Batch } from './read-feed.ts'

/** A batch with nothing in it that Schoolgate did not ask for. */
export type Kept = {
  readonly batch: Batch
  /** Fields that leave the school, as `pupil.surname`, with how many records hold something there. */
  readonly kept: ReadonlyMap<string, number>
}

type Kind = keyof AllowList['fields']
type Fields = Record<string, unknown>

/**
 * What stands where a field is left out. A field that is not in here names the record or says that somebody
 * must not be contacted: without it the record means something else, so then the whole record stays.
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
  },
  staff: { title: null, registrationGroups: [], phones: [], emails: [] },
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
  'pupil-phones': ['pupil', 'phones'],
  'pupil-emails': ['pupil', 'emails'],
  contacts: ['pupil', 'contacts'],
  phones: ['contact', 'phones'],
  emails: ['contact', 'emails'],
  relationship: ['contact', 'relationship'],
  priority: ['contact', 'priority'],
  'parental-responsibility': ['contact', 'hasParentalResponsibility'],
  language: ['contact', 'language'],
}

/** Keeps the fields on the list. What is left out is counted by field, so that `preview` can show it. */
export function keep(batch: Batch, { fields }: AllowList): Kept {
  const allowed: Counting['allowed'] = (kind, name) => fields[kind].includes(name)
  const counting: Counting = { allowed, kept: new Map(), left: new Map() }
  const records = batch.records.flatMap((record) => recordOf(counting, record) ?? [])
  const dropped: Dropped[] = [...counting.left].map(([column, count]) => ({
    column,
    count,
    why: 'not-needed',
  }))
  const isAllowed = (topic: string) => {
    const [kind, name] = TOPIC_NEEDS[topic] ?? []
    return kind === undefined || allowed(kind, name ?? '')
  }
  const tells = batch.about.tells?.filter(isAllowed)
  const about = { ...batch.about, ...(tells && { tells }) }
  return {
    batch: { ...batch, about, records, dropped: [...batch.dropped, ...dropped] },
    kept: counting.kept,
  }
}

type Counting = {
  allowed: (kind: Kind, name: string) => boolean
  kept: Map<string, number>
  left: Map<string, number>
}

function recordOf(counting: Counting, record: PayloadRecord): PayloadRecord | undefined {
  if ('pupil' in record) {
    const pupil = cut(counting, 'pupil', record.pupil)
    if (!pupil) return undefined
    const contacts = pupil.contacts.flatMap((each) => cut(counting, 'contact', each) ?? [])
    return { pupil: { ...pupil, contacts } }
  }
  if ('staff' in record) return whole('staff', cut(counting, 'staff', record.staff))
  if ('mark' in record) return whole('mark', cut(counting, 'mark', record.mark))
  if ('conduct' in record) return whole('conduct', cut(counting, 'conduct', record.conduct))
  if ('consent' in record) return whole('consent', cut(counting, 'consent', record.consent))
  return record
}

const whole = <K extends string, T>(kind: K, value: T | undefined) =>
  value && ({ [kind]: value } as Record<K, T>)

/** Undefined where a field is not allowed without which there is no record. */
function cut<T extends object>(counting: Counting, kind: Kind, record: T): T | undefined {
  const out: Fields = {}
  const left: string[] = []
  const kept: string[] = []
  for (const [name, value] of Object.entries(record)) {
    const isAllowed = name === 'line' || counting.allowed(kind, name)
    if (!isAllowed && !Object.hasOwn(WITHOUT[kind], name)) {
      return void count(counting.left, kind)
    }
    const stands = isAllowed ? value : WITHOUT[kind][name]
    if (stands !== undefined) out[name] = stands
    if (!holdsSomething(name, value)) continue
    if (isAllowed) kept.push(name)
    else left.push(name)
  }
  for (const name of kept) count(counting.kept, `${kind}.${name}`)
  for (const name of left) count(counting.left, `${kind}.${name}`)
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
