import { MAX_LINE_BYTES } from './payload.ts'

/** A line of a push, from 1. `text` is undefined for one that is too long or no UTF-8. */
export type Line = { number: number; text: string | undefined }

/**
 * Lines of plain bytes that come in pieces of any size. One that is too long is passed over without being
 * kept: however long it is, no more than a line's worth of it is in memory.
 */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let parts: Uint8Array[] = []
  let length = 0
  let number = 1
  const keep = (part: Uint8Array) => {
    length += part.length
    if (length <= MAX_LINE_BYTES) parts.push(part)
    else parts = []
  }
  const taken = (): Line => {
    const line = { number: number++, text: length > MAX_LINE_BYTES ? undefined : read(parts) }
    parts = []
    length = 0
    return line
  }
  for await (const piece of pieces) {
    let start = 0
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, start)) {
      keep(piece.subarray(start, end))
      yield taken()
      start = end + 1
    }
    keep(piece.slice(start))
  }
  if (length > 0) yield taken()
}

const NEWLINE = 0x0a
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

function read(parts: Uint8Array[]): string | undefined {
  try {
    return decoder.decode(Buffer.concat(parts))
  } catch {
    return undefined
  }
}
