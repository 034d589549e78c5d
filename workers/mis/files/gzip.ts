type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Bytes packed as they come, in pieces of the platform's size. */
export const gzipped = (pieces: Pieces): AsyncGenerator<Uint8Array> =>
  through(pieces, new CompressionStream('gzip'))

/** And back. Throws where they were cut short or changed (RFC 1952 §2.3.1). */
export const gunzipped = (pieces: Pieces): AsyncGenerator<Uint8Array> =>
  through(pieces, new DecompressionStream('gzip'))

async function* through(
  pieces: Pieces,
  stream: CompressionStream | DecompressionStream,
): AsyncGenerator<Uint8Array> {
  const fed = feed(pieces, stream.writable as WritableStream<Uint8Array>)
  // What fails is told where it is waited for, below.
  fed.catch(() => undefined)
  for await (const piece of stream.readable) yield piece as Uint8Array
  await fed
}

async function feed(pieces: Pieces, writable: WritableStream<Uint8Array>): Promise<void> {
  const writer = writable.getWriter()
  try {
    for await (const piece of pieces) await writer.write(piece)
    await writer.close()
  } catch (error) {
    await writer.abort(error).catch(() => undefined)
    throw error
  }
}
