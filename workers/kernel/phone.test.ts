import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_TYPED_PHONE, parsePhone, showPhone, textProblem, type Phone } from './phone.ts'

const read = (raw: string): Phone => {
  const reading = parsePhone(raw)
  if (!reading.ok) throw new Error(`refused: ${reading.reason}`)
  return reading.phone
}

const refusal = (raw: string) => {
  const reading = parsePhone(raw)
  return reading.ok ? reading.phone : reading.reason
}

describe('a British mobile is understood however the office typed it', () => {
  test.each([
    '07700 900123',
    '07700900123',
    '07700-900-123',
    '07700.900.123',
    '07700 900123',
    '07700–900–123',
    '(07700) 900123',
    '０７７００ ９００１２３',
    '\u200b\t+44 7700 900123\ufeff \r\n',
    '+44 (0)7700 900 123',
    '+44 (0) 7700 900123',
    '+44 07700 900123',
    '+44(7700)900123',
    '0+44 7700 900123',
    '+07700 900123',
    '00447700900123',
    '0044 (0) 7700 900123',
    '447700900123',
    '4407700900123',
    '7700900123',
    '7700900123.0',
    '="07700900123"',
    "'07700900123",
    'tel:+447700900123',
    'Mob: 07700 900123',
    '07700 900123 (mum work)',
    '07700 900123 - try first',
    '07700 900123 (2)',
    '1) 07700 900123',
    'mum 07700 900123, after 5',
    '07700 900123;',
  ])('%j', (raw) => {
    expect(read(raw)).toEqual({ e164: '+447700900123', kind: 'mobile' })
  })
})

test.each([
  ['01632 960123', '+441632960123', 'landline'],
  ['(01632) 960123', '+441632960123', 'landline'],
  ['01632/960123', '+441632960123', 'landline'],
  ['1632960123', '+441632960123', 'landline'],
  ['01632 960999', '+441632960999', 'landline'],
  ['020 7946 0123', '+442079460123', 'landline'],
  ['+44 (20) 7946 0123', '+442079460123', 'landline'],
  ['07700 900000', '+447700900000', 'mobile'],
  ['07700 900999', '+447700900999', 'mobile'],
  ['07624 900123', '+447624900123', 'mobile'],
  ['0800 1111', '+448001111', 'other'],
  ['0300 123 4567', '+443001234567', 'other'],
  ['+1 202 555 0123', '+12025550123', 'mobile'],
  ['001-202-555-0123', '+12025550123', 'mobile'],
  ['+353 85 012 3456', '+353850123456', 'mobile'],
  ['+33 (0)6 12 34 56 78', '+33612345678', 'mobile'],
])('%j is %s, a %s', (raw, e164, kind) => {
  expect(read(raw)).toEqual({ e164, kind })
})

describe('what is not one number without a doubt is refused, and says why', () => {
  test.each([
    ['', 'empty'],
    [' \u00a0\u200b ', 'empty'],
    ['none', 'not-a-number'],
    ['n/a', 'not-a-number'],
    ['-', 'not-a-number'],
    ['07890x32109', 'not-a-number'],
    ['07;DROP TABLE 90', 'not-a-number'],
    ['07700,900123', 'not-a-number'],
    ['٠٧٧٠٠٩٠٠١٢٣', 'not-a-number'],
    ['1'.repeat(MAX_TYPED_PHONE + 1), 'not-a-number'],
    ['07700 900123 / 01632 960123', 'two-numbers'],
    ['07700 900123 or 07700 900124', 'two-numbers'],
    ['07700 900123\n07700 900124', 'two-numbers'],
    ['07700 900123 (07700 900124)', 'two-numbers'],
    ['07700 900123 01632 960123', 'two-numbers'],
    ['07700 900123 (01632) 960123', 'two-numbers'],
    ['07700 900123 +44 7700 900124', 'two-numbers'],
    ['07700 900123 or 456', 'two-numbers'],
    ['4.47701E+11', 'spreadsheet-damage'],
    ['7.7E+09', 'spreadsheet-damage'],
    ['7,700,900,123', 'spreadsheet-damage'],
    ['########', 'spreadsheet-damage'],
    ['#REF!', 'spreadsheet-damage'],
    ['020 7946 0123 ext 204', 'extension'],
    ['020 7946 0123 x204', 'extension'],
    ['01632 960123 (extension 12)', 'extension'],
    ['960123', 'too-short'],
    ['999', 'too-short'],
    ['07700 90012', 'too-short'],
    ['+44 7700 90012', 'too-short'],
    ['07700 9001234', 'too-long'],
    ['33612345678', 'too-long'],
    ['77009001234', 'too-long'],
    ['01632 961000', 'not-in-use'],
    ['0400 123 4567', 'not-in-use'],
    ['+1 555 555 5555', 'not-in-use'],
    ['+999 1234567', 'not-in-use'],
    ['09012 345678', 'premium-rate'],
    ['0871 234 5678', 'premium-rate'],
    ['+44 909 879 0123', 'premium-rate'],
    ['070 1234 5678', 'personal-number'],
    ['+44 70 1234 5678', 'personal-number'],
    ['7012345678', 'personal-number'],
    ['07600 123456', 'pager'],
    ['076 4012 3456', 'pager'],
  ])('%j: %s', (raw, reason) => {
    expect(refusal(raw)).toBe(reason)
  })
})

describe('texts go to British mobiles only', () => {
  test.each([
    ['07700 900123', undefined],
    ['07624 900123', undefined],
    ['01632 960123', 'not-a-mobile'],
    ['0800 1111', 'not-a-mobile'],
    ['+353 85 012 3456', 'not-uk'],
  ])('%s: %s', (raw, problem) => {
    expect(textProblem(read(raw))).toBe(problem)
  })
})

test.each([
  ['+447700900123', '07700 900123'],
  ['+441632960123', '01632 960123'],
  ['+442079460123', '020 7946 0123'],
  ['+33612345678', '+33 6 12 34 56 78'],
  ['not a number', 'not a number'],
])('%s is shown as %s', (e164, shown) => {
  expect(showPhone(e164)).toBe(shown)
})

test('what is shown is read back as the same number', () => {
  const drama = fc.constantFrom('+447700900', '+441632960', '+442079460')
  const ending = fc.integer({ min: 0, max: 999 }).map((number) => String(number).padStart(3, '0'))
  fc.assert(
    fc.property(drama, ending, (start, end) => {
      const e164 = start + end
      expect(read(showPhone(e164)).e164).toBe(e164)
      expect(read(e164)).toEqual(read(showPhone(e164)))
    }),
    { seed: 102, numRuns: 300 },
  )
})

test('no input throws, and none gives a premium, personal or paging number', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'0123456789+()/.- extEor,#'), maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 9 }).map((end) => `07${end}`),
    fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 9 }).map((end) => `09${end}`),
  )
  let accepted = 0
  fc.assert(
    fc.property(typed, (raw) => {
      const reading = parsePhone(raw)
      if (!reading.ok) return
      accepted++
      expect(reading.phone.e164).toMatch(/^\+[1-9]\d{6,14}$/)
      expect(reading.phone.e164).not.toMatch(/^\+44(?:70|9|76(?!24))/)
    }),
    { seed: 103, numRuns: 1500 },
  )
  expect(accepted).toBeGreaterThan(10)
})
