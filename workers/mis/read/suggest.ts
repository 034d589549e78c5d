import {
  CONTACT_FIELDS,
  MAX_CONTACT_GROUPS,
  PUPIL_FIELDS,
  WISH_FIELDS,
  fieldParts,
} from './field.ts'
import type { ContactField, FieldName, PupilField } from './field.ts'
import { heading, isOfPupil } from './heading.ts'
import type { Heading } from './heading.ts'
import type { ColumnMapping, Mapping } from './mapping.ts'
import { CONTACT_WORDS, ONLY_CONTACTS, OTHER_NUMBERS, PUPIL_WORDS } from './synonyms.ts'

/**
 * A first guess at what each column means, for a person to check. It would rather leave a column out
 * than guess: a parent's address taken for the pupil's would send a child what was meant for the parent.
 * A column that both could have (`Email`) goes to the contact if one was named to its left, else to the pupil.
 */
export function suggestMapping(headers: string[], sampleRows: string[][]): Mapping {
  const so: SoFar = { taken: new Set(), seen: new Set(), lastGroup: undefined }
  const columns = headers.map((header, index): ColumnMapping => {
    const samples = valuesIn(sampleRows, index)
    const about = heading(header)
    const isFree = (field: FieldName) => !so.taken.has(field) && !isOthersWish(header, field)
    const field = candidates(about, so).find((each) => isFree(each) && agrees(each, samples))
    so.seen.add(about.words)
    if (field === undefined) return { header, field: 'ignore' }
    so.taken.add(field)
    const parts = fieldParts(field)
    if (parts?.of === 'contact') so.lastGroup = parts.group
    return { header, field }
  })
  if (!so.taken.has('pupil.admission-number')) borrowNumber(columns)
  return { columns }
}

/** What stands in a column, as far as anything does. */
export const valuesIn = (sampleRows: readonly string[][], index: number): string[] =>
  sampleRows.map((row) => row[index] ?? '').filter((cell) => cell !== '')

function borrowNumber(columns: Mapping['columns']): void {
  const other = columns.find(
    ({ header, field }) => field === 'ignore' && OTHER_NUMBERS.includes(heading(header).words),
  )
  if (other) other.field = 'pupil.admission-number'
}

type SoFar = { taken: Set<FieldName>; seen: Set<string>; lastGroup: number | undefined }

/** What the heading could mean, best first. */
function candidates({ words, group }: Heading, { seen, lastGroup }: SoFar): FieldName[] {
  const fields = contactFields(words)
  if (group !== undefined) return inGroup(group, fields)
  const asContact = inGroup(lastGroup ?? 1, fields)
  if (fields.some((field) => ONLY_CONTACTS.includes(field))) return asContact
  const pupilField = PUPIL_BY_WORDS.get(words)
  const asPupil: FieldName[] = pupilField ? [`pupil.${pupilField}`] : []
  if (lastGroup === undefined && !seen.has(words)) return asPupil
  return pupilField === 'email' || pupilField === 'phone' ? asContact : [...asPupil, ...asContact]
}

/** "Telephone 2" may stand in any column for numbers: what kind it is, the number itself says. */
function contactFields(words: string): ContactField[] {
  if (/^(phone|telephone|tel|mobile|number|phone number|telephone number) \d$/.test(words)) {
    return ['phone', 'mobile', 'home-phone', 'work-phone']
  }
  const field = CONTACT_BY_WORDS.get(words)
  return field ? [field] : []
}

/** What a pupil agreed to, or others for the pupil, is no contact's wish. */
const isOthersWish = (header: string, field: FieldName): boolean =>
  isOfPupil(header) && WISH_FIELDS.some((wish) => field.endsWith(`.${wish}`))

const inGroup = (group: number, fields: ContactField[]): FieldName[] =>
  group > MAX_CONTACT_GROUPS ? [] : fields.map((field): FieldName => `contact-${group}.${field}`)

const PUPIL_BY_WORDS = new Map<string, PupilField>(
  PUPIL_FIELDS.flatMap((field) => PUPIL_WORDS[field].map((words) => [words, field] as const)),
)

const CONTACT_BY_WORDS = new Map<string, ContactField>(
  CONTACT_FIELDS.flatMap((field) => CONTACT_WORDS[field].map((words) => [words, field] as const)),
)

/** A heading is only believed if, of the values below it, at least one looks like what it says. */
export function agrees(field: FieldName, samples: string[]): boolean {
  const looks = LOOKS[field.slice(field.indexOf('.') + 1)]
  return looks === undefined || samples.length === 0 || samples.some((sample) => looks.test(sample))
}

const PHONE = /\d{3}/
const YES_OR_NO = /^(yes|no|y|n|true|false|t|f|1|0|x|✓|✔|-|none|n\/a|na)$/i
const LOOKS: Readonly<Record<string, RegExp>> = {
  upn: /^[A-Z]\w{10,}/i,
  'date-of-birth': /\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}/,
  email: /@/,
  mobile: PHONE,
  'home-phone': PHONE,
  'work-phone': PHONE,
  phone: PHONE,
  'admission-number': /\d/,
  priority: /^\d{1,2}$/,
  'may-be-texted': YES_OR_NO,
  'may-be-emailed': YES_OR_NO,
  'agreed-to-marketing': YES_OR_NO,
}
