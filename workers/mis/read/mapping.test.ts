import { describe, expect, test } from 'vitest'
import { checkMapping, fitMapping, headersDigest, parseMapping } from './mapping.ts'
import type { Mapping } from './mapping.ts'

const HEADERS = ['Surname', 'Forename', 'UPN', 'Mobile', 'Mobile']
const mapping = (...fields: Mapping['columns'][number]['field'][]): Mapping => ({
  columns: HEADERS.map((header, index) => ({ header, field: fields[index] ?? 'ignore' })),
})

describe('a mapping is checked before it is saved', () => {
  test('surname, forename and something to know the pupil by are enough', () => {
    expect(checkMapping(mapping('pupil.surname', 'pupil.forename', 'pupil.upn'), HEADERS)).toEqual(
      [],
    )
  })
  test('everything that is missing is said at once', () => {
    expect(checkMapping(mapping(), HEADERS).map((problem) => problem.reason)).toEqual([
      'no-column-for-surname',
      'no-column-for-forename',
      'nothing-identifies-pupils',
    ])
  })
  test('one meaning, one column; and a contact needs a name', () => {
    const both = mapping(
      'pupil.surname',
      'pupil.forename',
      'pupil.upn',
      'contact-2.mobile',
      'contact-2.mobile',
    )
    expect(checkMapping(both, HEADERS)).toEqual([
      { reason: 'same-field-twice', field: 'contact-2.mobile', headers: ['Mobile', 'Mobile'] },
      { reason: 'contact-without-name-column', group: 2 },
    ])
  })
  test('another file’s mapping is refused', () => {
    expect(checkMapping(mapping(), ['Surname'])).toEqual([{ reason: 'not-this-files-columns' }])
  })
})

describe('a saved mapping finds its next file', () => {
  test('whatever order the columns come in', () => {
    expect(headersDigest(['UPN', 'Surname'])).toBe(headersDigest(['surname', 'UPN']))
    expect(headersDigest(['UPN', 'Surname'])).not.toBe(headersDigest(['UPN', 'Surname', 'DOB']))
    expect(headersDigest(['a,b'])).not.toBe(headersDigest(['a', 'b']))
  })
  test('columns that moved keep their meaning, equal headings in turn, new ones are left out', () => {
    const saved = mapping(
      'pupil.surname',
      'pupil.forename',
      'pupil.upn',
      'contact-1.mobile',
      'contact-2.mobile',
    )
    expect(
      fitMapping(saved, ['Mobile', 'UPN', 'FSM', 'Mobile', 'surname', 'Forename']).columns,
    ).toEqual([
      { header: 'Mobile', field: 'contact-1.mobile' },
      { header: 'UPN', field: 'pupil.upn' },
      { header: 'FSM', field: 'ignore' },
      { header: 'Mobile', field: 'contact-2.mobile' },
      { header: 'surname', field: 'pupil.surname' },
      { header: 'Forename', field: 'pupil.forename' },
    ])
  })
})

test('a mapping comes back from JSON, and nothing else does', () => {
  const whole = mapping('pupil.surname', 'contact-9.no-contact')
  expect(parseMapping(JSON.parse(JSON.stringify(whole)))).toEqual(whole)
  const bad: unknown[] = [
    null,
    'x',
    [],
    {},
    { columns: 'x' },
    { columns: [null] },
    { columns: [{ header: 'A' }] },
    { columns: [{ header: 'A', field: 'pupil.password' }] },
    { columns: [{ header: 'A', field: 'contact-0.mobile' }] },
    { columns: [{ header: 'A', field: 'contact-10.mobile' }] },
    { columns: [{ header: 'A', field: '__proto__' }] },
    { columns: Array.from({ length: 201 }, () => ({ header: 'A', field: 'ignore' })) },
  ]
  for (const value of bad) expect(parseMapping(value)).toBeUndefined()
})
