import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDayFields, parseIsoDate, parseUkDate, showDay } from './day.ts'

const refused = { ok: false, reason: 'not-a-date' }
const day = (date: string) => ({ ok: true, date })

test.each([
  ['2008-04-19', '2008-04-19'],
  [' 2008-04-19 ', '2008-04-19'],
  ['2008-04-19T00:00:00', '2008-04-19'],
  ['2008-04-19 00:00', '2008-04-19'],
  ['2024-02-29', '2024-02-29'],
  ['2000-02-29', '2000-02-29'],
])('%j is %s', (text, date) => {
  expect(parseIsoDate(text)).toEqual(day(date))
})

test.each([
  '',
  '2008-4-19',
  '2023-02-29',
  '1900-02-29',
  '2008-04-31',
  '2008-13-01',
  '2008-00-10',
  '2008-01-00',
  '0204-01-01',
  '20008-01-01',
  '2008-04-19T09:00:00',
  '19/04/2008',
  '２００８-04-19',
])('%j is no ISO date', (text) => {
  expect(parseIsoDate(text)).toEqual(refused)
})

test.each([
  ['19/04/2008', '2008-04-19'],
  ['9/4/2008', '2008-04-09'],
  ['19.04.2008', '2008-04-19'],
  ['19-04-2008', '2008-04-19'],
  ['19/04/2008 00:00:00', '2008-04-19'],
  ['04/12/2008', '2008-12-04'],
])('%j is %s: the day comes first', (text, date) => {
  expect(parseUkDate(text)).toEqual(day(date))
})

test.each([
  '',
  '19/04/08',
  '04/19/2008',
  '31/04/2008',
  '29/02/2023',
  '19/04-2008',
  '2008/04/19',
  '0/1/2008',
])('%j is no British date', (text) => {
  expect(parseUkDate(text)).toEqual(refused)
})

test.each([
  ['19', '4', '2008', '2008-04-19'],
  ['09', '04', '2008', '2008-04-09'],
  [' 1 ', 'September', '2026', '2026-09-01'],
  ['1', 'sept', '2026', '2026-09-01'],
  ['1', 'NOV', '2026', '2026-11-01'],
])('the fields %j %j %j are %s', (dayText, month, year, date) => {
  expect(parseDayFields(dayText, month, year)).toEqual(day(date))
})

test.each([
  ['', '4', '2008'],
  ['19', '', '2008'],
  ['19', '4', ''],
  ['19', '4', '08'],
  ['19', 'ju', '2008'],
  ['19', 'Smarch', '2008'],
  ['30', 'February', '2028'],
  ['1.5', '4', '2008'],
  ['-1', '4', '2008'],
])('the fields %j %j %j are no date', (dayText, month, year) => {
  expect(parseDayFields(dayText, month, year)).toEqual(refused)
})

test('a day is shown in words and read back from them', () => {
  expect(showDay('2008-04-09')).toBe('9 April 2008')
  const anyDay = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  fc.assert(
    fc.property(anyDay, (date) => {
      const [number = '', month = '', year = ''] = showDay(date).split(' ')
      expect(parseDayFields(number, month, year)).toEqual(parseIsoDate(date))
      expect(parseIsoDate(date)).toEqual(day(date))
    }),
    { seed: 106, numRuns: 500 },
  )
})
