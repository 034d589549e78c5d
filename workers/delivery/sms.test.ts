import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { describe, expect, test } from 'vitest'
import { gsmUnits } from './gsm.ts'
import { count, MAX_CULPRITS, MAX_PARTS, MAX_TEXT_LENGTH, normalise, split } from './sms.ts'

const a = (times: number): string => 'A'.repeat(times)

describe('the golden values of PRODUCT 10.3', () => {
  test.each([
    ['160×A', a(160), 'GSM-7', 1],
    ['161×A', a(161), 'GSM-7', 2],
    ['306×A', a(306), 'GSM-7', 2],
    ['307×A', a(307), 'GSM-7', 3],
    ['158×A and €', `${a(158)}€`, 'GSM-7', 1],
    ['159×A and €', `${a(159)}€`, 'GSM-7', 2],
    ['152×A, €, 152×A: packing, not the sum', `${a(152)}€${a(152)}`, 'GSM-7', 3],
    ['70×Ż', 'Ż'.repeat(70), 'UCS-2', 1],
    ['71×Ż', 'Ż'.repeat(71), 'UCS-2', 2],
    ['134×Ż', 'Ż'.repeat(134), 'UCS-2', 2],
    ['135×Ż', 'Ż'.repeat(135), 'UCS-2', 3],
    ['35×😀', '😀'.repeat(35), 'UCS-2', 1],
    ['36×😀', '😀'.repeat(36), 'UCS-2', 2],
  ])('%s', (_, text, encoding, parts) => {
    expect(count(text)).toMatchObject({ encoding, parts })
    expect(split(text)).toHaveLength(parts)
  })
})

describe('units, and how many are left in the last part', () => {
  test.each([
    ['', 0, 0, 160],
    ['A', 1, 1, 159],
    ['[]{}^\\|~€', 18, 1, 142],
    [a(160), 160, 1, 0],
    [a(161), 161, 2, 145],
    [`${a(152)}€${a(152)}`, 306, 3, 152],
    ['Ż', 1, 1, 69],
    ['Ż[€', 3, 1, 67],
    ['😀'.repeat(36), 72, 2, 61],
  ])('%j', (text, units, parts, left) => {
    expect(count(text)).toMatchObject({ units, parts, left })
  })
})

test('an escape never straddles two parts', () => {
  expect(split(`${a(152)}€${a(10)}`)).toEqual([a(152), `€${a(10)}`])
})

test('a surrogate pair never straddles two parts', () => {
  const parts = split('😀'.repeat(36))
  expect(parts).toEqual(['😀'.repeat(33), '😀'.repeat(3)])
})

test('the alphabet is that of the standard: 127 characters, and ten behind the escape', () => {
  const plane = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code))
  expect(plane.filter((character) => gsmUnits(character) === 1)).toHaveLength(127)
  expect(plane.filter((character) => gsmUnits(character) === 2).sort()).toEqual([
    '\f',
    '[',
    '\\',
    ']',
    '^',
    '{',
    '|',
    '}',
    '~',
    '€',
  ])
  expect(gsmUnits('Ç')).toBe(1)
  expect(gsmUnits('ç')).toBeUndefined()
})

