import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isQuietHours,
  londonDay,
  parseLocal,
  showDate,
  showDateTime,
  showShort,
  showTime,
  startOfDay,
} from './london.ts'

const at = (utc: string): number => Date.parse(utc)
const found = (utc: string, twice = false) => ({ ok: true, atMs: at(utc), twice })

test('an instant is shown as a school reads it', () => {
  const assembly = at('2026-11-23T08:15:00Z')
  expect(showDateTime(assembly)).toBe('Monday 23 November 2026 at 8:15am')
  expect(showDate(assembly)).toBe('Monday 23 November 2026')
  expect(showShort(assembly)).toBe('23 Nov 2026, 8:15am')
  expect(showDateTime(at('2026-07-01T14:05:59.999Z'))).toBe('Wednesday 1 July 2026 at 3:05pm')
})

test.each([
  ['2026-01-05T00:00:00Z', 'midnight'],
  ['2026-01-05T00:01:00Z', '12:01am'],
  ['2026-01-05T08:00:00Z', '8am'],
  ['2026-01-05T12:00:00Z', 'midday'],
  ['2026-01-05T12:30:00Z', '12:30pm'],
  ['2026-06-05T11:00:00Z', 'midday'],
  ['2026-01-05T23:59:00Z', '11:59pm'],
])('%s is %s', (utc, shown) => {
  expect(showTime(at(utc))).toBe(shown)
})

describe('the night of March, when 1am becomes 2am', () => {
  test('a time that the clock never shows is refused', () => {
    const skipped = { ok: false, reason: 'skipped-by-clock-change' }
    expect(parseLocal({ date: '2026-03-29', time: '01:00' })).toEqual(skipped)
    expect(parseLocal({ date: '2026-03-29', time: '01:30' })).toEqual(skipped)
    expect(parseLocal({ date: '2026-03-29', time: '01:59' })).toEqual(skipped)
  })

  test('the minutes on either side of it are one minute apart', () => {
    expect(parseLocal({ date: '2026-03-29', time: '00:59' })).toEqual(found('2026-03-29T00:59:00Z'))
    expect(parseLocal({ date: '2026-03-29', time: '02:00' })).toEqual(found('2026-03-29T01:00:00Z'))
    expect(showTime(at('2026-03-29T01:00:00Z'))).toBe('2am')
  })

  test('that day has 23 hours', () => {
    expect(startOfDay('2026-03-30') - startOfDay('2026-03-29')).toBe(23 * 3_600_000)
  })
})

describe('the night of October, when 1am comes twice', () => {
  test('a time that comes twice is the first of the two, and says so', () => {
    const first = found('2026-10-25T00:30:00Z', true)
    expect(parseLocal({ date: '2026-10-25', time: '01:30' })).toEqual(first)
    expect(parseLocal({ date: '2026-10-25', time: '01:00' })).toEqual(
      found('2026-10-25T00:00:00Z', true),
    )
  })

  test('the minutes on either side come once', () => {
    expect(parseLocal({ date: '2026-10-25', time: '00:59' })).toEqual(found('2026-10-24T23:59:00Z'))
    expect(parseLocal({ date: '2026-10-25', time: '02:00' })).toEqual(found('2026-10-25T02:00:00Z'))
  })

  test('the two are told apart when they are shown, and no other time is', () => {
    expect(showTime(at('2026-10-25T00:30:00Z'))).toBe('1:30am BST')
    expect(showTime(at('2026-10-25T01:30:00Z'))).toBe('1:30am GMT')
    expect(showTime(at('2026-10-24T23:30:00Z'))).toBe('12:30am')
    expect(showTime(at('2026-10-25T02:30:00Z'))).toBe('2:30am')
    expect(showTime(at('2026-10-26T01:30:00Z'))).toBe('1:30am')
    expect(showTime(at('2026-10-31T01:30:00Z'))).toBe('1:30am')
  })

  test('that day has 25 hours', () => {
    expect(startOfDay('2026-10-26') - startOfDay('2026-10-25')).toBe(25 * 3_600_000)
  })
})

test.each(['08:15', '8:15', '8.15am', '8:15 AM', '0815', '08:15:00', ' 8.15 am '])(
  '%j is a quarter past eight',
  (time) => {
    expect(parseLocal({ date: '2026-11-23', time })).toEqual(found('2026-11-23T08:15:00Z'))
  },
)

test.each([
  ['12am', '2026-11-23T00:00:00Z'],
  ['midnight', '2026-11-23T00:00:00Z'],
  ['12pm', '2026-11-23T12:00:00Z'],
  ['midday', '2026-11-23T12:00:00Z'],
  ['3.30pm', '2026-11-23T15:30:00Z'],
  ['1530', '2026-11-23T15:30:00Z'],
])('%s is %s', (time, utc) => {
  expect(parseLocal({ date: '2026-11-23', time })).toEqual(found(utc))
})

test.each(['', '8', 'soon', '24:00', '08:60', '13pm', '0am', '8:1', '123456'])(
  '%j is no time',
  (time) => {
    expect(parseLocal({ date: '2026-11-23', time })).toEqual({ ok: false, reason: 'not-a-time' })
  },
)

test('an impossible date is refused before its time is looked at', () => {
  const refused = { ok: false, reason: 'not-a-date' }
  expect(parseLocal({ date: '2026-02-29', time: 'soon' })).toEqual(refused)
})

test('the day in London is not the day in UTC just after a summer midnight', () => {
  expect(londonDay(at('2026-06-30T22:59:59Z'))).toBe('2026-06-30')
  expect(londonDay(at('2026-06-30T23:00:00Z'))).toBe('2026-07-01')
  expect(londonDay(at('2026-12-31T23:59:59Z'))).toBe('2026-12-31')
})

describe('quiet hours are from 9pm to 7am in London', () => {
  test.each([
    ['2026-01-05T20:59:59Z', false],
    ['2026-01-05T21:00:00Z', true],
    ['2026-01-06T06:59:59Z', true],
    ['2026-01-06T07:00:00Z', false],
    ['2026-07-05T19:59:59Z', false],
    ['2026-07-05T20:00:00Z', true],
    ['2026-07-06T05:59:59Z', true],
    ['2026-07-06T06:00:00Z', false],
    ['2026-10-25T01:30:00Z', true],
  ])('%s: %s', (utc, quiet) => {
    expect(isQuietHours(at(utc))).toBe(quiet)
  })
})

test('every minute that is read is shown as it was typed, on any day of 200 years', () => {
  const days = fc.integer({ min: at('2000-01-01T00:00:00Z') / 86_400_000, max: 76_000 })
  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 })
  fc.assert(
    fc.property(days, minutes, (day, minute) => {
      const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
      const time = new Date(minute * 60_000).toISOString().slice(11, 16)
      const reading = parseLocal({ date, time })
      if (!reading.ok) return expect(time.startsWith('01:')).toBe(true)
      expect(londonDay(reading.atMs)).toBe(date)
      const shown = showTime(reading.atMs).replace(' BST', '')
      expect(parseLocal({ date, time: shown })).toEqual(reading)
    }),
    { seed: 107, numRuns: 500 },
  )
})
