import { expect, test } from 'vitest'
import { CONTACT_FIELDS, PUPIL_FIELDS } from '#workers/mis/read/index.ts'
import { fieldWords, fileProblemWords, mappingProblemWords } from './import.ts'

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
