import { ENC_BYTES, startSealing, TAG_BYTES } from '#vault'

/**
 * How data travels from the agent in a school to Schoolgate: the head `SGP1` and an encapsulated key, then
 * chunks, each its length (four bytes, big end first) and its ciphertext (HPKE, RFC 9180, auth_psk). Both ends
 * use this file. It holds no secret and reads no file.
 */
export const MAGIC = 'SGP1'
export const HEAD_BYTES = MAGIC.length + ENC_BYTES
/** Plain bytes in a chunk, at most: what is held in memory at a time. */
export const CHUNK_BYTES = 256 * 1024
export const MAX_SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
/** Bytes of a whole sealed body, at most. */
export const MAX_PUSH_BYTES = 50_000_000
/**
 * Plain bytes that are opened, at most. Read, compared and written anew they are in memory about five times, and a
 * Worker has 128 MB (Workers limits page; measured by `npm run bench -- memory`). The agent divides what is more, where
 * it can be divided.
 */
export const MAX_PLAIN_BYTES = 12_000_000
/** How far apart the clocks of the two sides may be, in milliseconds. */
export const MAX_CLOCK_DIFFERENCE_MS = 15 * 60_000

export const PUSH_KINDS = [
  'roster',
  'registers',
  'behaviour',
  'achievements',
  'detentions',
  'staff',
  'consents',
] as const
export type PushKind = (typeof PUSH_KINDS)[number]

/** `full`: who or what is missing from it has left or is no more. */
export const PUSH_SCOPES = ['full', 'partial'] as const
export type PushScope = (typeof PUSH_SCOPES)[number]

/** What a request says about a sealed body. Who sends it, and when, is another matter (`PROOF_HEADER`). */
export const pushHeaders = {
  /** The id of Schoolgate's key to which the body is sealed. */
  key: 'Schoolgate-Key',
  /** The id of the API key that it was sealed under (`secretId`): perhaps the one before. Never the key. */
  apiKey: 'Schoolgate-Api-Key',
  /** When it was sealed, in milliseconds since 1970 in UTC. */
  time: 'Schoolgate-Time',
  kind: 'Schoolgate-Kind',
  scope: 'Schoolgate-Scope',
  version: 'Schoolgate-Agent-Version',
} as const

/** All that a body is bound to. Said otherwise by the headers it comes with, it does not open. */
export type PushAddress = {
  organisation: string
  agent: string
  /** The id of Schoolgate's key. */
  key: string
  takenAtMs: number
  kind: PushKind | 'keys'
  scope: PushScope
}

export const infoOf = ({ organisation, agent, key, takenAtMs, kind, scope }: PushAddress): string =>
  ['schoolgate-push/1', organisation, agent, key, takenAtMs, kind, scope].join('\n')

/** What each chunk is bound to besides its number: only the last one may be the end. */
export const aboutChunk = (index: number, isLast: boolean): string =>
  `${isLast ? 'last' : 'chunk'}:${index}`

export type PushSealing = {
  address: PushAddress
  agentPrivateKey: Uint8Array
  /** Schoolgate's, as pinned. */
  serverPublicKey: Uint8Array
  apiKey: Uint8Array
}

/** The sealed body, piece by piece, of plain bytes that come in pieces of any size. */
export async function* sealBody(
  { address, agentPrivateKey, serverPublicKey, apiKey }: PushSealing,
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const context = await startSealing({
    info: infoOf(address),
    from: agentPrivateKey,
    to: serverPublicKey,
    shared: { id: address.agent, key: apiKey },
  })
  yield joined([new TextEncoder().encode(MAGIC), context.enc])
  let index = 0
  let waiting: Uint8Array | undefined
  for await (const chunk of chunksOf(plain)) {
    if (waiting) yield framed(await context.seal(waiting, aboutChunk(index++, false)))
    waiting = chunk
  }
  yield framed(await context.seal(waiting ?? new Uint8Array(), aboutChunk(index, true)))
}

/** The same bytes in pieces of CHUNK_BYTES, the last one shorter. */
async function* chunksOf(
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let room = new Uint8Array(CHUNK_BYTES)
  let held = 0
  for await (const piece of plain) {
    for (let start = 0; start < piece.length;) {
      const part = piece.subarray(start, start + CHUNK_BYTES - held)
      room.set(part, held)
      held += part.length
      start += part.length
      if (held < CHUNK_BYTES) continue
      yield room
      room = new Uint8Array(CHUNK_BYTES)
      held = 0
    }
  }
  if (held > 0) yield room.subarray(0, held)
}

function framed(sealed: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = new Uint8Array(LENGTH_BYTES)
  new DataView(length.buffer).setUint32(0, sealed.length)
  return joined([length, sealed])
}

/** Bytes that say how long a chunk is. */
export const LENGTH_BYTES = 4

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
