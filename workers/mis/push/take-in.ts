import { createHash } from 'node:crypto'
import * as agents from '#agents'
import * as audit from '#audit'
import { type ImportId, type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { pushAt } from '../files/objects.ts'
import { bytesOf } from './bytes.ts'
import { encOf, firstThatOpens, nextChunk, Unopened } from './open.ts'
import { openingOf } from './opening-of.ts'
import { HEAD_BYTES, LENGTH_BYTES, MAX_CLOCK_DIFFERENCE_MS, type PushAddress } from './wire.ts'

/** A body as it arrives, with what it says of itself. `length` is the number of its bytes. */
export type Arriving = {
  address: PushAddress
  apiKeyId: string
  length: number
  body: ReadableStream<Uint8Array>
}

export type TakenIn = { importId: ImportId; isNew: boolean }
export type TakeInRefusal = Refusal<
  'wrong-time' | 'unknown-key' | 'replayed' | 'not-a-push' | 'does-not-open' | 'truncated'
>

/**
 * Takes a body in as it comes: into the bucket, sealed as it is, with no more than a chunk of it in memory.
 * Before that the first chunk must open, so a wrong key of either side is told at once. The same body again
 * is the same import; another one under the same encapsulated key is refused.
 */
export async function takeIn(
  directory: Directory,
  school: School,
  files: R2Bucket,
  { address, apiKeyId, length, body }: Arriving,
): Promise<TakenIn | TakeInRefusal> {
  const agentId = address.agent as agents.AgentId
  const bytes = bytesOf(body)
  const head = await bytes.take(HEAD_BYTES)
  const enc = encIn(head)
  if (!enc) return refuse('not-a-push')
  const encFingerprint = await school.fingerprint('push', `${agentId} ${enc}`)
  const known = await agents.findPush(directory, agentId, encFingerprint)
  if (known && known.state !== 'arriving') {
    const isSame = (await digestOf(head, bytes.rest())) === known.digest
    return isSame ? { importId: known.importId, isNew: false } : refuse('replayed')
  }
  if (isWrongTime(address, directory.clock.now())) return refuse('wrong-time')

  const opening = await openingOf(directory, school, address, apiKeyId)
  if (!opening) return refuse('unknown-key')
  const first = await peeked(bytes, head, length)
  if ('refused' in first) return first
  const opens = await unopenedReason(() =>
    firstThatOpens(opening, encOf(head), first.chunk, { index: 0, isLast: first.isLast }),
  )
  if (opens) return refuse(opens)

  const { kind, scope, takenAtMs, key } = address
  const push = await agents.beginPush(directory, {
    organisationId: school.id,
    agentId,
    encFingerprint,
    serverKeyId: key,
    apiKeyId,
    kind,
    scope,
    takenAtMs,
    bytes: length,
  })
  const stored = after([head, framed(first.chunk)], bytes.rest())
  const digest = await keep(files, pushAt(school, push.importId), length, stored)
  await received(directory, school, push, { digest, bytes: length, address })
  return { importId: push.importId, isNew: true }
}

async function received(
  directory: Directory,
  school: School,
  push: agents.Push,
  { digest, bytes, address }: { digest: string; bytes: number; address: PushAddress },
): Promise<void> {
  const { agent, key, kind, scope } = address
  await school.commit(
    audit.entry(school, 'import.received', push.importId, { agent, key, kind, scope, bytes }),
  )
  await directory.write([
    agents.pushReceived(directory, push, { digest, bytes }),
    agents.agentChanged(directory, push.agentId, { lastPushAtMs: directory.clock.now() }),
  ])
}

const isWrongTime = ({ takenAtMs }: PushAddress, nowMs: number): boolean =>
  Math.abs(nowMs - takenAtMs) > MAX_CLOCK_DIFFERENCE_MS

function encIn(head: Uint8Array): string | undefined {
  try {
    return Buffer.from(encOf(head)).toString('base64url')
  } catch {
    return undefined
  }
}

/** The first chunk, and whether it is all: by the length that was announced. */
async function peeked(
  bytes: ReturnType<typeof bytesOf>,
  head: Uint8Array,
  length: number,
): Promise<{ chunk: Uint8Array; isLast: boolean } | Refusal<'not-a-push' | 'truncated'>> {
  let chunk: Uint8Array | undefined
  const reason = await unopenedReason(async () => {
    chunk = await nextChunk(bytes)
  })
  if (reason === 'not-a-push') return refuse('not-a-push')
  if (reason || !chunk) return refuse('truncated')
  return { chunk, isLast: length === head.length + LENGTH_BYTES + chunk.length }
}

async function unopenedReason(
  act: () => Promise<unknown>,
): Promise<Unopened['reason'] | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (error instanceof Unopened) return error.reason
    throw error
  }
}

function framed(chunk: Uint8Array): Uint8Array {
  const whole = new Uint8Array(LENGTH_BYTES + chunk.length)
  new DataView(whole.buffer).setUint32(0, chunk.length)
  whole.set(chunk, LENGTH_BYTES)
  return whole
}

async function* after(
  first: Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first
  yield* rest
}

/** Writes to the bucket as it comes, and gives back its digest. Throws where fewer bytes came than announced. */
async function keep(
  files: R2Bucket,
  key: string,
  length: number,
  pieces: AsyncIterable<Uint8Array>,
): Promise<string> {
  const { readable, writable } = new FixedLengthStream(length)
  const hash = createHash('sha256')
  const pump = async () => {
    const writer = writable.getWriter()
    try {
      for await (const piece of pieces) {
        hash.update(piece)
        await writer.write(piece)
      }
      await writer.close()
    } catch (error) {
      // The bucket must not wait for what does not come any more.
      await writer.abort(error).catch(() => undefined)
      throw error
    }
  }
  await Promise.all([files.put(key, readable), pump()])
  return hash.digest('base64url')
}

async function digestOf(head: Uint8Array, rest: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256').update(head)
  for await (const piece of rest) hash.update(piece)
  return hash.digest('base64url')
}
