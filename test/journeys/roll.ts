import type { RosterContact, RosterPupil } from '#workers/mis/records/roster.ts'
import { asRoster, botolphsChildren, LEAVER } from '../cast/families.ts'
import { rosterCsv } from '../cast/roster-file.ts'

/** Pupils of St Botolph’s, as it is seeded: twelve of the cast, and some more. */
export const ON_ROLL = 72
/** Leo Trant, and the last of those who came with the seed: more than a fifth of the roll. */
export const MISSING = 21
/** All others, and Tamsin Yarrow, who is new. */
export const LISTED = ON_ROLL - MISSING + 1

/** As the seed makes those who came after the cast; the file lists so many of them. */
const FURTHER = { pupils: 60, seed: 4, from: 300 }
const FURTHER_LISTED = 40
const ABSENT = [LEAVER, 'Leo Trant']

/**
 * St Botolph’s whole roll as its own system exports it, with two columns that are nobody’s business.
 * `orderOn` is a contact, as "Tunde Adeyemi", whom it says a court order of.
 */
export function rollCsv({ orderOn = '' } = {}): string {
  const [header = '', ...further] = rosterCsv(FURTHER).trimEnd().split('\r\n')
  const orders = [1, 2, 3].map((number) => `Contact ${number} Court Order`)
  const columns = [...header.split(','), ...orders]
  const cast = asRoster(botolphsChildren, 4001)
    .filter(({ forename, surname }) => !ABSENT.includes(`${forename} ${surname}`))
    .map((pupil) => cellsOf(pupil, orderOn))
  const rows = [...cast, NEWCOMER].map((cells) => columns.map((column) => cells[column] ?? ''))
  return [
    columns.join(','),
    ...rows.map((row) => row.join(',')),
    ...further.slice(0, FURTHER_LISTED).map((row) => `${row},No,No,No`),
  ].join('\r\n')
}

type Cells = Readonly<Record<string, string>>

const UNWANTED = { 'FSM Eligible': 'F', 'Post Code': 'ZZ99 9ZZ' }

const NEWCOMER: Cells = {
  ...UNWANTED,
  Adno: '000599',
  'Legal Surname': 'Yarrow',
  'Legal Forename': 'Tamsin',
  DOB: '2020-12-01',
  'Year Group': 'Year 1',
  'Reg Group': '1A',
  'Contact 1 Title': 'Mrs',
  'Contact 1 Forename': 'Ida',
  'Contact 1 Surname': 'Yarrow',
  'Contact 1 Relationship': 'Mother',
  'Contact 1 Parental Responsibility': 'Yes',
  'Contact 1 Mobile': '07700 900071',
}

const cellsOf = (pupil: RosterPupil, orderOn: string): Cells => ({
  ...UNWANTED,
  UPN: pupil.key.upn ?? '',
  Adno: pupil.key.admissionNumber ?? '',
  'Legal Surname': pupil.surname,
  'Legal Forename': pupil.forename,
  Gender: pupil.gender ?? '',
  DOB: pupil.dateOfBirth ?? '',
  'Year Group': pupil.yearGroup ?? '',
  'Reg Group': pupil.registrationGroup ?? '',
  ...Object.fromEntries(
    pupil.contacts.flatMap((contact, index) =>
      Object.entries(contactCells(contact, orderOn)).map(([column, cell]) => [
        `Contact ${index + 1} ${column}`,
        cell,
      ]),
    ),
  ),
})

function contactCells({ phones, emails, ...contact }: RosterContact, orderOn: string): Cells {
  const { title, forename, surname, relationship, hasParentalResponsibility } = contact
  const number = (wanted: string) => phones.find(({ kind }) => kind === wanted)?.e164 ?? ''
  return {
    Title: title ?? '',
    Forename: forename ?? '',
    Surname: surname,
    Relationship: relationship ?? '',
    'Parental Responsibility': hasParentalResponsibility ? 'Yes' : 'No',
    Mobile: number('mobile'),
    'Home Telephone': number('landline'),
    Email: emails[0] ?? '',
    'Court Order': `${forename} ${surname}` === orderOn ? 'Order of 3 May' : 'No',
  }
}
