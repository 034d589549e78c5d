import type { Cell, RawContact, RawPupil } from './cell.ts'
import { cellOf, textOf } from './json.ts'
import type { JsonRecord } from './json.ts'
import type { RawStaff } from './staff.ts'
import { EMAILS, PHONES, dateOf, many, nameOf, one, valuesOf } from './wonde-values.ts'

/** The id in the school's system. Wonde's `id` changes when a pupil comes back; `mis_id` and `upi` stay. */
export const studentId = (student: JsonRecord): string =>
  textOf(student['mis_id']) || textOf(student['upi'])

/** One student with includes. `line` is their place in the list. */
export function rawStudent(student: JsonRecord, line: number): RawPupil {
  const education = one(student['education_details']) ?? {}
  const known = textOf(student['forename'])
  const legal = textOf(student['legal_forename'])
  const cells: RawPupil['cells'] = {}
  const put = (name: keyof RawPupil['cells'], value: unknown, field: string) => {
    const cell = cellOf(value, line, field)
    if (cell) cells[name] = cell
  }
  put('upn', education['upn'] ?? student['upn'], 'education_details.upn')
  put('admission-number', education['admission_number'], 'education_details.admission_number')
  put('reference', studentId(student), 'mis_id')
  put('surname', textOf(student['surname']) || student['legal_surname'], 'surname')
  put('forename', legal || known, legal ? 'legal_forename' : 'forename')
  if (legal && known !== legal) put('preferred-forename', known, 'forename')
  put('middle-names', student['middle_names'], 'middle_names')
  put('gender', spelt(student['gender']), 'gender')
  put('date-of-birth', dateOf(student['date_of_birth']), 'date_of_birth')
  put('year-group', textOf(education['current_nc_year']) || nameOf(student['year']), 'year')
  put('registration-group', nameOf(student['registration']), 'registration')
  put('house', nameOf(student['house']), 'house')
  return {
    line,
    cells,
    ...reachedBy(student, line, 'contact_details'),
    contacts: many(student['contacts']).map((contact) => rawContact(contact, line)),
    ...('classes' in student || 'groups' in student ? { groups: groupsOf(student, line) } : {}),
  }
}

/** Six genders are known to Wonde (MALE, NOT_SPECIFIED, …): any is kept, as a word. */
const spelt = (gender: unknown): string => textOf(gender).toLowerCase().replace(/_/g, ' ')

/** Classes, and groups of a kind that has no place of its own. */
function groupsOf(student: JsonRecord, line: number): Cell[] {
  const groups = many(student['groups']).filter((each) => !PASTORAL.test(textOf(each['type'])))
  return [...many(student['classes']), ...groups].flatMap(
    (each) => cellOf(nameOf(each), line, 'classes') ?? [],
  )
}

const PASTORAL = /^(year|registration|reg|house|boarding)/i

function rawContact(contact: JsonRecord, line: number): RawContact {
  const tie = one(contact['relationship']) ?? {}
  const cells: RawContact['cells'] = {}
  const put = (name: keyof RawContact['cells'], value: unknown, field: string) => {
    const cell = cellOf(value, line, `contacts.${field}`)
    if (cell) cells[name] = cell
  }
  put('title', contact['title'], 'title')
  put('forename', textOf(contact['forename']) || contact['first_name'], 'forename')
  put('surname', textOf(contact['surname']) || contact['last_name'], 'surname')
  put('relationship', nameOfTie(contact, tie), 'relationship')
  put('priority', tie['priority'], 'relationship.priority')
  put(
    'parental-responsibility',
    tie['parental_responsibility'],
    'relationship.parental_responsibility',
  )
  put('language', contact['language'], 'language')
  // Either being set holds; these two names are from memory, as no sample has them.
  const flags = [tie['no_contact'], tie['court_order']].map(textOf)
  put(
    'no-contact',
    flags.find((flag) => flag !== '' && !/^(false|0|no)$/i.test(flag)),
    'no_contact',
  )
  return {
    line,
    field: 'contacts',
    cells,
    ...reachedBy(contact, line, 'contacts.contact_details'),
  }
}

const nameOfTie = (contact: JsonRecord, tie: JsonRecord): string =>
  textOf(tie['relationship']) || textOf(contact['relationship'])

function reachedBy(person: JsonRecord, line: number, field: string) {
  const details = one(person['contact_details']) ?? {}
  const cells = (values: string[], name: string) =>
    values.map((text) => ({ line, field: `${field}.${name}`, text }))
  return {
    phones: cells(
      [...valuesOf(details['phones'], PHONES), ...valuesOf(person['phone_number'], PHONES)],
      'phones',
    ),
    emails: cells(
      [...valuesOf(details['emails'], EMAILS), ...valuesOf(person['email_address'], EMAILS)],
      'emails',
    ),
  }
}

export function rawEmployee(employee: JsonRecord, line: number): RawStaff {
  const employment = one(employee['employment_details'])
  return {
    line,
    reference: studentId(employee),
    title: cellOf(employee['title'], line, 'employees.title'),
    forename: cellOf(employee['forename'], line, 'employees.forename'),
    surname: cellOf(employee['surname'], line, 'employees.surname'),
    ...reachedBy(employee, line, 'employees.contact_details'),
    isCurrent: employment?.['current'] !== false,
  }
}

/** What `countDrops` asks of each path of a student. */
export const useOf = (path: string): 'used' | 'opened' | 'dropped' =>
  USED.has(path) ? 'used' : OPENED.has(path) ? 'opened' : 'dropped'

const OPENED = new Set([
  'education_details',
  'contact_details',
  'contacts',
  'contacts.relationship',
  'contacts.contact_details',
])

const USED = new Set([
  ...['id', 'upi', 'mis_id', 'upn', 'surname', 'legal_surname', 'forename', 'legal_forename'],
  ...['middle_names', 'gender', 'date_of_birth', 'year', 'registration', 'house', 'classes'],
  ...['groups', 'restored_at', 'created_at', 'updated_at'],
  ...['upn', 'admission_number', 'current_nc_year'].map((name) => `education_details.${name}`),
  ...['phones', 'emails'].map((name) => `contact_details.${name}`),
  ...['phones', 'emails'].map((name) => `contacts.contact_details.${name}`),
  ...['id', 'upi', 'mis_id', 'title', 'forename', 'surname', 'first_name', 'last_name'].map(
    (name) => `contacts.${name}`,
  ),
  ...['language', 'phone_number', 'email_address', 'created_at', 'updated_at', 'restored_at'].map(
    (name) => `contacts.${name}`,
  ),
  ...['relationship', 'priority', 'parental_responsibility', 'no_contact', 'court_order'].map(
    (name) => `contacts.relationship.${name}`,
  ),
])
