import { expect, test } from 'vitest'
import { newCode, readCode } from './code.ts'

test('a code is read however it is typed', () => {
  const code = newCode()
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/)
  const plain = code.replaceAll('-', '')
  expect(readCode(code)).toBe(plain)
  expect(readCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(plain)
  expect(readCode(plain.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(plain)
  expect(newCode()).not.toBe(code)
})

test.each(['', 'ABCDE', `${newCode()}A`, newCode().replace(/^./, 'U'), '../../etc/passwd'])(
  'what is no code is none: %s',
  (typed) => {
    expect(readCode(typed)).toBeUndefined()
  },
)
