import { checkLetter } from '#workers/mis/read/upn.ts'
import type { RosterContact, RosterPupil } from '#workers/mis/records/roster.ts'
import { sentinelAddresses, sentinelNumbers } from '../../sandbox/sentinels.ts'

/** Somebody of the cast, as a file from the school's system would say it. */
type Child = Pick<RosterPupil, 'forename' | 'surname' | 'dateOfBirth' | 'gender' | 'contacts'> & {
  yearGroup: string
  registrationGroup: string
}

/** Ofcom keeps 07700 900000 to 900999 and 01632 960000 to 960999 for drama: nobody has them. */
const mobile = (last: number) => `+447700900${String(last).padStart(3, '0')}`
const landline = (last: number) => `+441632960${String(last).padStart(3, '0')}`
const email = (name: string) => `${name}@example.com`

const mrsLindqvist = contact('Mrs Astrid Lindqvist', 'Mother', 1, {
  mobile: mobile(41),
  email: email('astrid.lindqvist'),
})
/** One telephone in the family, and both parents answer it. */
const mrLindqvist = contact('Mr Nils Lindqvist', 'Father', 2, { mobile: mobile(41) })

/** Teddy's father: he must never be told anything, whichever group the boy is in (`settle` restricts him). */
export const RESTRICTED_FATHER = 'Dean Marsh'

/** In Year 6 until the end of last school year. */
export const LEAVER = 'Ivo Petrov'

export const botolphsChildren: Child[] = [
  // Her parents live apart; both have parental responsibility.
  child('Amara Adeyemi', 'F 2018-03-14', 'Year 4, 4B', [
    contact('Mrs Folake Adeyemi', 'Mother', 1, {
      mobile: mobile(11),
      landline: landline(11),
      email: email('folake.adeyemi'),
    }),
    contact('Mr Tunde Adeyemi', 'Father', 2, {
      mobile: mobile(12),
      landline: landline(12),
      email: email('tunde.adeyemi'),
    }),
  ]),
  child('Teddy Marsh', 'M 2020-01-09', 'Year 2, 2A', [
    contact('Ms Kerry Marsh', 'Mother', 1, { mobile: mobile(21), email: email('kerry.marsh') }),
    contact('Mr Dean Marsh', 'Father', 2, { mobile: mobile(22), email: email('dean.marsh') }),
  ]),
  // Looked after by Northmoor Council: a foster carer day to day, a social worker besides.
  child('Wren Holloway', 'F 2016-05-30', 'Year 6, 6A', [
    contact('Mrs Joan Pike', 'Foster carer', 1, {
      mobile: mobile(31),
      email: email('joan.pike'),
      isResponsible: false,
    }),
    contact('Mr Idris Vaughan', 'Social worker', 2, {
      landline: landline(31),
      email: 'idris.vaughan@example.org',
      isResponsible: false,
    }),
  ]),
  child('Elsa Lindqvist', 'F 2020-11-02', 'Year 1, 1A', [mrsLindqvist, mrLindqvist]),
  child('Otto Lindqvist', 'M 2020-11-02', 'Year 1, 1B', [mrsLindqvist, mrLindqvist]),
  child('Zofia Nowak', 'F 2017-02-21', 'Year 5, 5A', [
    contact('Mrs Agnieszka Nowak', 'Mother', 1, { mobile: mobile(51), language: 'Polish' }),
  ]),
  child('Ivo Petrov', 'M 2015-06-17', 'Year 6, 6A', [
    contact('Mrs Elena Petrova', 'Mother', 1, {
      mobile: mobile(61),
      email: email('elena.petrova'),
    }),
  ]),
  // Each has a parent with whom the sandbox carrier has a different trouble.
  child('Jonah Reed', 'M 2018-11-10', 'Year 3, 3A', [
    contact('Mrs Hannah Reed', 'Mother', 1, { mobile: sentinelNumbers.undeliverable }),
  ]),
  child('Isla Quill', 'F 2018-11-11', 'Year 3, 3A', [
    contact('Mr Owen Quill', 'Father', 1, { mobile: sentinelNumbers.busyTwice }),
  ]),
  child('Noor Saleh', 'F 2018-11-12', 'Year 3, 3A', [
    contact('Mrs Rana Saleh', 'Mother', 1, { mobile: sentinelNumbers.neverAnswers }),
  ]),
  child('Finn Calder', 'M 2018-11-13', 'Year 3, 3A', [
    contact('Ms Morag Calder', 'Mother', 1, { mobile: sentinelNumbers.silent }),
  ]),
  child('Poppy Wain', 'F 2018-11-14', 'Year 3, 3A', [
    contact('Mr Giles Wain', 'Father', 1, { mobile: sentinelNumbers.saysStop }),
  ]),
  child('Leo Trant', 'M 2018-11-15', 'Year 3, 3A', [
    contact('Mrs Edith Trant', 'Mother', 1, { mobile: sentinelNumbers.receiptsDoubled }),
  ]),
]

export const oakfieldChildren: Child[] = [
  child('Malik Osei-Reid', 'M 2017-10-05', 'Year 4, 4K', [
    contact('Mrs Efua Osei-Reid', 'Mother', 1, {
      mobile: mobile(81),
      email: email('efua.osei-reid'),
    }),
  ]),
  // Her father's address is the one that bounces.
  child('Betsy Crane', 'F 2016-12-12', 'Year 5, 5K', [
    contact('Mr Hugh Crane', 'Father', 1, {
      mobile: mobile(82),
      email: sentinelAddresses.undeliverable,
    }),
  ]),
]

/** As the import would read the children from a file. UPNs are of an authority and a school that do not exist. */
export const asRoster = (children: readonly Child[], establishment: number): RosterPupil[] =>
  children.map((one, index) => ({
    ...one,
    line: index + 2,
    key: {
      upn: upn(`999${establishment}22${String(index).padStart(3, '0')}`),
      admissionNumber: String(500 + index).padStart(6, '0'),
      reference: null,
    },
    preferredForename: null,
    middleNames: null,
    house: null,
    phones: [],
    emails: [],
  }))

const upn = (twelve: string) => checkLetter(twelve) + twelve

function child(
  name: `${string} ${string}`,
  born: `${'F' | 'M'} ${string}`,
  place: `Year ${number}, ${string}`,
  contacts: RosterContact[],
): Child {
  const [forename = '', surname = ''] = name.split(' ')
  const [letter, dateOfBirth = null] = born.split(' ')
  const gender = letter === 'F' ? 'Female' : 'Male'
  const [yearGroup = '', registrationGroup = ''] = place.split(', ')
  return { forename, surname, gender, dateOfBirth, yearGroup, registrationGroup, contacts }
}

type Reached = {
  mobile?: string
  landline?: string
  email?: string
  language?: string
  /** Has parental responsibility, unless it says no. */
  isResponsible?: boolean
}

function contact(
  name: `${string} ${string} ${string}`,
  relationship: string,
  priority: number,
  reached: Reached,
): RosterContact {
  const [title = '', forename = '', surname = ''] = name.split(' ')
  const phones = [
    ...(reached.mobile ? [{ e164: reached.mobile, kind: 'mobile' as const }] : []),
    ...(reached.landline ? [{ e164: reached.landline, kind: 'landline' as const }] : []),
  ]
  return {
    line: 0,
    title,
    forename,
    surname,
    relationship,
    priority,
    hasParentalResponsibility: reached.isResponsible ?? true,
    language: reached.language ?? null,
    phones,
    emails: reached.email ? [reached.email] : [],
    mayNotBeContacted: false,
  }
}
