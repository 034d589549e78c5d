import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  add,
  fromStoredMillipence,
  millipence,
  NOTHING,
  showPence,
  showPounds,
  times,
} from './pence.ts'

test('320 numbers, two parts each, at 2.4p come to £15.36', () => {
  expect(showPounds(times(times(millipence(2.4), 2), 320))).toBe('£15.36')
})

test.each([
  [0, '£0.00', '0p'],
  [2.4, '£0.02', '2.4p'],
  [0.005, '£0.00', '0.005p'],
  [0.499, '£0.00', '0.499p'],
  [0.5, '£0.01', '0.5p'],
  [12, '£0.12', '12p'],
  [1536, '£15.36', '1536p'],
  [99.5, '£1.00', '99.5p'],
  [123450, '£1,234.50', '123450p'],
  [123456789, '£1,234,567.89', '123456789p'],
  [-5, '-£0.05', '-5p'],
  [-0.5, '-£0.01', '-0.5p'],
  [-0.4, '£0.00', '-0.4p'],
])('%f pence is %s, or %s', (pence, pounds, inPence) => {
  expect(showPounds(millipence(pence))).toBe(pounds)
  expect(showPence(millipence(pence))).toBe(inPence)
})

test('what is no whole number of thousandths of a penny throws', () => {
  for (const pence of [0.0001, 2.40001, Number.NaN, Infinity, 1e300]) {
    expect(() => millipence(pence)).toThrow(RangeError)
  }
  expect(() => fromStoredMillipence(2400.5)).toThrow(RangeError)
  expect(() => times(millipence(2.4), 1.5)).toThrow(RangeError)
  expect(() => add(fromStoredMillipence(Number.MAX_SAFE_INTEGER), millipence(1))).toThrow(
    RangeError,
  )
})

test('adding one part at a time never drifts from multiplying', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 0, max: 400 }),
      (price, n) => {
        const each = millipence(price / 1000)
        const added = Array.from({ length: n }).reduce<typeof each>(
          (sum) => add(sum, each),
          NOTHING,
        )
        expect(added).toBe(times(each, n))
        expect(each).toBe(fromStoredMillipence(price))
      },
    ),
    { seed: 105, numRuns: 300 },
  )
})
