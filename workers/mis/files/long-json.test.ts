import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gunzipped, gzipped } from './gzip.ts'
import { fromLines, linesIn, toLines } from './long-json.ts'

async function* pieces(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

const written = (value: unknown) =>
  new TextEncoder().encode([...toLines(value)].map((line) => `${line}\n`).join(''))

const back = (bytes: Uint8Array, size: number) => fromLines(linesIn(pieces(bytes, size)))

describe('a value written as lines', () => {
  test('is the same again, however its bytes are cut into pieces', async () => {
    const values = fc.dictionary(fc.string(), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 40 }), async (value, size) => {
        const plain: unknown = JSON.parse(JSON.stringify(value))
        expect(await back(written(value), size)).toEqual(plain)
      }),
      { numRuns: 300 },
    )
  })

  test('has none of its long lists in one line', () => {
    const pupils = Array.from({ length: 5_000 }, (_, at) => ({ at, name: 'Arden' }))
    const lines = [...toLines({ data: 'roster', reading: { roster: { pupils } } })]
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(3_000)
    expect(lines).toHaveLength(101)
  })

  test('is refused where a line belongs into no list', async () => {
    for (const line of ['{"at":["none"],"all":[1]}', '{"at":["__proto__"],"all":[1]}']) {
      const bytes = new TextEncoder().encode(`{"some":[]}\n${line}\n`)
      await expect(back(bytes, 7)).rejects.toThrow('no list')
    }
    await expect(back(new Uint8Array(), 1)).rejects.toThrow('no line')
  })
})

test('packed bytes come out as they went in, and not where they were cut short', async () => {
  const plain = written({ marks: Array.from({ length: 20_000 }, (_, at) => ({ at })) })
  const packed: Uint8Array[] = []
  for await (const piece of gzipped(pieces(plain, 10_000))) packed.push(piece)
  const whole = Buffer.concat(packed)
  const out: Uint8Array[] = []
  for await (const piece of gunzipped(pieces(whole, 999))) out.push(piece)
  expect(Buffer.concat(out).equals(plain)).toBe(true)

  const cut = async () => {
    for await (const piece of gunzipped(pieces(whole.subarray(0, -9), 999))) void piece
  }
  await expect(cut()).rejects.toThrow()
})
