import { describe, expect, test } from 'vitest'
import { needOf, type Passed } from './need.ts'

const NOW = Date.UTC(2026, 10, 23, 9)
const DAY_MS = 24 * 60 * 60_000
const okafor: Passed = {
  role: 'administrator',
  grants: [],
  passwordChangedAtMs: NOW - 100 * DAY_MS,
  passwordChange: null,
  hasFactor: true,
  verifiedBy: 'totp',
}
const bell: Passed = { ...okafor, role: 'basic', hasFactor: false, verifiedBy: null }
const needs = (person: Passed, passwordDays: number | null = null) =>
  needOf(person, passwordDays, NOW)

describe('what must be done in a session', () => {
  test('is nothing where all is done', () => {
    expect(needs(okafor)).toBeNull()
    expect(needs(bell)).toBeNull()
  })

  test('is the second factor first, of whoever has one', () => {
    const asked: Passed = { ...okafor, verifiedBy: null, passwordChange: 'forced' }
    expect(needs(asked)).toBe('second-factor')
    expect(needs({ ...bell, hasFactor: true })).toBe('second-factor')
  })

  test.each<[string, Partial<Passed>]>([
    ['an Administrator', {}],
    ['a Data Manager', { role: 'data-manager' }],
    ['a Basic User with a grant', { role: 'basic', grants: ['attendance'] }],
    ['the operator’s Basic', { role: 'operator-basic' }],
    ['a virtual school head', { role: 'virtual-school-head' }],
  ])('is to make one, for %s without', (_, person) => {
    const without: Passed = { ...okafor, hasFactor: false, verifiedBy: null, ...person }
    expect(needs({ ...without, passwordChange: 'first' })).toBe('enrolment')
  })

  test('is a new password last, where one was asked for or the time is over', () => {
    expect(needs({ ...okafor, passwordChange: 'forced' })).toBe('new-password')
    expect(needs({ ...bell, passwordChange: 'first' })).toBe('new-password')
    expect(needs(bell, 100)).toBe('new-password')
    expect(needs(bell, 101)).toBeNull()
  })
})
