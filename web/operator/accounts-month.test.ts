import { expect, test } from 'vitest'
import { monthIn, monthsOffered, periodOf, showMonth } from './accounts-month.ts'

const now = Date.UTC(2026, 0, 31, 12)

test('two years of months are offered, this one first, over the turn of years', () => {
  const offered = monthsOffered(now)
  expect(offered.slice(0, 3)).toEqual(['2026-01', '2025-12', '2025-11'])
  expect([offered.length, offered.at(-1)]).toEqual([24, '2024-02'])
})

test('what is asked for and not offered is this month', () => {
  expect(monthIn('2025-12', now)).toBe('2025-12')
  for (const typed of [undefined, '', '2026-13', '1999-01', 'x', '__proto__']) {
    expect(monthIn(typed, now)).toBe('2026-01')
  }
})

test('a month is as long as London has it, clock changes included', () => {
  const hours = (month: string) => {
    const { fromMs, untilMs } = periodOf(month)
    return (untilMs - fromMs) / 3_600_000
  }
  expect(hours('2026-11')).toBe(30 * 24)
  expect(hours('2026-03')).toBe(31 * 24 - 1)
  expect(hours('2026-10')).toBe(31 * 24 + 1)
  expect(periodOf('2025-12').untilMs).toBe(Date.UTC(2026, 0, 1))
  expect(showMonth('2025-12')).toBe('December 2025')
})
