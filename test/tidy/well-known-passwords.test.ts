import { expect, test } from 'vitest'
import { asKept, KEPT_AT } from '../../scripts/well-known-passwords.ts'
import { read } from './sources.ts'

test('the list of well-known passwords is that of its package: node scripts/well-known-passwords.ts', () => {
  expect(asKept().split(' ').length).toBeGreaterThan(5_000)
  expect(read(KEPT_AT)).toBe(asKept())
})

test('it is small enough for a Worker', () => {
  expect(read(KEPT_AT).length).toBeLessThan(80_000)
})