describe('what a word processor left is made plain before it is counted', () => {
  test.each([
    ['Teddy’s “trip” – it’s on…', 'Teddy\'s "trip" - it\'s on...'],
    ['no\u00a0break\u202fspace\u2003here', 'no break space here'],
    ['tab\there', 'tab here'],
    ['one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['zero\u200bwidth\ufeff\u2060 soft\u00adhyphen', 'zerowidth softhyphen'],
    ['\u202egnirts\u202c\u0000\u0007', 'gnirts'],
    ['cafe\u0301', 'café'],
    ['`grave` and ´acute´', "'grave' and 'acute'"],
    ['half \ud83d a pair', 'half \ufffd a pair'],
  ])('%j', (typed, sent) => {
    expect(normalise(typed)).toBe(sent)
    expect(split(typed).join('')).toBe(sent)
  })

  test('so it costs no more than the plain words', () => {
    expect(count('Teddy’s trip – 9am… ' + a(140))).toEqual(count("Teddy's trip - 9am... " + a(140)))
    expect(count('Teddy’s trip').encoding).toBe('GSM-7')
  })

  test('letters of a name are never changed', () => {
    expect(normalise('Zofia Żak, Siân Ŵyn, Łukasz, ñandú')).toBe(
      'Zofia Żak, Siân Ŵyn, Łukasz, ñandú',
    )
  })

  test('emoji made of several stay whole', () => {
    expect(normalise('👨‍👩‍👧 ❤️')).toBe('👨‍👩‍👧 ❤️')
  })
})

describe('the characters to blame for UCS-2', () => {
  test('are named once each, in order, as a reader sees them', () => {
    expect(count('Siân Ŵyn, ŴŷŴ 👨‍👩‍👧 🇵🇱').culprits).toEqual(['â', 'Ŵ', 'ŷ', '👨‍👩‍👧', '🇵🇱'])
  })

  test('are none in GSM-7, and never a list without end', () => {
    expect(count('Plain [words] for €2').culprits).toEqual([])
    const cyrillic = Array.from({ length: 64 }, (_, at) => String.fromCharCode(0x410 + at)).join('')
    expect(count(cyrillic).culprits).toHaveLength(MAX_CULPRITS)
  })
})

test('the longest text that a form takes just fits', () => {
  expect(count(a(MAX_TEXT_LENGTH)).parts).toBe(MAX_PARTS)
  expect(count(a(MAX_TEXT_LENGTH + 1)).parts).toBe(MAX_PARTS + 1)
})

const gsm = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij 0123456789@£$¥èéùìòÇØøÅåΔΩß\n[]{}^\\|~€']
const single = [...'ŻżĄąŁłŴŵŶŷ中文']
const pairs = ['😀', '🎒', '🚌', '𝔸']

const texts = (unit: string[]) =>
  fc.string({ unit: fc.constantFrom(...unit), maxLength: 500, size: 'max' })

describe('against the calculator that Twilio publishes', () => {
  const agrees = (text: string): void => {
    const oracle = new SegmentedMessage(text, 'auto')
    const ours = count(text)
    expect(ours.encoding).toBe(oracle.getEncodingName())
    expect(ours.parts).toBe(text === '' ? 0 : oracle.segmentsCount)
    expect(ours.units).toBe(oracle.messageSize / (ours.encoding === 'GSM-7' ? 7 : 16))
  }

  test('texts of the plain alphabet', () => {
    fc.assert(fc.property(texts(gsm), agrees), { seed: 201, numRuns: 400 })
  })

  test('texts with other letters and emoji', () => {
    fc.assert(fc.property(texts([...gsm, ...single, ...pairs]), agrees), {
      seed: 202,
      numRuns: 400,
    })
  })

  test('texts that are long runs of what takes two units', () => {
    fc.assert(fc.property(texts(['€', 'A']), agrees), { seed: 203, numRuns: 300 })
    fc.assert(fc.property(texts(['😀', 'A']), agrees), { seed: 204, numRuns: 300 })
  })

  /**
   * That calculator also keeps emoji of several code points (a flag, a family) in one part. The
   * phone joins the parts before it draws, and networks cut between code points, so we do too: the
   * only units that must stay together are an escape with its character and a surrogate pair.
   */
  test('differs where an emoji of several code points meets the end of a part', () => {
    const family = `${'Ż'.repeat(64)}👨‍👩‍👧${'Ż'.repeat(62)}`
    expect(count(family)).toMatchObject({ units: 134, parts: 2, left: 0 })
    expect(split(family)[0]).toBe(`${'Ż'.repeat(64)}👨\u200d`)
    expect(new SegmentedMessage(family, 'auto').segmentsCount).toBe(3)
  })
})

test('whatever is typed: parts join to the text, none is too long, none cuts a pair', () => {
  const anything = fc.oneof(
    texts([...gsm, ...single, ...pairs]),
    fc.string({ unit: 'binary', maxLength: 400 }),
  )
  fc.assert(
    fc.property(anything, (typed) => {
      const { encoding, units, parts, left } = count(typed)
      const cut = split(typed)
      const most = encoding === 'GSM-7' ? [160, 153] : [70, 67]
      const lengths = cut.map((part) => count(part))
      expect(cut.join('')).toBe(normalise(typed))
      expect(normalise(normalise(typed))).toBe(normalise(typed))
      expect(cut).toHaveLength(parts)
      expect(cut.every((part) => part.isWellFormed())).toBe(true)
      if (encoding === 'GSM-7') {
        const room = most[parts > 1 ? 1 : 0] ?? 0
        expect(lengths.every((part) => part.units <= room)).toBe(true)
        expect(lengths.reduce((sum, part) => sum + part.units, 0)).toBe(units)
        expect(left).toBe(room - (lengths.at(-1)?.units ?? 0))
      } else {
        const room = most[parts > 1 ? 1 : 0] ?? 0
        expect(cut.every((part) => part.length <= room)).toBe(true)
        expect(left).toBe(room - (cut.at(-1)?.length ?? 0))
      }
    }),
    { seed: 205, numRuns: 300 },
  )
})
