import fc from 'fast-check'
import { HEAD_BYTES, LENGTH_BYTES } from '#workers/mis/push/wire.ts'

/** What becomes of a sealed body on the way. Places are shares of its length, or of its chunks. */
export type BodyDamage =
  | { how: 'cut'; at: number }
  | { how: 'flip'; at: number; bit: number }
  | { how: 'swap' | 'repeat'; one: number; other: number }
  | { how: 'drop'; one: number }
  | { how: 'length'; one: number; length: number }
  | { how: 'more'; bytes: Uint8Array }
  | { how: 'head'; head: Uint8Array }
  | { how: 'head-of-another' | 'chunk-of-another' }

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

export const bodyDamage: fc.Arbitrary<BodyDamage> = fc.oneof(
  fc.record({ how: fc.constant('cut' as const), at: share }),
  fc.record({ how: fc.constant('flip' as const), at: share, bit: fc.nat(7) }),
  fc.record({ how: fc.constantFrom('swap' as const, 'repeat' as const), one: share, other: share }),
  fc.record({ how: fc.constant('drop' as const), one: share }),
  fc.record({ how: fc.constant('length' as const), one: share, length: fc.nat(0xff_ff_ff_ff) }),
  fc.record({ how: fc.constant('more' as const), bytes: fc.uint8Array({ maxLength: 60 }) }),
  fc.record({
    how: fc.constant('head' as const),
    head: fc.uint8Array({ minLength: HEAD_BYTES, maxLength: HEAD_BYTES }),
  }),
  fc.record({
    how: fc.constantFrom('head-of-another' as const, 'chunk-of-another' as const),
  }),
)

/** `other` is another body between the same two, for its head and its chunk. */
export function damagedBody(body: Uint8Array, other: Uint8Array, damage: BodyDamage): Uint8Array {
  const { head, chunks } = divided(body)
  const place = (at: number) => Math.floor(at * chunks.length)
  switch (damage.how) {
    case 'cut':
      return body.subarray(0, Math.floor(damage.at * body.length))
    case 'flip': {
      const at = Math.floor(damage.at * body.length)
      return body.with(at, (body[at] ?? 0) ^ (1 << damage.bit))
    }
    case 'swap':
    case 'repeat': {
      const [one, two] = [place(damage.one), place(damage.other)]
      const [first, second] = [chunks[one] ?? head, chunks[two] ?? head]
      const changed = damage.how === 'swap' ? chunks.with(one, second) : chunks
      return joined([head, ...changed.with(two, first)])
    }
    case 'drop':
      return joined([head, ...chunks.toSpliced(place(damage.one), 1)])
    case 'length': {
      const at = place(damage.one)
      const chunk = Buffer.from(chunks[at] ?? head)
      chunk.writeUInt32BE(damage.length)
      return joined([head, ...chunks.with(at, chunk)])
    }
    case 'more':
      return joined([body, damage.bytes])
    case 'head':
      return joined([damage.head, ...chunks])
    case 'head-of-another':
      return joined([divided(other).head, ...chunks])
    case 'chunk-of-another':
      return joined([head, ...chunks.slice(0, -1), ...divided(other).chunks])
  }
}

function divided(body: Uint8Array): { head: Uint8Array; chunks: Uint8Array[] } {
  const chunks: Uint8Array[] = []
  const view = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  for (let start = HEAD_BYTES; start < body.length;) {
    const end = start + LENGTH_BYTES + view.readUInt32BE(start)
    chunks.push(body.subarray(start, end))
    start = end
  }
  return { head: body.subarray(0, HEAD_BYTES), chunks }
}

const joined = (parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))
