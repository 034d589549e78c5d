import { Secret } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { appLink, codeAt, inGroups, newSecret, STEP_MS, stepAt, stepOf } from './totp.ts'

// RFC 6238, appendix B: the ASCII secret, and the last six of each SHA-1 code's eight digits.
const secret = Secret.fromUTF8('12345678901234567890').base32
const vectors = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
] as const

describe('a code', () => {
  test.each(vectors)('at %i s is %s', (atS, code) => {
    expect(codeAt(secret, stepAt(atS * 1000))).toBe(code)
    expect(stepOf(secret, code, atS * 1000)).toBe(Math.floor(atS / 30))
  })

  const NINE = Date.UTC(2026, 10, 23, 9)
  const step = stepAt(NINE)
  const code = codeAt(secret, step)

  test('is taken from one step before its own to one after, to the millisecond', () => {
    expect(stepOf(secret, code, NINE - STEP_MS)).toBe(step)
    expect(stepOf(secret, code, NINE - STEP_MS - 1)).toBeUndefined()
    expect(stepOf(secret, code, NINE + 2 * STEP_MS - 1)).toBe(step)
    expect(stepOf(secret, code, NINE + 2 * STEP_MS)).toBeUndefined()
  })

  test('may be typed as apps show it', () => {
    expect(stepOf(secret, ` ${code.slice(0, 3)} ${code.slice(3)} `, NINE)).toBe(step)
  })

  test.each(['', '12345', '1234567', 'abcdef', '１２３４５６', `${code}0`, '-1'])(
    'of another shape is none: %s',
    (typed) => expect(stepOf(secret, typed, NINE)).toBeUndefined(),
  )

  test('of somebody else’s app is none', () => {
    expect(stepOf(newSecret(), code, NINE)).toBeUndefined()
  })
})

describe('a secret', () => {
  test('has 160 bits, and is never the same', () => {
    expect(Secret.fromBase32(newSecret()).bytes).toHaveLength(20)
    expect(newSecret()).not.toBe(newSecret())
  })

  test('is shown in groups of four, and as a link that says whose it is', () => {
    expect(inGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ')
    const link = new URL(appLink(secret, 'okafor@st-botolphs.example'))
    expect(link.protocol).toBe('otpauth:')
    expect(link.searchParams.get('secret')).toBe(secret)
    expect(decodeURIComponent(link.pathname)).toContain('Schoolgate:okafor@st-botolphs.example')
  })
})
