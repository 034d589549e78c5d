import type { ContactField, PupilField } from './field.ts'

/** Where an element's text goes. */
export type Filing =
  | { of: 'pupil'; field: Exclude<PupilField, 'house'> | 'reference' }
  | { of: 'contact'; field: ContactField }

export const PUPIL = 'pupilData/Pupil'
export const CONTACT = 'pupilData/Pupil/Contacts/Contact'

/**
 * Elements that are read, by path below the root. Paths as in CTF 19.0 to 25.0, which has Sex where older
 * versions had Gender; ApplicationReference is the admissions file's. Registration groups are in neither.
 */
const PUPIL_ELEMENTS: Readonly<Record<string, (Filing & { of: 'pupil' })['field']>> = {
  UPN: 'upn',
  ApplicationReference: 'reference',
  Surname: 'surname',
  Forename: 'forename',
  PreferredForename: 'preferred-forename',
  MiddleNames: 'middle-names',
  DOB: 'date-of-birth',
  Gender: 'gender',
  Sex: 'gender',
  NCyearActual: 'year-group',
  'BasicDetails/PreferredForename': 'preferred-forename',
  'BasicDetails/MiddleNames': 'middle-names',
  'BasicDetails/NCyearActual': 'year-group',
  Email: 'email',
  'Phones/Phone/PhoneNo': 'phone',
}

const CONTACT_ELEMENTS: Readonly<Record<string, ContactField>> = {
  Order: 'priority',
  Title: 'title',
  Surname: 'surname',
  Forename: 'forename',
  Relationship: 'relationship',
  Responsibility: 'parental-responsibility',
  'Phones/Phone/PhoneNo': 'phone',
  Email: 'email',
}

export const CELLS: ReadonlyMap<string, Filing> = new Map([
  ...Object.entries(PUPIL_ELEMENTS).map(([path, field]): [string, Filing] => [
    `${PUPIL}/${path}`,
    { of: 'pupil', field },
  ]),
  ...Object.entries(CONTACT_ELEMENTS).map(([path, field]): [string, Filing] => [
    `${CONTACT}/${path}`,
    { of: 'contact', field },
  ]),
])

/** Elements that are gone into because something below them is read. */
export const CONTAINERS: ReadonlySet<string> = new Set([
  '',
  'Header',
  'Header/SourceSchool',
  'Header/DestSchool',
  'pupilData',
  PUPIL,
  `${PUPIL}/BasicDetails`,
  `${PUPIL}/Phones`,
  `${PUPIL}/Phones/Phone`,
  `${PUPIL}/Contacts`,
  CONTACT,
  `${CONTACT}/Phones`,
  `${CONTACT}/Phones/Phone`,
])

export const HEADER: ReadonlySet<string> = new Set([
  'Header/DocumentQualifier',
  'Header/SourceSchool/LEA',
  'Header/SourceSchool/Estab',
  'Header/SourceSchool/SchoolName',
  'Header/DestSchool/LEA',
  'Header/DestSchool/Estab',
  'Header/DestSchool/SchoolName',
])
