import { expect, test } from 'vitest'
import { checkMapping, type Mapping } from '#workers/mis/read/mapping.ts'
import { errorsByColumn } from './column-errors.ts'

const errorsOf = (...fields: Mapping['columns'][number]['field'][]) => {
  const columns = fields.map((field, at) => ({ header: `H${at}`, field }))
  const headers = columns.map(({ header }) => header)
  return errorsByColumn({ columns }, checkMapping({ columns }, headers))
}

test('what is missing is said at a column of its own each, where it may be', () => {
  expect(errorsOf('pupil.gender', 'ignore', 'ignore', 'ignore')).toEqual({
    'column-1': expect.stringContaining('surname'),
    'column-2': expect.stringContaining('forename'),
    'column-3': expect.stringContaining('UPN'),
  })
})

test('a field that is chosen twice is said at both columns', () => {
  const errors = errorsOf('pupil.upn', 'pupil.surname', 'ignore', 'pupil.surname')
  expect(Object.keys(errors)).toEqual(['column-1', 'column-2', 'column-3'])
  expect(errors['column-1']).toBe(errors['column-3'])
  expect(errors['column-2']).toContain('forename')
})

test('nothing is lost where there are fewer columns than mistakes', () => {
  const errors = errorsOf('contact-1.mobile')
  for (const said of ['name of contact 1', 'surname', 'forename', 'UPN'])
    expect(errors['column-0']).toContain(said)
})
