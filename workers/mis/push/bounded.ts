import { Unusable } from './problem.ts'
import { MAX_PLAIN_BYTES } from './wire.ts'

/** The same bytes, up to what is opened at once. Throws `Unusable` at the first beyond it. */
export async function* bounded(
  plain: AsyncIterable<Uint8Array>,
  most = MAX_PLAIN_BYTES,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of plain) {
    bytes += piece.length
    if (bytes > most) throw new Unusable('too-big')
    yield piece
  }
}
