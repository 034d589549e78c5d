import { expect, test } from 'vitest'
import { bounded } from './bounded.ts'
import { Unusable } from './problem.ts'

async function* pieces(...sizes: number[]) {
  for (const size of sizes) yield new Uint8Array(size)
}

async function sizeOf(plain: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0
  for await (const piece of plain) size += piece.length
  return size
}

test('bytes go through up to the limit, and not one beyond it', async () => {
  expect(await sizeOf(bounded(pieces(60, 40), 100))).toBe(100)
  await expect(sizeOf(bounded(pieces(60, 40, 1), 100))).rejects.toEqual(new Unusable('too-big'))
})
