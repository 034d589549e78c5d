import { describe, expect, test } from 'vitest'
import { newId } from '#kernel'
import { fold } from './fold.ts'
import { bySurname, isWithin, type PupilLine } from './pupil.ts'
import { matching } from './search.ts'

const pupil = (
  forename: string,
  surname: string,
  more: Partial<PupilLine['record']> = {},
  group = '4K',
): PupilLine => ({
  id: newId('pupil'),
  yearGroup: 'Year 4',
  registrationGroup: group,
  house: null,
  record: {
    forename,
    surname,
    preferredForename: null,
    middleNames: null,
    upn: null,
    admissionNumber: null,
    gender: null,
    dateOfBirth: null,
    ...more,
  },
})

const school = [
  pupil('Siân', 'O’Brien', { admissionNumber: '001234' }),
  pupil('Edward', 'Marsh', { preferredForename: 'Teddy' }, '5 Maple'),
  pupil('Łucja', 'Nowak'),
  pupil('Zoë', 'Smith-Jones'),
  pupil('Ana', 'van der Berg', { middleNames: 'Beatriz' }),
  pupil('Yiğit', 'Yılmaz'),
]

const found = (typed: string) => matching(school, typed).map(({ record }) => record.surname)

describe('searching pupils', () => {
  test.each([
    ['sian', ['O’Brien']],
    ['SIÂN', ['O’Brien']],
    ['obrien', ['O’Brien']],
    ["o'brien", ['O’Brien']],
    ['o’bri', ['O’Brien']],
    ['brien', ['O’Brien']],
    ['lucja', ['Nowak']],
    ['zoe smith', ['Smith-Jones']],
    ['smith-jo', ['Smith-Jones']],
    ['jones', ['Smith-Jones']],
    ['van der b', ['van der Berg']],
    ['bea', ['van der Berg']],
    ['yilmaz', ['Yılmaz']],
    ['teddy', ['Marsh']],
    ['edward marsh', ['Marsh']],
    ['marsh teddy', ['Marsh']],
    ['5 map', ['Marsh']],
    ['0012', ['O’Brien']],
  ])('%s finds %j', (typed, surnames) => {
    expect(found(typed)).toEqual(surnames)
  })

  test('every word must begin one of theirs', () => {
    expect(found('sian marsh')).toEqual([])
    expect(found('rien')).toEqual([])
    expect(found('1234')).toEqual([])
  })

  test('nothing typed, or nothing but signs, finds everyone', () => {
    expect(found('  ')).toHaveLength(school.length)
    expect(found('%_’')).toHaveLength(school.length)
  })

  test('a text pasted by mistake costs no more than a name', () => {
    expect(matching(school, 'sian '.repeat(100_000))).toHaveLength(1)
  })
})

test('folding takes accents off and leaves other scripts alone', () => {
  expect(fold('  Ø  Ångström ')).toBe('o angstrom')
  expect(fold('Ελένη 美玲')).toBe('ελενη 美玲')
})

test('a register is kept by surname and then first name, without regard to accents', () => {
  const sorted = [pupil('Zed', 'Ali'), pupil('Ana', 'Åli'), pupil('Ben', 'Zola')].sort(bySurname)
  expect(sorted.map(({ record }) => record.forename)).toEqual(['Ana', 'Zed', 'Ben'])
})

test('who was granted some years sees no pupil of another, nor one without a year', () => {
  expect(isWithin({ yearGroup: 'Year 4' }, null)).toBe(true)
  expect(isWithin({ yearGroup: null }, null)).toBe(true)
  expect(isWithin({ yearGroup: 'Year 4' }, ['Year 4', 'Year 5'])).toBe(true)
  expect(isWithin({ yearGroup: 'Year 6' }, ['Year 4', 'Year 5'])).toBe(false)
  expect(isWithin({ yearGroup: null }, ['Year 4'])).toBe(false)
  expect(isWithin({ yearGroup: 'Year 4' }, [])).toBe(false)
})
