import type { RosterSource } from '#mis'

/**
 * What the office calls the part that was not taken. The headings of a CSV stay as the file has them, as that is where
 * they are looked for; the names of other formats (OneRoster 1.2, Wonde's API v1.0, Xporter, the DfE's transfer files)
 * and those that Schoolgate itself gives are put into words. A name without words is left as it is.
 */
export function rejectedColumn(field: string, source: RosterSource): string {
  const whole = wholes.get(field)
  if (whole !== undefined) return whole
  if (source === 'sims') return field.replaceAll('_x0020_', ' ')
  if (source === 'csv' && !OURS.test(field)) return field
  const file = source === 'one-roster' ? /^\w+\.csv/.exec(field)?.[0] : undefined
  return `${inWords(field)}${file === undefined ? '' : ` (${file})`}`
}

const wholes: ReadonlyMap<string, string> = new Map([
  ['Row', 'The whole row'],
  ['Record', 'The whole record'],
  ['contact', 'The contact'],
  ['contacts', 'The contact'],
  ['Contacts', 'The contact'],
  ['Contacts/Contact', 'The contact'],
  ['pupil', 'The pupil'],
  ['BehaviourId', 'The incident'],
  ['Group Name', 'Class'],
])

/** What Schoolgate itself calls a part of what the agent sent: `contact 2 phone 1`, `contacts.0.phones`, `dateOfBirth`. */
const OURS = /^(?:contact \d+ )?(?:phone|email) \d+$|^[a-z]\w*(?:\.\w+)+$|^[a-z]+(?:[A-Z][a-z]+)+$/

function inWords(field: string): string {
  if (/^\w+\.csv$/.test(field)) return 'The whole row'
  if (field === 'classes.csv title') return 'Class'
  const parts = field.split(/[./ ]+/).map(folded)
  const said = words.get(parts.findLast((part) => words.has(part)) ?? '')
  if (said === undefined) return field
  const whose = whoseOf(field, parts)
  return whose === '' ? said : `${whose}: ${lowerFirst(said)}`
}

function whoseOf(field: string, parts: readonly string[]): string {
  if (parts.some((part) => /^(student)?contacts?$/.test(part))) return `Contact${numberIn(field)}`
  return parts.some((part) => /^(staff|employees)$/.test(part)) ? 'Member of staff' : ''
}

/** Lists count from 0, and `contact 2` from 1. */
function numberIn(field: string): string {
  const [, list, at] = /^contact(s\.| )(\d+)/.exec(field) ?? []
  return at === undefined ? '' : ` ${list === ' ' ? at : Number(at) + 1}`
}

const folded = (part: string): string => part.toLowerCase().replaceAll('_', '')

const lowerFirst = (said: string): string =>
  /^[A-Z]{2}/.test(said) ? said : said.charAt(0).toLowerCase() + said.slice(1)

const words: ReadonlyMap<string, string> = new Map([
  ...called('UPN', 'upn'),
  ...called('Admission number', 'admissionnumber', 'admissionno'),
  ...called(
    'Id in your school’s system',
    'misid',
    'sourcedid',
    'reference',
    'id',
    'applicationreference',
  ),
  ...called('Identifier', 'identifier', 'userids'),
  ...called('Surname', 'surname', 'familyname', 'preferredfamilyname', 'legalsurname'),
  ...called('Forename', 'forename', 'givenname', 'legalforename'),
  ...called('Preferred forename', 'preferredforename', 'preferredgivenname'),
  ...called('Middle names', 'middlenames', 'middlename'),
  ...called('Title', 'title'),
  ...called('Gender', 'gender', 'sex'),
  ...called('Date of birth', 'dateofbirth', 'birthdate', 'dob'),
  ...called('Year group', 'yeargroup', 'year', 'grades', 'grade', 'ncyearactual', 'currentncyear'),
  ...called('Registration group', 'registrationgroup', 'registration', 'reggroup'),
  ...called('House', 'house', 'housegroup'),
  ...called('Classes', 'classes', 'curriculumgroups', 'groups'),
  ...called('Relationship', 'relationship', 'role'),
  ...called('Priority', 'priority', 'order'),
  ...called(
    'Parental responsibility',
    'parentalresponsibility',
    'parresp',
    'responsibility',
    'hasparentalresponsibility',
  ),
  ...called('Language', 'language', 'homelanguage', 'lang'),
  ...called('Do not contact', 'nocontact', 'maynotbecontacted'),
  ...called('Telephone number', 'phones', 'phone', 'phoneno', 'sms', 'telephonenumber', 'e164'),
  ...called('Mobile', 'mobilephone'),
  ...called('Home phone', 'homephone'),
  ...called('Work phone', 'workphone'),
  ...called('E-mail address', 'emails', 'email', 'workemail', 'homeemail', 'emailaddress'),
  ...called('Attendance code', 'code'),
  ...called('Date', 'date'),
  ...called('Minutes late', 'minuteslate'),
  ...called('Number or address', 'value'),
  ...called('Which contact it is', 'contactid'),
])

function called(said: string, ...names: readonly string[]): [string, string][] {
  return names.map((name) => [name, said])
}
