import { describe, expect, test } from 'vitest'
import { type KeyPair, newKeyPair } from '#vault'
import { openBody, type PushOpening, Unopened } from './open.ts'
import { CHUNK_BYTES, HEAD_BYTES, LENGTH_BYTES, type PushAddress, sealBody } from './wire.ts'

/** An agent seals, Schoolgate opens; somebody in between has changed what came. */
const address: PushAddress = {
  organisation: 'org_1',
  agent: 'agt_1',
  key: 'key_1',
  takenAtMs: 1_800_000_000_000,
  kind: 'roster',
  scope: 'full',
}
const agent = await newKeyPair()
const server = await newKeyPair()
const other = await newKeyPair()
const apiKey = new Uint8Array(32).fill(3)

const opening: PushOpening = {
  address,
  serverPrivateKey: server.privateKey,
  agentPublicKeys: [agent.publicKey],
  apiKey,
}

async function sealed(plain: Uint8Array, by: KeyPair = agent): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const sealing = {
    address,
    agentPrivateKey: by.privateKey,
    serverPublicKey: server.publicKey,
    apiKey,
  }
  for await (const part of sealBody(sealing, inPieces(plain, 70_000))) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}

function* inPieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function* arriving(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  yield* inPieces(bytes, size)
}

async function opened(body: Uint8Array, how: PushOpening = opening, size = 1000): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of openBody(how, arriving(body, size))) parts.push(part)
  return Buffer.concat(parts)
}

const reasonOf = async (body: Uint8Array, how = opening): Promise<string> => {
  try {
    await opened(body, how)
    return 'opened'
  } catch (error) {
    if (error instanceof Unopened) return error.reason
    throw error
  }
}

const sample = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 9)) % 256)

const SEALED_CHUNK = LENGTH_BYTES + CHUNK_BYTES + 16

describe('what was sealed opens as it was', () => {
  test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES + 17])(
    '%d bytes',
    async (length) => {
      const plain = sample(length)
      const body = await sealed(plain)
      expect((await opened(body)).equals(plain)).toBe(true)
    },
  )

  test('in whatever pieces it arrives', async () => {
    const body = await sealed(sample(3000))
    for (const size of [1, 7, 36, 100_000])
      expect((await opened(body, opening, size)).length).toBe(3000)
  })

  test('while the agent changes its key, either opens', async () => {
    const next = await newKeyPair()
    const both = { ...opening, agentPublicKeys: [next.publicKey, agent.publicKey] }
    expect(await reasonOf(await sealed(sample(10)), both)).toBe('opened')
    expect(await reasonOf(await sealed(sample(10), next), both)).toBe('opened')
  })

  test('two of the same are sealed differently', async () => {
    const [one, other] = [await sealed(sample(10)), await sealed(sample(10))]
    expect(Buffer.from(one).equals(other)).toBe(false)
  })
})

describe('a body that was cut short is not used', () => {
  test('at any byte of the last chunk, or before it', async () => {
    const body = await sealed(sample(100))
    for (let length = 0; length < body.length; length++)
      expect(await reasonOf(body.subarray(0, length)), `${length}`).toBe('truncated')
  })

  test('exactly after a chunk', async () => {
    const body = await sealed(sample(2 * CHUNK_BYTES + 5))
    for (const chunks of [1, 2])
      expect(await reasonOf(body.subarray(0, HEAD_BYTES + chunks * SEALED_CHUNK))).toBe('truncated')
  })
})

describe('a body that was changed is not used', () => {
  test('a bit anywhere', async () => {
    const body = await sealed(sample(200))
    for (let at = 0; at < body.length; at += 5) {
      const changed = body.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x10
      expect(await reasonOf(changed), `${at}`).not.toBe('opened')
    }
  })

  test('chunks put in another order, left out, or one twice', async () => {
    const body = await sealed(sample(3 * CHUNK_BYTES))
    const head = body.subarray(0, HEAD_BYTES)
    const at = (index: number) =>
      body.subarray(HEAD_BYTES + index * SEALED_CHUNK, HEAD_BYTES + (index + 1) * SEALED_CHUNK)
    const put = (...order: number[]) =>
      new Uint8Array(Buffer.concat([head, ...order.map((index) => at(index))]))
    expect(await reasonOf(put(0, 1, 2))).toBe('opened')
    for (const order of [[1, 0, 2], [0, 2], [0, 1, 1, 2], [0, 1, 2, 2], [2]])
      expect(await reasonOf(put(...order)), order.join()).toBe('does-not-open')
  })

  test('something behind the end', async () => {
    const body = await sealed(sample(10))
    const more = new Uint8Array(Buffer.concat([body, Buffer.from([0, 0, 0, 16]), Buffer.alloc(16)]))
    expect(await reasonOf(more)).toBe('does-not-open')
  })

  test('a chunk that says it is enormous is not waited for', async () => {
    const body = await sealed(sample(10))
    const huge = body.slice()
    huge.set([0xff, 0xff, 0xff, 0xff], HEAD_BYTES)
    expect(await reasonOf(huge)).toBe('not-a-push')
    expect(await reasonOf(Buffer.from('PK\u0003\u0004'.padEnd(100, 'x')))).toBe('not-a-push')
  })
})

describe('a body that is somebody else’s is not used', () => {
  const changes: [string, Partial<PushOpening> | Partial<PushAddress>][] = [
    ['another agent’s key', { agentPublicKeys: [other.publicKey] }],
    ['another API key', { apiKey: new Uint8Array(32).fill(4) }],
    ['another server’s key', { serverPrivateKey: other.privateKey }],
    ['another school', { organisation: 'org_2' }],
    ['another agent', { agent: 'agt_2' }],
    ['another key of the server’s', { key: 'key_2' }],
    ['another time', { takenAtMs: 1_800_000_000_001 }],
    ['another kind', { kind: 'staff' }],
    ['another scope', { scope: 'partial' }],
  ]
  test.each(changes)('%s', async (_, change) => {
    const how = 'agentPublicKeys' in change || 'apiKey' in change || 'serverPrivateKey' in change
    const opens = how
      ? { ...opening, ...change }
      : { ...opening, address: { ...address, ...change } }
    expect(await reasonOf(await sealed(sample(10)), opens as PushOpening)).toBe('does-not-open')
  })
})
