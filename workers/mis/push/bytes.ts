/** Bytes that come in pieces of any size, taken in counts that a format asks for. */
export type Bytes = {
  /** So many bytes; fewer only at the end. */
  take(count: number): Promise<Uint8Array>
  /** Whatever is still to come, what was taken too soon first. */
  rest(): AsyncGenerator<Uint8Array>
}

export function bytesOf(pieces: AsyncIterable<Uint8Array>): Bytes {
  const source = pieces[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array()
  return {
    take: async (count) => {
      const parts: Uint8Array[] = [held]
      let length = held.length
      while (length < count) {
        const { done, value } = await source.next()
        if (done) break
        parts.push(value)
        length += value.length
      }
      const whole = parts.length === 1 ? held : new Uint8Array(Buffer.concat(parts))
      held = whole.subarray(Math.min(count, whole.length))
      return whole.subarray(0, count)
    },
    rest: async function* () {
      if (held.length > 0) yield held
      held = new Uint8Array()
      for (;;) {
        const { done, value } = await source.next()
        if (done) return
        yield value
      }
    },
  }
}
