import { expect, test } from 'vitest'
import { londonDay, showDateTime } from '#kernel'
import { dueAfter, showTerm, termAfter, termAt } from './term.ts'

const at = (text: string): number => Date.parse(text)

test.each([
  // In summer London is an hour ahead: the term opens at midnight there.
  ['2026-08-31T22:59:59Z', '2026-summer', '2026-autumn'],
  ['2026-08-31T23:00:00Z', '2026-autumn', '2027-spring'],
  ['2026-11-23T08:30:00Z', '2026-autumn', '2027-spring'],
  ['2027-01-04T23:59:59Z', '2026-autumn', '2027-spring'],
  ['2027-01-05T00:00:00Z', '2027-spring', '2027-summer'],
  ['2027-04-19T22:59:59Z', '2027-spring', '2027-summer'],
  ['2027-04-19T23:00:00Z', '2027-summer', '2027-autumn'],
  ['2026-12-31T23:59:59Z', '2026-autumn', '2027-spring'],
])('at %s the term is %s, and %s comes next', (now, current, next) => {
  expect(termAt(at(now)).name).toBe(current)
  expect(termAfter(at(now)).name).toBe(next)
})

test('a review may be done until the end of the day four weeks after it opened', () => {
  const { opensAtMs } = termAt(at('2026-09-15T12:00:00Z'))
  expect(showDateTime(opensAtMs)).toBe('Tuesday 1 September 2026 at midnight')
  expect(londonDay(dueAfter(opensAtMs) - 1)).toBe('2026-09-29')
  expect(showDateTime(dueAfter(opensAtMs))).toBe('Wednesday 30 September 2026 at midnight')
})

test('one that opened late has its four weeks all the same', () => {
  expect(londonDay(dueAfter(at('2026-09-10T14:20:00Z')) - 1)).toBe('2026-10-08')
})

test('a term is said as people say it', () => {
  expect(showTerm('2026-autumn')).toBe('autumn term 2026')
})
