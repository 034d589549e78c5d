import { expect, test } from 'vitest'
import { type AttendanceCode, CODES_2024 } from '#kernel'
import { absencesAmong, figuresByMonth, figuresOf, until } from './figures.ts'
import type { SessionMark } from './mark.ts'
import { schoolYear } from './year-of.ts'

/** A morning and an afternoon a day from 2 November on. */
const sessions = (codes: readonly AttendanceCode[]): SessionMark[] =>
  codes.map((code, at) => ({
    date: `2026-11-${String(2 + Math.floor(at / 2)).padStart(2, '0')}`,
    session: at % 2 === 0 ? 'AM' : 'PM',
    code,
    minutesLate: null,
  }))

const times = (count: number, code: AttendanceCode): AttendanceCode[] =>
  Array.from({ length: count }, () => code)

test('only possible sessions are in the denominator', () => {
  const figures = figuresOf(sessions(['/', '\\', 'L', 'V', 'I', 'N', 'Y2', 'X', 'D', '#', 'Z']))
  expect(figures).toMatchObject({ possible: 6, attended: 4, authorised: 1, unauthorised: 1 })
  expect(figures.percentage).toBeCloseTo(66.67, 1)
})

test('late after the register closed is late, and missed', () => {
  expect(figuresOf(sessions(['U', 'L', '/']))).toMatchObject({ late: 2, attended: 2 })
})

test('nobody has a percentage of nothing', () => {
  expect(figuresOf([]).percentage).toBeNull()
  expect(figuresOf(sessions(['#', 'Z', 'X']))).toMatchObject({
    percentage: null,
    persistence: 'none',
  })
})

test('10% missed is persistent and 50% severe, to the session', () => {
  const of = (missed: number, present: number) =>
    figuresOf(sessions([...times(missed, 'I'), ...times(present, '/')])).persistence
  expect(of(1, 9)).toBe('persistent')
  expect(of(1, 10)).toBe('none')
  expect(of(5, 5)).toBe('severe')
  expect(of(4, 5)).toBe('persistent')
})

test('every code of the table counts as exactly one thing', () => {
  const codes = Object.keys(CODES_2024) as AttendanceCode[]
  const { possible, attended, authorised, unauthorised } = figuresOf(sessions(codes))
  expect(attended + authorised + unauthorised).toBe(possible)
  expect(possible).toBeLessThan(codes.length)
})

test('absences are listed the newest first, and what is entered ahead is none yet', () => {
  const marks = sessions(['I', '/', '/', 'N', 'C', 'C'])
  expect(absencesAmong(until(marks, '2026-11-03')).map(({ code }) => code)).toEqual(['N', 'I'])
})

test('each month has figures of its own', () => {
  const october: SessionMark = { date: '2026-10-30', session: 'AM', code: 'I', minutesLate: null }
  const months = figuresByMonth([october, ...sessions(['/', '\\'])])
  expect(months.map(({ month, figures }) => [month, figures.percentage])).toEqual([
    ['2026-10', 0],
    ['2026-11', 100],
  ])
})

test('a school year begins in August', () => {
  expect(schoolYear('2026-07-31')).toEqual({ from: '2025-08-01', to: '2026-07-31' })
  expect(schoolYear('2026-08-01')).toEqual({ from: '2026-08-01', to: '2027-07-31' })
})
