import { expect, test } from 'vitest'
import { newRecoveryCode, readRecoveryCode } from './recovery-code.ts'

test('a code is ten characters in two groups, and never the same', () => {
  const codes = new Set(Array.from({ length: 1_000 }, newRecoveryCode))
  expect(codes.size).toBe(1_000)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
})

test.each([
  ['7K2MD-0QXW9', '7K2MD0QXW9'],
  [' 7k2md 0qxw9 ', '7K2MD0QXW9'],
  ['7K2MDOQXW9', '7K2MD0QXW9'],
  ['iK2Md-LQXW9', '1K2MD1QXW9'],
  ['7K2MD-0QXW', undefined],
  ['7K2MD-0QXW9X', undefined],
  ['7K2MD-0QXWU', undefined],
  ['', undefined],
])('%s is read as %s', (typed, code) => {
  expect(readRecoveryCode(typed)).toBe(code)
})
