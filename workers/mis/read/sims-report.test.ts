import { expect, test } from 'vitest'
import { inspect, readRoster } from './read-file.ts'
import { readSimsReport } from './sims-report.ts'
import { checkLetter } from './upn.ts'

const upn = (twelve: string) => `${checkLetter(twelve)}${twelve}`
const TEDDY = upn('801200001020')
const AMARA = upn('801200001021')

const column = (name: string, text: string) => (text === '' ? '' : `<${name}>${text}</${name}>`)

/** A Record as CommandReporter writes one: a column without a value is left out. */
const record = (values: Record<string, string>) =>
  `<Record><multiple_id>1</multiple_id>${Object.entries(values)
    .map(([name, text]) => column(name.replace(/ /g, '_x0020_'), text))
    .join('')}</Record>`
const report = (...records: Record<string, string>[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><SuperStarReport>${records.map(record).join('\n')}</SuperStarReport>`

const teddy = {
  Adno: '001275',
  UPN: TEDDY,
  'Legal Surname': 'Marsh',
  'Legal Forename': 'Teddy',
  'Preferred Forename': 'Ted',
  DOB: '2016-01-12T00:00:00',
  Year: 'Year  4',
  Reg: '4ES',
  'FSM Eligible': 'T',
}
const mother = {
  'Contact Title': 'Mrs',
  'Contact Forename': 'Joan',
  'Contact Surname': 'Marsh',
  Relationship: 'Mother',
  Priority: '1',
  'Par Resp': 'T',
  'Contact Mobile': '07700 900123',
}
const grandmother = {
  'Contact Title': 'Mrs',
  'Contact Forename': 'Dilys',
  'Contact Surname': 'Marsh',
  Relationship: 'Grandmother',
  Priority: '2',
  'Par Resp': 'F',
  'Contact Mobile': '',
}
const amara = {
  ...teddy,
  Adno: '001276',
  UPN: AMARA,
  'Legal Surname': 'Adeyemi',
  'Legal Forename': 'Amara',
  'Preferred Forename': '',
  Reg: '',
  'FSM Eligible': '',
}

const pupilsOf = (text: string) => {
  const read = readSimsReport(text)
  if (!read.ok) throw new Error(read.problem.reason)
  return read.roster
}

test('several Records of a pupil are one pupil with several contacts', () => {
  const roster = pupilsOf(report({ ...teddy, ...mother }, { ...teddy, ...grandmother }, amara))
  expect(roster).toMatchObject({ source: 'sims', isFull: true, rejected: [] })
  expect(roster.pupils.map((pupil) => pupil.forename)).toEqual(['Teddy', 'Amara'])
  expect(roster.pupils[0]).toMatchObject({
    key: { upn: TEDDY, admissionNumber: '001275' },
    preferredForename: 'Ted',
    dateOfBirth: '2016-01-12',
    yearGroup: 'Year 4',
    registrationGroup: '4ES',
    contacts: [
      {
        forename: 'Joan',
        priority: 1,
        hasParentalResponsibility: true,
        phones: [{ kind: 'mobile' }],
      },
      { forename: 'Dilys', priority: 2, hasParentalResponsibility: false, phones: [] },
    ],
  })
  expect(roster.dropped).toMatchObject([
    { column: 'multiple_id', why: 'not-mapped' },
    { column: 'FSM_x0020_Eligible', count: 2, why: 'not-needed' },
  ])
})

test('a column that the first Record leaves out is found in a later one', () => {
  const roster = pupilsOf(report(amara, { ...teddy, ...mother }))
  expect(roster.pupils[0]).toMatchObject({ preferredForename: null, registrationGroup: null })
  expect(roster.pupils[1]).toMatchObject({
    preferredForename: 'Ted',
    contacts: [{ surname: 'Marsh' }],
  })
})

test('an error instead of data is said to be one', () => {
  const error = '<CommandReporterError>Login failed for user x</CommandReporterError>'
  expect(readSimsReport(error)).toMatchObject({ problem: { reason: 'export-failed' } })
  expect(readSimsReport(`<SuperStarReport>${error}</SuperStarReport>`)).toMatchObject({
    problem: { reason: 'export-failed' },
  })
})

test('a report of something else, an empty one and a cut one change nothing', () => {
  const reasonOf = (text: string) => {
    const read = readSimsReport(text)
    return read.ok ? undefined : read.problem.reason
  }
  expect(reasonOf('<SuperStarReport></SuperStarReport>')).toBe('no-pupils')
  expect(reasonOf(report({ 'Room Name': 'Hall', Capacity: '200' }))).toBe('mapping-does-not-fit')
  expect(reasonOf('<Rooms><Record/></Rooms>')).toBe('not-an-export')
  expect(reasonOf(report({ ...teddy, ...mother }).slice(0, -30))).toBe('not-well-formed')
  expect(reasonOf(`<!DOCTYPE x [<!ENTITY a "b">]>${report(teddy)}`)).toBe('has-a-doctype')
  const wide = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`c${index}`, 'x']))
  expect(reasonOf(report(wide))).toBe('too-many-columns')
})

test('the CSV of the same report reads the same', () => {
  const rows = [
    { ...teddy, ...mother },
    { ...teddy, ...grandmother },
    { ...amara, ...Object.fromEntries(Object.keys(mother).map((name) => [name, ''])) },
  ]
  const headers = Object.keys(rows[0] ?? {})
  const lines = rows.map((row) =>
    headers.map((name) => Object.entries(row).find(([key]) => key === name)?.[1]),
  )
  const bytes = new TextEncoder().encode(
    [headers, ...lines].map((line) => line.join(',')).join('\r\n'),
  )
  const inspected = inspect(bytes, 'report.csv')
  if (!inspected.ok || inspected.kind !== 'csv') throw new Error('not a CSV')
  const read = readRoster(bytes, 'csv', inspected.suggested)
  if (!read.ok) throw new Error(read.problem.reason)

  const withoutLines = (value: unknown) =>
    JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'line' ? undefined : each)))
  expect(withoutLines(read.roster.pupils)).toEqual(withoutLines(pupilsOf(report(...rows)).pupils))
})

test('a “do not contact” column is spoken of where the report has it, and not where it does not', () => {
  const read = (values: Record<string, string>) => {
    const found = readSimsReport(report({ ...teddy, ...mother, ...values }))
    return found.ok ? found.roster : undefined
  }
  const marked = read({ 'Contact No Contact': 'T' })
  expect(marked?.saysNoContact).toBe(true)
  expect(marked?.pupils[0]?.contacts[0]?.mayNotBeContacted).toBe(true)
  expect(read({})).not.toHaveProperty('saysNoContact')
})
