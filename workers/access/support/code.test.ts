import { describe, expect, test } from 'vitest'
import { inGroups, newCode, readCode } from './code.ts'

const drawing = (...numbers: number[]) => {
  const left = [...numbers]
  return () => left.shift() ?? 0
}

describe('a code', () => {
  test('has six digits, those in front too', () => {
    expect(newCode(drawing(42))).toBe('000042')
    expect(newCode(drawing(1_482_913))).toBe('482913')
    for (let i = 0; i < 200; i++) expect(newCode()).toMatch(/^\d{6}$/)
  })

  test('is drawn again where the draw would favour some codes', () => {
    expect(newCode(drawing(4_294_000_000, 4_294_967_295, 7))).toBe('000007')
    expect(newCode(drawing(4_293_999_999, 7))).toBe('999999')
  })

  test('is read out in two groups, and read in however it is spaced', () => {
    expect(inGroups('482913')).toBe('482 913')
    for (const typed of ['482913', '482 913', ' 482-913 ', '48 29 13', '482.913']) {
      expect(readCode(typed)).toBe('482913')
    }
  })

  test.each(['', '48291', '4829133', '48291a', '４８２９１３', "482913' or 1=1"])(
    'is not made out of %j',
    (typed) => {
      expect(readCode(typed)).toBeUndefined()
    },
  )
})
