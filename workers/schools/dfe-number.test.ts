import { expect, test } from 'vitest'
import { parseDfeNumber, partsOfDfeNumber } from './dfe-number.ts'

test.each(['933/4012', '9334012', '933 4012', '933-4012', ' 933 / 4012 '])(
  '%j is the school 4012 of the authority 933',
  (typed) => {
    const number = parseDfeNumber(typed)
    expect(number).toBe('933/4012')
    expect(number && partsOfDfeNumber(number)).toEqual({ laCode: '933', establishment: '4012' })
  },
)

test.each([
  '',
  '4012',
  '933',
  '933/401',
  '933/40123',
  '93/34012',
  '933//4012',
  'H33/4012',
  '９３３/4012',
])('%j is no such number', (typed) => expect(parseDfeNumber(typed)).toBeUndefined())
