import { describe, expect, test } from 'vitest'
import { splitName } from './names.ts'
import { checkLetter, readUpn } from './upn.ts'
import {
  readBirthDate,
  readGender,
  readNoContact,
  readPriority,
  readRelationship,
  readYearGroup,
  readYesNo,
} from './values.ts'

describe('UPN', () => {
  test.each(['H801200001001', 'R674123101121', ' r674 1231 01121 '])('%s holds', (upn) => {
    expect(readUpn(upn)).toMatchObject({ ok: true })
  })
  test('a temporary UPN ends in a letter', () => {
    const twelve = '80120000100A'
    expect(readUpn(checkLetter(twelve) + twelve)).toMatchObject({ ok: true })
  })
  test.each([
    ['A801200001001', 'upn-check-letter'],
    ['R674123101120', 'upn-check-letter'],
    ['H80120000100', 'upn-shape'],
    ['IH01200001001', 'upn-shape'],
    ['I801200001001', 'upn-shape'],
    ['L830344538301229', 'upn-shape'],
  ])('%s: %s', (upn, reason) => expect(readUpn(upn)).toEqual({ ok: false, reason }))
  test('any single wrong digit is noticed', () => {
    for (let at = 1; at <= 12; at++) {
      const digit = (Number('H801200001001'[at]) + 1) % 10
      expect(
        readUpn(`${'H801200001001'.slice(0, at)}${digit}${'H801200001001'.slice(at + 1)}`).ok,
      ).toBe(false)
    }
  })
})

test.each([
  ['23/11/2015', '2015-11-23'],
  ['3/1/2016', '2016-01-03'],
  ['2015-11-23', '2015-11-23'],
  ['2015-11-23T00:00:00', '2015-11-23'],
  ['23/11/2015 00:00:00', '2015-11-23'],
  ['23-Nov-2015', '2015-11-23'],
  ['23 November 2015', '2015-11-23'],
])('born %s is %s', (raw, value) => expect(readBirthDate(raw)).toEqual({ ok: true, value }))

test.each(['31/02/2016', '11/23/2015', '2015-13-01', '42331', '23/11/15', 'Year 4', ''])(
  '%s is no date of birth',
  (raw) => expect(readBirthDate(raw)).toEqual({ ok: false, reason: 'not-a-date' }),
)
test.each(['01/01/1900', '31/12/2099'])('%s is nobody’s', (raw) =>
  expect(readBirthDate(raw)).toEqual({ ok: false, reason: 'date-not-plausible' }),
)

test.each([
  ['Year  4', 'Year 4'],
  ['Year 04', 'Year 4'],
  ['Yr 4', 'Year 4'],
  ['Y4', 'Year 4'],
  ['4', 'Year 4'],
  ['04', 'Year 4'],
  ['13', 'Year 13'],
  ['R', 'Reception'],
  ['YR', 'Reception'],
  ['Year R', 'Reception'],
  ['reception', 'Reception'],
  ['N1', 'Nursery'],
  ['N2', 'Nursery'],
  ['E2', 'Nursery'],
  ['Nursery', 'Nursery'],
  ['15', '15'],
  ['Sixth  Form', 'Sixth Form'],
  ['Year Group 9', 'Year 9'],
  ['Yellow', 'Yellow'],
])('year group %s is %s', (raw, words) => expect(readYearGroup(raw)).toBe(words))

test('flags', () => {
  for (const yes of ['Yes', 'Y', '1', 'true', 'T', 'TRUE'])
    expect(readYesNo(yes)).toEqual({ ok: true, value: true })
  for (const no of ['No', 'N', '0', 'false', 'F'])
    expect(readYesNo(no)).toEqual({ ok: true, value: false })
  expect(readYesNo('perhaps')).toEqual({ ok: false, reason: 'not-yes-or-no' })
})

test('a note in the no-contact column keeps messages from going', () => {
  expect(['Yes', 'Court order 3 May', '?', '1'].map(readNoContact)).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(['', 'No', 'N', '0', 'false'].map(readNoContact)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
})

test('codes become words, words stay', () => {
  expect(['PAM', 'stf', 'Mum', 'grandmother'].map(readRelationship)).toEqual([
    'Mother',
    'Step father',
    'Mum',
    'Grandmother',
  ])
  expect(['M', 'f', 'Non-binary'].map(readGender)).toEqual(['Male', 'Female', 'Non-binary'])
  expect(['1', '02', '10', '1.0'].map(readPriority)).toMatchObject([
    { value: 1 },
    { value: 2 },
    { value: 10 },
    { value: 1 },
  ])
  expect(['0', 'first', '-1', '100', '1.5'].map((raw) => readPriority(raw).ok)).not.toContain(true)
})

test.each([
  ['Mrs Folake Adeyemi', 'Mrs', 'Folake', 'Adeyemi'],
  ['Adeyemi, Folake (Mrs)', 'Mrs', 'Folake', 'Adeyemi'],
  ['Adeyemi, Mrs Folake', 'Mrs', 'Folake', 'Adeyemi'],
  ['Dr. J. van der Berg', 'Dr', 'J.', 'van der Berg'],
  ['Siobhán Ní Bhriain', null, 'Siobhán', 'Ní Bhriain'],
  ['Mum', null, null, 'Mum'],
  ['Father', null, null, 'Father'],
  ['Mr Marsh', 'Mr', null, 'Marsh'],
])('%s', (raw, title, forename, surname) => {
  expect(splitName(raw)).toEqual({ title, forename, surname })
})
