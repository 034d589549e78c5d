import { expect, test } from 'vitest'
import { CODES_2024, type AttendanceCode, isCode2024, isPossible } from './codes-2024.ts'
import { readMarkCode } from './marks.ts'

const of = (meaning: string) =>
  Object.entries(CODES_2024)
    .filter(([, each]) => each.meaning === meaning)
    .map(([code]) => code)
    .sort()
const listed = (codes: string) => codes.split(' ').sort()

test('every code of August 2024 is there, once, with its meaning', () => {
  expect(of('present')).toEqual(listed('/ \\ L'))
  expect(of('approved-activity')).toEqual(listed('K V P W B'))
  expect(of('not-possible')).toEqual(listed('D X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7'))
  expect(of('authorised')).toEqual(listed('C1 M J1 S C2 C T R I E'))
  expect(of('unauthorised')).toEqual(listed('G N O U'))
  expect(of('not-counted')).toEqual(listed('Z #'))
  expect(Object.keys(CODES_2024)).toHaveLength(34)
})

test('a session is possible where somebody could have come', () => {
  const possible = (Object.keys(CODES_2024) as AttendanceCode[]).filter(isPossible)
  expect(possible.sort()).toEqual(listed('/ \\ L K V P W B C1 M J1 S C2 C T R I E G N O U'))
})

test('two characters are one code', () => {
  expect(readMarkCode('C2', '2026-11-23')).toEqual({ ok: true, code: 'C2' })
  expect(readMarkCode('C', '2026-11-23')).toEqual({ ok: true, code: 'C' })
  expect(readMarkCode('y7', '2026-11-23')).toEqual({ ok: true, code: 'Y7' })
  expect(readMarkCode('CC', '2026-11-23')).toEqual({ ok: false, reason: 'unknown-code' })
})

test.each(['H', 'J', 'Y'])('%s was withdrawn, and is said to be', (code) => {
  expect(isCode2024(code)).toBe(false)
  expect(readMarkCode(code, '2024-08-19')).toEqual({ ok: false, reason: 'withdrawn-code' })
})

test('a mark from before the table is not read by it', () => {
  expect(readMarkCode('/', '2024-07-19')).toEqual({ ok: false, reason: 'before-these-codes' })
})

test('names of every object are no codes', () => {
  for (const name of ['constructor', '__proto__', 'toString', '']) {
    expect(readMarkCode(name, '2026-11-23').ok).toBe(false)
  }
})
