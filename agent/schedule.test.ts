import { expect, test } from 'vitest'
import { nextDue } from './schedule.ts'

const next = (schedule: Parameters<typeof nextDue>[0], after: string): string =>
  new Date(nextDue(schedule, Date.parse(after))).toISOString()

const nightly = { at: ['02:15'] }
const registers = { everyMinutes: 20, from: '08:30', until: '09:30' }

test('a night’s push is due at its time by London’s clock, in winter and in summer', () => {
  expect(next(nightly, '2026-11-23T01:00:00Z')).toBe('2026-11-23T02:15:00.000Z')
  expect(next(nightly, '2026-11-23T02:15:00Z')).toBe('2026-11-24T02:15:00.000Z')
  expect(next(nightly, '2026-07-01T00:30:00Z')).toBe('2026-07-01T01:15:00.000Z')
})

test('in the nights when clocks change it is due once', () => {
  // 29 March 2026: 01:00 GMT becomes 02:00 BST, so 01:30 is left out and taken an hour later.
  expect(next({ at: ['01:30'] }, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z')
  // 25 October 2026: 01:30 comes twice, first in BST.
  const autumn = next({ at: ['01:30'] }, '2026-10-24T12:00:00Z')
  expect(autumn).toBe('2026-10-25T00:30:00.000Z')
  expect(next({ at: ['01:30'] }, autumn)).toBe('2026-10-26T01:30:00.000Z')
})

test('the earliest of several times comes first, in whatever order they are written', () => {
  expect(next({ at: ['22:00', '02:15'] }, '2026-11-23T00:00:00Z')).toBe('2026-11-23T02:15:00.000Z')
  expect(next({ at: ['22:00', '02:15'] }, '2026-11-23T03:00:00Z')).toBe('2026-11-23T22:00:00.000Z')
})

test('registers are due through the morning, and not at weekends unless the school says so', () => {
  expect(next(registers, '2026-11-23T08:31:00Z')).toBe('2026-11-23T08:50:00.000Z')
  expect(next(registers, '2026-11-23T09:30:00Z')).toBe('2026-11-24T08:30:00.000Z')
  expect(next(registers, '2026-11-27T12:00:00Z')).toBe('2026-11-30T08:30:00.000Z')
  const everyDay = { ...registers, days: ['sat' as const] }
  expect(next(everyDay, '2026-11-27T12:00:00Z')).toBe('2026-11-28T08:30:00.000Z')
})
