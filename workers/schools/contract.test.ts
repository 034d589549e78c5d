import { describe, expect, test } from 'vitest'
import { afterStep, contractSteps, firstState, isOver, stepsFrom } from './contract.ts'
import { contractStates } from './organisation.ts'

const today = '2026-11-23'
const school = { kind: 'school', state: 'active', startsOn: '2026-09-01', endsOn: null } as const

describe('the steps of a contract', () => {
  test('are these, from each state', () => {
    const allowed = Object.fromEntries(
      contractStates.map((state) => [state, stepsFrom({ kind: 'school', state })]),
    )
    expect(allowed).toEqual({
      trial: ['activate', 'give-notice', 'lock'],
      active: ['give-notice', 'lock'],
      notice: ['give-notice', 'withdraw-notice', 'lock'],
      locked: ['reopen'],
      purged: [],
    })
  })

  test.each(contractSteps)('%s does nothing to the operator itself', (step) => {
    const operator = { ...school, kind: 'operator' } as const
    expect(stepsFrom(operator)).toEqual([])
    expect(afterStep(operator, step, { today })).toEqual({ refused: 'not-a-customer' })
  })

  test('what is locked is not locked again, and what is purged stays so', () => {
    expect(afterStep({ ...school, state: 'locked' }, 'lock', { today })).toEqual({
      refused: 'not-now',
    })
    expect(afterStep({ ...school, state: 'purged' }, 'reopen', { today })).toEqual({
      refused: 'not-now',
    })
  })
})

describe('notice', () => {
  const given = (endsOn: string | null, startsOn: string | null = school.startsOn) =>
    afterStep({ ...school, startsOn }, 'give-notice', { today, endsOn })

  test('needs a day that is still to come, and later than the first', () => {
    expect(given(null)).toEqual({ refused: 'no-end-date', field: 'endsOn' })
    expect(given(today)).toEqual({ refused: 'end-date-passed', field: 'endsOn' })
    expect(given('2026-12-31', '2027-01-01')).toEqual({
      refused: 'end-date-passed',
      field: 'endsOn',
    })
    expect(given('2026-11-24')).toEqual({ state: 'notice', endsOn: '2026-11-24' })
  })

  test('can be given anew with another day, and taken back', () => {
    const noticed = { ...school, state: 'notice', endsOn: '2026-12-31' } as const
    expect(afterStep(noticed, 'give-notice', { today, endsOn: '2027-07-31' })).toEqual({
      state: 'notice',
      endsOn: '2027-07-31',
    })
    expect(afterStep(noticed, 'withdraw-notice', { today })).toEqual({
      state: 'active',
      endsOn: null,
    })
  })
})

test('the end of a trial is not the end of the contract that follows it', () => {
  const trial = { ...school, state: 'trial', endsOn: '2026-12-31' } as const
  expect(afterStep(trial, 'activate', { today })).toEqual({ state: 'active', endsOn: null })
  expect(afterStep({ ...trial, state: 'locked' }, 'reopen', { today })).toMatchObject({
    endsOn: null,
  })
})

test('locking before the end date keeps it; without one it is today', () => {
  expect(afterStep(school, 'lock', { today })).toEqual({ state: 'locked', endsOn: today })
  const noticed = { ...school, state: 'notice', endsOn: '2026-12-31' } as const
  expect(afterStep(noticed, 'lock', { today })).toEqual({ state: 'locked', endsOn: '2026-12-31' })
})

test('a contract is over from the beginning of its end date, once', () => {
  const noticed = { ...school, state: 'notice', endsOn: today } as const
  expect(isOver(noticed, '2026-11-22')).toBe(false)
  expect(isOver(noticed, today)).toBe(true)
  expect(isOver({ ...noticed, state: 'locked' }, today)).toBe(false)
  expect(isOver(school, '2036-01-01')).toBe(false)
})

test('a customer begins on trial, with a contract, or with one whose end is known', () => {
  expect(firstState(true, '2026-12-31')).toBe('trial')
  expect(firstState(false, null)).toBe('active')
  expect(firstState(false, '2027-07-31')).toBe('notice')
})
