import { checkLetter } from '#workers/mis/read/upn.ts'
import type { RosterContact, RosterPupil } from '#workers/mis/roster.ts'
import { sentinelAddresses, sentinelNumbers } from '../../sandbox/sentinels.ts'

/** Somebody of the cast, as a file from the school's system would say it. */
type Child = Pick<RosterPupil, 'forename' | 'surname' | 'dateOfBirth' | 'gender'> & {
  year: string
  group: string
  contacts: RosterContact[]
}

type Reached = { mobile?: string; landline?: string; email?: string; language?: string }

const contact = (
  name: `${string} ${string} ${string}`,
  relationship: string,
  priority: number,
  { mobile, landline, email, language }: Reached,
  hasParentalResponsibility = true,
): RosterContact => {
  const [title = '', forename = '', ...surname] = name.split(' ')
  const phones = [
    ...(mobile ? [{ e164: mobile, kind: 'mobile' as const }] : []),
    ...(landline ? [{ e164: landline, kind: 'landline' as const }] : []),
  ]
  return {
    line: 0,
    title,
    forename,
    surname: surname.join(' '),
    relationship,
    priority,
    hasParentalResponsibility,
    language: language ?? null,
    phones,
    emails: email ? [email] : [],
    mayNotBeContacted: false,
  }
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
  {
    // Her parents live apart; both have parental responsibility.
    ...{ forename: 'Amara', surname: 'Adeyemi', gender: 'F', dateOfBirth: '2018-03-14' },
    ...{ year: 'Year 4', group: '4B' },
    contacts: [
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
    ],
  },
  {
    ...{ forename: 'Teddy', surname: 'Marsh', gender: 'M', dateOfBirth: '2020-01-09' },
    ...{ year: 'Year 2', group: '2A' },
    contacts: [
      contact('Ms Kerry Marsh', 'Mother', 1, { mobile: mobile(21), email: email('kerry.marsh') }),
      contact('Mr Dean Marsh', 'Father', 2, { mobile: mobile(22), email: email('dean.marsh') }),
    ],
  },
  {
    // Looked after by Northmoor Council: a foster carer day to day, a social worker besides.
    ...{ forename: 'Wren', surname: 'Holloway', gender: 'F', dateOfBirth: '2016-05-30' },
    ...{ year: 'Year 6', group: '6A' },
    contacts: [
      contact('Mrs Joan Pike', 'Foster carer', 1, { mobile: mobile(31), email: email('joan.pike') }, false),
      contact('Mr Idris Vaughan', 'Social worker', 2, { landline: landline(31), email: 'idris.vaughan@example.org' }, false),
    ],
  },
  ...(['Elsa', 'Otto'] as const).map((forename) => ({
    ...{ forename, surname: 'Lindqvist', dateOfBirth: '2020-11-02' },
    gender: forename === 'Elsa' ? 'F' : 'M',
    ...{ year: 'Year 1', group: forename === 'Elsa' ? '1A' : '1B' },
    contacts: [mrsLindqvist, mrLindqvist],
  })),
  {
    ...{ forename: 'Zofia', surname: 'Nowak', gender: 'F', dateOfBirth: '2017-02-21' },
    ...{ year: 'Year 5', group: '5A' },
    contacts: [
      contact('Mrs Agnieszka Nowak', 'Mother', 1, { mobile: mobile(51), language: 'Polish' }),
    ],
  },
  {
    ...{ forename: 'Ivo', surname: 'Petrov', gender: 'M', dateOfBirth: '2015-06-17' },
    ...{ year: 'Year 6', group: '6A' },
    contacts: [
      contact('Mrs Elena Petrova', 'Mother', 1, { mobile: mobile(61), email: email('elena.petrova') }),
    ],
  },
  ...troubled([
    ['Jonah Reed', 'Mrs Hannah Reed', sentinelNumbers.undeliverable],
    ['Isla Quill', 'Mr Owen Quill', sentinelNumbers.busyTwice],
    ['Noor Saleh', 'Mrs Rana Saleh', sentinelNumbers.neverAnswers],
    ['Finn Calder', 'Ms Morag Calder', sentinelNumbers.silent],
    ['Poppy Wain', 'Mr Giles Wain', sentinelNumbers.saysStop],
    ['Leo Trant', 'Mrs Edith Trant', sentinelNumbers.receiptsDoubled],
  ]),
]

export const oakfieldChildren: Child[] = [
  {
    ...{ forename: 'Malik', surname: 'Osei-Reid', gender: 'M', dateOfBirth: '2017-10-05' },
    ...{ year: 'Year 4', group: '4K' },
    contacts: [
      contact('Mrs Efua Osei-Reid', 'Mother', 1, { mobile: mobile(81), email: email('efua.osei-reid') }),
    ],
  },
  {
    // Her father's address is the one that bounces.
    ...{ forename: 'Betsy', surname: 'Crane', gender: 'F', dateOfBirth: '2016-12-12' },
    ...{ year: 'Year 5', group: '5K' },
    contacts: [contact('Mr Hugh Crane', 'Father', 1, { mobile: mobile(82), email: sentinelAddresses.undeliverable })],
  },
]

/** As the import would read the children from a file. UPNs of an authority and a school that do not exist. */
export const asRoster = (children: readonly Child[], establishment: number): RosterPupil[] =>
  children.map(({ forename, surname, gender, dateOfBirth, year, group, contacts }, index) => ({
    line: index + 2,
    key: {
      upn: upn(`999${establishment}22${String(index).padStart(3, '0')}`),
      admissionNumber: String(500 + index).padStart(6, '0'),
      reference: null,
    },
    ...{ surname, forename, preferredForename: null, middleNames: null, gender, dateOfBirth },
    ...{ yearGroup: year, registrationGroup: group, house: null, phones: [], emails: [], contacts },
  }))

/** Year 3: each has a parent with whom the sandbox carrier has a different trouble. */
function troubled(of: [child: string, parent: `${string} ${string} ${string}`, e164: string][]): Child[] {
  return of.map(([child, parent, e164], index) => {
    const [forename = '', surname = ''] = child.split(' ')
    const relationship = parent.startsWith('Mr ') ? 'Father' : 'Mother'
    const dateOfBirth = `2018-11-${String(10 + index)}`
    const contacts = [contact(parent, relationship, 1, { mobile: e164 })]
    return { forename, surname, gender: null, dateOfBirth, year: 'Year 3', group: '3A', contacts }
  })
}

const upn = (twelve: string) => checkLetter(twelve) + twelve
