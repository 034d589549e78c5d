import { describe, expect, test } from 'vitest'
import { expectedBy, isLate } from './agent.ts'

const at = (text: string): number => Date.parse(text)
const iso = (ms: number): string => new Date(ms).toISOString()

describe('the next night’s data is expected', () => {
  test('30 hours after the last, where no hour was said', () => {
    expect(iso(expectedBy(at('2026-11-23T02:00:00Z'), null))).toBe('2026-11-24T08:00:00.000Z')
  })

  test.each([
    ['after the run at 2am', '2026-11-23T02:00:00Z', '2026-11-24T07:00:00.000Z'],
    [
      'after a run at 11pm, which was that night’s',
      '2026-11-23T23:00:00Z',
      '2026-11-25T07:00:00.000Z',
    ],
    [
      'after a late run at 8am, the next morning all the same',
      '2026-11-23T08:00:00Z',
      '2026-11-24T07:00:00.000Z',
    ],
    ['over the night the clocks go forward', '2027-03-27T02:00:00Z', '2027-03-28T06:00:00.000Z'],
  ])('%s, by the hour in London', (_, now, then) => {
    expect(iso(expectedBy(at(now), 7))).toBe(then)
  })
})

test('only an agent at work is late, from that moment on', () => {
  expect(isLate({ state: 'active', expectedByMs: 1000 }, 1000)).toBe(true)
  expect(isLate({ state: 'active', expectedByMs: 1001 }, 1000)).toBe(false)
  expect(isLate({ state: 'active', expectedByMs: null }, 1000)).toBe(false)
  expect(isLate({ state: 'revoked', expectedByMs: 1000 }, 2000)).toBe(false)
})
