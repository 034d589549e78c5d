import { ENC_BYTES, type OpeningContext, startOpening, TAG_BYTES } from '#vault'
import { type Bytes, bytesOf } from './bytes.ts'
import {
  aboutChunk,
  HEAD_BYTES,
  infoOf,
  LENGTH_BYTES,
  MAGIC,
  MAX_SEALED_CHUNK_BYTES,
  type PushAddress,
} from './wire.ts'

export type PushOpening = {
  address: PushAddress
  serverPrivateKey: Uint8Array
  /** The agent's, newest first: while it changes keys, either may have sealed. */
  agentPublicKeys: readonly Uint8Array[]
  apiKey: Uint8Array
}

/** `does-not-open`: sealed by another, for another, about another, or changed on the way. */
export type UnopenedReason = 'not-a-push' | 'does-not-open' | 'truncated'

/** Thrown where a body is not whole and as it was sealed. What came out before must not be used. */
export class Unopened extends Error {
  override name = 'Unopened'
  readonly reason: UnopenedReason
  constructor(reason: UnopenedReason) {
    super(reason)
    this.reason = reason
  }
}

/**
 * The plain bytes of a body, chunk by chunk. Whoever reads must read to the end before acting: that it
 * was cut short is known only there. Throws `Unopened`.
 */
export async function* openBody(
  opening: PushOpening,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const bytes = bytesOf(body)
  const head = await bytes.take(HEAD_BYTES)
  const enc = encOf(head)
  let sealed = await nextChunk(bytes)
  if (!sealed) throw new Unopened('truncated')
  let context: OpeningContext | undefined
  for (let index = 0; sealed; index++) {
    const next: Uint8Array | undefined = await nextChunk(bytes)
    const place = { index, isLast: next === undefined }
    if (context) {
      yield await opened(context, sealed, place)
    } else {
      const first = await firstThatOpens(opening, enc, sealed, place)
      context = first.context
      yield first.plain
    }
    sealed = next
  }
}

/** The encapsulated key, which is new in every body. Throws where the head is another's. */
export function encOf(head: Uint8Array): Uint8Array {
  if (head.length < HEAD_BYTES) throw new Unopened('truncated')
  if (new TextDecoder().decode(head.subarray(0, MAGIC.length)) !== MAGIC)
    throw new Unopened('not-a-push')
  return head.subarray(MAGIC.length, MAGIC.length + ENC_BYTES)
}

/**
 * Finds by whom a body was sealed, by its first chunk: throws where by nobody that could be meant. Cheap enough to
 * be done before a whole body is taken in.
 */
export async function firstThatOpens(
  { address, serverPrivateKey, agentPublicKeys, apiKey }: PushOpening,
  enc: Uint8Array,
  sealed: Uint8Array,
  place: ChunkPlace,
) {
  for (const from of agentPublicKeys) {
    const context = await startOpening({
      info: infoOf(address),
      enc,
      from,
      to: serverPrivateKey,
      shared: { id: address.agent, key: apiKey },
    })
    try {
      return { context, plain: await opened(context, sealed, place) }
    } catch (error) {
      // Sealed with another of the agent's keys, or not by it at all: the next one tells.
      if (error instanceof Unopened && error.reason === 'does-not-open') continue
      throw error
    }
  }
  throw new Unopened('does-not-open')
}

export type ChunkPlace = { index: number; isLast: boolean }

/** A chunk that opens, but not as the last one, was not the last one when the body was sealed. */
async function opened(
  context: OpeningContext,
  sealed: Uint8Array,
  { index, isLast }: ChunkPlace,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await context.open(sealed, aboutChunk(index, isLast))
  } catch {
    const isCut = isLast && (await opens(context, sealed, aboutChunk(index, false)))
    throw new Unopened(isCut ? 'truncated' : 'does-not-open')
  }
}

const opens = (context: OpeningContext, sealed: Uint8Array, about: string): Promise<boolean> =>
  context.open(sealed, about).then(
    () => true,
    () => false,
  )

/** Undefined at the end of the body. */
export async function nextChunk(bytes: Bytes): Promise<Uint8Array | undefined> {
  const prefix = await bytes.take(LENGTH_BYTES)
  if (prefix.length === 0) return undefined
  if (prefix.length < LENGTH_BYTES) throw new Unopened('truncated')
  const length = new DataView(prefix.buffer, prefix.byteOffset).getUint32(0)
  if (length < TAG_BYTES || length > MAX_SEALED_CHUNK_BYTES) throw new Unopened('not-a-push')
  const sealed = await bytes.take(length)
  if (sealed.length < length) throw new Unopened('truncated')
  return sealed
}
