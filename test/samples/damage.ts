import fc from 'fast-check'
import { strToU8 } from 'fflate'

/** How a file is damaged. Places are shares of its length, so that one damage fits every file. */
export type Damage = {
  cut: number | null
  splices: { at: number; remove: number; insert: Uint8Array }[]
  flips: [at: number, byte: number][]
  encoding: 'as it is' | 'utf-16' | 'latin-1' | 'mixed line ends'
  /** A piece of the file once more at another place: ids twice, rows that contradict each other. */
  again: { from: number; to: number; length: number } | null
}

export const utf8 = (text: string): Uint8Array => strToU8(text)

/** What damaged files, and files made to damage, have in them. */
const HOSTILE = [
  ...['"', '""', '\n', '\r', '\r\n', ',', ';', '\t', '\u0000', '\ufeff', '\u202e'],
  ...['<', '</', '&#x0;', '<![CDATA[', ']]>', '<Pupil>', '</Record>', '<a>'.repeat(200)],
  ...['<!DOCTYPE x [<!ENTITY a "b">]>', '=cmd|x', '@SUM(1)', '-1', 'NaN', '1e999', 'null'],
  ...['{', '}', '[', ']', ':', '\\', '\\u0000', '{"data":', '"__proto__":{}', '['.repeat(5_000)],
  ...['tobedeleted', 'constructor', 'toString', '31/02/2016', '2026-02-30', 'u1', '9919'],
  ...['9'.repeat(40), 'a'.repeat(2_000), '"'.repeat(500)],
]
/** What is wrong in one value and breaks no format. */
const HARMLESS = ['x', '7', ' ', '07700 900999', '31/02/2016', 'constructor', 'u1', '=1', '\u00e9']

const share = fc.double({ min: 0, max: 1, noNaN: true })

const seldom = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })

const rough: fc.Arbitrary<Damage> = fc.record({
  cut: seldom(share),
  splices: fc.array(
    fc.record({
      at: share,
      remove: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(400) }),
      insert: fc.oneof(fc.constantFrom(...HOSTILE).map(utf8), fc.uint8Array({ maxLength: 8 })),
    }),
    { maxLength: 4 },
  ),
  flips: fc.array(fc.tuple(share, fc.nat(255)), { maxLength: 3 }),
  encoding: fc.constantFrom('as it is', 'as it is', 'utf-16', 'latin-1', 'mixed line ends'),
  again: seldom(fc.record({ from: share, to: share, length: fc.nat(600) })),
})

/** So little that most of the file can still be read: what gets past the parser. */
export const mildDamage: fc.Arbitrary<Damage> = fc.record({
  cut: fc.constant(null),
  splices: fc.array(
    fc.record({
      at: share,
      remove: fc.nat(1),
      insert: fc.constantFrom(...HARMLESS).map(utf8),
    }),
    { maxLength: 1 },
  ),
  flips: fc.constant([]),
  encoding: fc.constantFrom('as it is', 'mixed line ends'),
  again: fc.constant(null),
})

export const damage: fc.Arbitrary<Damage> = fc.oneof(rough, mildDamage)

export function damaged(whole: Uint8Array, how: Damage): Uint8Array {
  let bytes = Buffer.from(whole)
  const place = (at: number) => Math.floor(at * bytes.length)
  if (how.again) {
    const { from, to, length } = how.again
    const piece = bytes.subarray(place(from), place(from) + length)
    bytes = Buffer.concat([bytes.subarray(0, place(to)), piece, bytes.subarray(place(to))])
  }
  for (const { at, remove, insert } of how.splices) {
    const start = place(at)
    bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)])
  }
  for (const [at, byte] of how.flips) bytes[Math.max(0, place(at) - 1)] = byte
  if (how.cut !== null) bytes = bytes.subarray(0, place(how.cut))
  return encoded(bytes, how.encoding)
}

function encoded(bytes: Buffer, encoding: Damage['encoding']): Uint8Array {
  if (encoding === 'as it is') return bytes
  const text = bytes.toString('utf8')
  if (encoding === 'utf-16') return Buffer.from(text, 'utf16le')
  if (encoding === 'latin-1') return Buffer.from(text, 'latin1')
  let turn = 0
  return utf8(text.replace(/\n/g, () => ['\r', '\r\n', '\n'][turn++ % 3] ?? '\n'))
}

const THE_WHOLE_AGAIN = 'the whole again'

const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => [inner], null)

/** Values of the wrong kind, or too deep, or the whole once more, put in anywhere: what no type promises. */
export const swaps: fc.Arbitrary<[at: number, by: unknown][]> = fc.array(
  fc.tuple(
    fc.nat(200),
    fc.oneof(
      fc.constantFrom<unknown>(null, '', 0, -1, 1e308, true, [], {}, [[]], [null], '=1+1'),
      fc.constantFrom<unknown>('constructor', '__proto__', 'x'.repeat(5_000), '001275', '9919'),
      fc.jsonValue({ maxDepth: 3 }),
      fc.nat(45).map(nested),
      fc.constant(THE_WHOLE_AGAIN),
    ),
  ),
  { maxLength: 3 },
)

export function swapped(value: unknown, [at, by]: [number, unknown]): unknown {
  const whole: unknown = structuredClone(value)
  const holders: [Record<string, unknown>, string][] = []
  const walk = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, each] of Object.entries(node)) {
      holders.push([node as Record<string, unknown>, key])
      walk(each)
    }
  }
  walk(whole)
  const [holder, key] = holders[at % Math.max(1, holders.length)] ?? []
  if (holder && key !== undefined) holder[key] = by === THE_WHOLE_AGAIN ? value : by
  return whole
}
