import { checkLetter } from '#workers/mis/read/upn.ts'
import { ADULT_MEN, ADULT_WOMEN, BOYS, GIRLS, SURNAMES } from './names.ts'

export type RosterFile = {
  pupils: number
  /** The same seed gives the same file, to the byte. */
  seed: number
  /** Numbers of pupils and of telephones start this much later, so that two files share none. */
  from?: number
  /** Three faults for a newcomer to see reported: a surname left out, an impossible date, a short number. */
  hasMistakes?: boolean
}

/**
 * A CSV export of an invented primary school, in the shape that UK systems write: siblings with the same
 * contacts, parents in two homes, grandparents, leading zeros, accents, and columns that must be dropped.
 * Mobiles are of Ofcom's range for drama, without the cast's and the carrier's; adults beyond those have
 * e-mail only.
 */
export function rosterCsv({ pupils, seed, from = 0, hasMistakes = false }: RosterFile): string {
  const town: Town = { random: randomFrom(seed), adults: from, homes: from, pupils: from }
  const rows: string[][] = []
  while (rows.length < pupils) rows.push(...family(town, pupils - rows.length))
  if (hasMistakes) makeMistakes(rows)
  return `${[HEADERS, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`
}

type Town = { random: () => number; adults: number; homes: number; pupils: number }

/** mulberry32: small, and the same in every runtime. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const pick = <Item>({ random }: Town, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item

const CONTACT_HEADERS = [
  'Title',
  'Forename',
  'Surname',
  'Relationship',
  'Parental Responsibility',
  'Mobile',
  'Home Telephone',
  'Email',
] as const
const CONTACTS = 3

const HEADERS = [
  'UPN',
  'Adno',
  'Legal Surname',
  'Legal Forename',
  'Preferred Forename',
  'Gender',
  'DOB',
  'Year Group',
  'Reg Group',
  'House',
  'FSM Eligible',
  'Post Code',
  ...[1, 2, 3].flatMap((number) => CONTACT_HEADERS.map((header) => `Contact ${number} ${header}`)),
]

/** One to three children with the same contacts: both parents, two homes, or one parent and a grandmother. */
function family(town: Town, most: number): string[][] {
  const chance = town.random()
  const children = Math.min(most, chance < 0.68 ? 1 : chance < 0.93 ? 2 : 3)
  const surname = pick(town, SURNAMES)
  const contacts = household(town, surname).flat()
  const empty = Array<string>(CONTACTS * CONTACT_HEADERS.length - contacts.length).fill('')
  const firstYear = Math.floor(town.random() * 7)
  return Array.from({ length: children }, (_, index) => [
    ...child(town, surname, (firstYear + index * 2) % 7),
    ...contacts,
    ...empty,
  ])
}

function household(town: Town, surname: string): string[][] {
  const shape = town.random()
  const home = landline(town)
  const mother = adult(town, 'Mother', shape < 0.3 ? pick(town, SURNAMES) : surname, home)
  if (shape < 0.6) return [mother, adult(town, 'Father', surname, home)]
  if (shape < 0.85) {
    const elsewhere = landline(town)
    const father = adult(town, 'Father', pick(town, SURNAMES), elsewhere)
    const hasPartner = town.random() < 0.4
    return hasPartner
      ? [mother, father, adult(town, 'Step mother', father[2] ?? '', elsewhere, 'No')]
      : [mother, father]
  }
  return [mother, adult(town, 'Grandmother', surname, landline(town), 'No')]
}

/** 01632 960000 to 960999, and again from the start: a village shares its lines. */
const landline = (town: Town): string => `01632 960${String(town.homes++ % 1000).padStart(3, '0')}`

/** 900000 to 900099 are the cast's, and 900900 to 900999 make the sandbox carrier misbehave. */
const FIRST_MOBILE = 100
const LAST_MOBILE = 899

/** Every adult is somebody else, so each has a number and an address of their own while numbers last. */
function adult(
  town: Town,
  relationship: string,
  surname: string,
  home: string,
  responsible = 'Yes',
) {
  const number = town.adults++
  const forename = pick(town, relationship === 'Father' ? ADULT_MEN : ADULT_WOMEN)
  const title = relationship === 'Father' ? 'Mr' : pick(town, ['Mrs', 'Ms', 'Miss', 'Dr'])
  const last = FIRST_MOBILE + number
  const mobile = last <= LAST_MOBILE ? `07700 900${last}` : ''
  const address = `${plainLetters(forename)}.${plainLetters(surname)}.${number}@example.com`
  return [title, forename, surname, relationship, responsible, mobile, home, address]
}

const plainLetters = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/ı/g, 'i')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

/** Year 0 is Reception. Born in the twelve months that make that year group from September 2026. */
function child(town: Town, surname: string, year: number): string[] {
  const number = town.pupils++
  const isGirl = town.random() < 0.5
  const forename = pick(town, isGirl ? GIRLS : BOYS)
  const born = new Date(Date.UTC(2021 - year, 8, 1 + Math.floor(town.random() * 365)))
  const [iso = ''] = born.toISOString().split('T')
  return [
    upn(number, year),
    String(1000 + number).padStart(6, '0'),
    surname,
    forename,
    town.random() < 0.08 ? pick(town, isGirl ? GIRLS : BOYS) : '',
    isGirl ? 'F' : 'M',
    iso.split('-').reverse().join('/'),
    year === 0 ? 'Reception' : `Year  ${year}`,
    year === 0 ? pick(town, ['RA', 'RB']) : `${year}${pick(town, ['A', 'B'])}`,
    pick(town, ['Ash', 'Birch', 'Cedar', 'Elm']),
    pick(town, ['T', 'F', 'F', 'F']),
    'ZZ99 9ZZ',
  ]
}

/** Authority 999 and its schools do not exist; year of entry and a serial number end it. */
function upn(number: number, year: number): string {
  const school = 2000 + Math.floor(number / 1000)
  const twelve = `999${school}${26 - year}${String(number % 1000).padStart(3, '0')}`
  return checkLetter(twelve) + twelve
}

function makeMistakes(rows: string[][]): void {
  const change = (row: number, header: string, value: string) => {
    rows[row]?.splice(HEADERS.indexOf(header), 1, value)
  }
  change(7, 'DOB', '31/02/2018')
  change(18, 'Contact 1 Mobile', '07700 90012')
  change(40, 'Legal Surname', '')
}

const quoted = (cell: string): string =>
  /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
