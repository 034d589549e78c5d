import { expect, test } from 'vitest'
import { CONTACT_FIELDS, PUPIL_FIELDS } from '#workers/mis/read/index.ts'
import type { Rejected } from '#workers/mis/roster.ts'
import { fieldWords, fileProblemWords, mappingProblemWords, rejectedWords } from './words-import.ts'

const rejected = (rest: Partial<Rejected>): Rejected => ({
  line: 14,
  field: 'DOB',
  reason: 'not-a-date',
  subject: 'field',
  ...rest,
})

test('a rejected value is said with its line, its column and what to do', () => {
  expect(rejectedWords(rejected({}))).toBe(
    'Line 14, DOB: this is not a date. Use 23/11/2015 or 2015-11-23.',
  )
  expect(rejectedWords(rejected({ reason: 'upn-check-letter', field: 'UPN' }))).toBe(
    'Line 14, UPN: UPN not taken: its first letter does not match its digits, so one of them is mistyped.',
  )
  expect(rejectedWords(rejected({ subject: 'row', field: 'Surname', reason: 'no-surname' }))).toBe(
    'Line 14: the pupil has no surname, so this row was not taken. Add it in your school’s system.',
  )
})

test('a refused file says where, if it has a where', () => {
  expect(fileProblemWords({ reason: 'empty-file' })).toMatch(/^The file is empty\./)
  expect(fileProblemWords({ reason: 'quote-not-closed', line: 3 })).toMatch(
    /^Line 3: a quotation mark opens/,
  )
  expect(
    fileProblemWords({ reason: 'not-well-formed', line: 3, column: 9, detail: 'Pupil' }),
  ).toMatch(/^Line 3, character 9: the XML breaks here, at “Pupil”/)
  expect(fileProblemWords({ reason: 'too-big', detail: '31.0' })).toContain(
    '31.0 MB. The most that can be read is 12 MB',
  )
})

test('every field has its own words', () => {
  const names = [
    ...PUPIL_FIELDS.map((field) => fieldWords(`pupil.${field}`)),
    ...CONTACT_FIELDS.map((field) => fieldWords(`contact-2.${field}`)),
    fieldWords('ignore'),
  ]
  expect(new Set(names).size).toBe(PUPIL_FIELDS.length + CONTACT_FIELDS.length + 1)
  expect(fieldWords('contact-2.mobile')).toBe('Contact 2: mobile')
  expect(
    mappingProblemWords({ reason: 'same-field-twice', field: 'pupil.upn', headers: ['A', 'B'] }),
  ).toBe('UPN is chosen for more than one column: A, B. Choose it once.')
})
