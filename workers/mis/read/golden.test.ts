import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Roster } from '../records/roster.ts'
import { readOneRoster } from './one-roster.ts'
import { readExport } from './read-export.ts'
import type { RosterRead } from './rows-to-roster.ts'

const SAMPLES = join(import.meta.dirname, '../../../test/samples')

/** What becomes of each file: what was taken and why the rest was not, or why the file was refused. */
function outcome(read: RosterRead) {
  if (!read.ok) return read.problem
  const { roster } = read
  return {
    source: roster.source,
    isFull: roster.isFull,
    pupils: roster.pupils.length,
    contacts: count(roster, (pupil) => pupil.contacts.length),
    phones: count(roster, ({ contacts }) => contacts.flatMap((each) => each.phones).length),
    emails: count(roster, ({ contacts }) => contacts.flatMap((each) => each.emails).length),
    staff: roster.staff?.length ?? 0,
    rejected: tally(roster.rejected.map(({ reason }) => reason)),
    dropped: roster.dropped.length,
  }
}

const count = (roster: Roster, of: (pupil: Roster['pupils'][number]) => number): number =>
  roster.pupils.reduce((sum, pupil) => sum + of(pupil), 0)

const tally = (words: string[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(words.sort(), (word) => word)].map(([word, all]) => [word, all.length]),
  )

const DOCUMENT = { reason: 'not-an-export' }

const GOLDEN: Record<string, Record<string, object>> = {
  'mis-arbor': { 'model-properties.txt': DOCUMENT },
  'mis-assembly': {
    'assembly-api.md': DOCUMENT,
    'attendance.md': DOCUMENT,
    'attendance-summary.md': DOCUMENT,
    'contact.md': DOCUMENT,
    'contact-students.md': DOCUMENT,
    'email-info.md': DOCUMENT,
    'group.md': DOCUMENT,
    'registration-group.md': DOCUMENT,
    'student.md': DOCUMENT,
    'student-contact-relationship.md': DOCUMENT,
    'student-contacts.md': DOCUMENT,
    'telephone-number-info.md': DOCUMENT,
    'year-group.md': DOCUMENT,
  },
  'mis-bromcom': { 'row-shapes.txt': DOCUMENT },
  'mis-ctf': {
    'arcio-atf19-40pupils-raw.xml': { reason: 'two-roots', line: 19, column: 14 },
    'arcio-atf19-40pupils-wrapped.xml': {
      source: 'atf',
      isFull: false,
      pupils: 40,
      contacts: 83,
      phones: 28,
      emails: 39,
      staff: 0,
      rejected: { 'phone-not-in-use': 41, 'phone-premium-rate': 2, 'upn-shape': 25 },
      dropped: 14,
    },
  },
  'mis-wonde': { 'webhooks.yaml': DOCUMENT, 'wonde.openapi.yaml': DOCUMENT },
  'mis-xporter': {
    'groups.json': { reason: 'no-pupils' },
    'queries.json': DOCUMENT,
    'school-info.json': { reason: 'no-pupils' },
    'scopes.json': DOCUMENT,
    'student.json': {
      source: 'xporter',
      isFull: true,
      pupils: 1,
      contacts: 0,
      phones: 0,
      emails: 0,
      staff: 0,
      rejected: {},
      dropped: 34,
    },
  },
  'one-roster': {
    'oneroster-1.2-openapi.yaml': DOCUMENT,
    'oneroster-school-small.zip': {
      source: 'one-roster',
      isFull: true,
      pupils: 72,
      contacts: 0,
      phones: 0,
      emails: 0,
      staff: 7,
      rejected: {},
      dropped: 21,
    },
  },
}

const filesOf = (folder: string) =>
  readdirSync(join(SAMPLES, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'SOURCES.md')
    .map((entry) => entry.name)
    .sort()

describe.each(Object.entries(GOLDEN))('%s', (folder, golden) => {
  test('has a golden outcome for each of its files', () => {
    expect(filesOf(folder)).toEqual(Object.keys(golden).sort())
  })
  test.each(Object.entries(golden))('%s', (name, expected) => {
    expect(outcome(readExport(readFileSync(join(SAMPLES, folder, name))))).toEqual(expected)
  })
})

test('the folders of samples are all here', () => {
  const folders = readdirSync(SAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^(mis-|one-roster)/.test(entry.name))
    .map((entry) => entry.name)
  expect(folders.sort()).toEqual(Object.keys(GOLDEN).sort())
})

test('one-roster/ms-sds-v2.1, as separate files', () => {
  const folder = join(SAMPLES, 'one-roster/ms-sds-v2.1')
  const files = new Map(
    readdirSync(folder).map((name) => [name.toLowerCase(), readFileSync(join(folder, name))]),
  )
  expect(outcome(readOneRoster(files))).toEqual({
    source: 'one-roster',
    isFull: true,
    pupils: 4,
    contacts: 3,
    phones: 0,
    emails: 3,
    staff: 2,
    // American numbers of a country code and ten digits that are nobody's, twice for each contact.
    rejected: { 'phone-not-in-use': 6 },
    dropped: 15,
  })
})
