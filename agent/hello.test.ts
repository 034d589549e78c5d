import { mkdtemp } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type KeyPair, newKeyPair } from '#vault'
import { PROOF_HEADER, readProof } from '../workers/agents/request-proof.ts'
import { answerInfoOf, sealJson } from '../workers/mis/push/answers.ts'
import {
  PAYLOAD_FORMAT,
  PAYLOAD_VERSION,
  type PayloadOpening,
  writePayload,
} from '../workers/mis/push/payload.ts'
import { sealBody } from '../workers/mis/push/wire.ts'
import { enrol, identify } from './enrol.ts'
import { greet } from './hello.ts'
import { sendAll } from './push.ts'
import { sealingFor } from './sealing.ts'
import { bytesOf, readSecrets, type Secrets, textOf, writeSecrets } from './secrets.ts'
import { putInSpool } from './spool.ts'
import { allowEverything } from './testing/allow-list.ts'
import { type Pretend, pretendSchoolgate } from './testing/pretend-schoolgate.ts'
import type { World } from './world.ts'

/** An agent behind a web filter that opens TLS: it may read, keep, change and answer all that passes. */
let schoolgate: Pretend
let world: World
let secrets: Secrets

beforeEach(async () => {
  schoolgate = await pretendSchoolgate()
  const state = await mkdtemp(join(tmpdir(), 'greeting-'))
  world = { state, network: {}, log: () => undefined } as unknown as World
  secrets = await enrolled()
})
afterEach(() => schoolgate.stop())

async function enrolled(): Promise<Secrets> {
  const address = new URL(schoolgate.address)
  const identity = await identify(world, address)
  if (!identity.ok) throw new Error('nobody answers')
  const told = await enrol(world, address, schoolgate.code, identity.value)
  if (!told.ok) throw new Error(told.code)
  return told.value.secrets
}

async function greeted(by: Secrets = secrets): Promise<Secrets> {
  const told = await greet(world, by)
  if (!told.ok) throw new Error(told.code)
  return told.value.secrets
}

const onDisk = async (): Promise<Secrets> => {
  const read = await readSecrets(world.state)
  if (!read.ok) throw new Error(read.reason)
  return read.secrets
}

/** Answers in Schoolgate's place, with the API key and a pair of its own, naming its key as Schoolgate's. */
async function filterWith(pair: KeyPair, apiKey: string) {
  const publicKey = textOf(pair.publicKey)
  const answer = async (request: IncomingMessage) => {
    const { keyId = '', nonce = '' } =
      readProof(request.headers[PROOF_HEADER.toLowerCase()] as string) ?? {}
    const { organisation, agentId } = secrets
    const info = answerInfoOf({
      organisation: organisation.id,
      agent: agentId,
      keyId,
      method: 'GET',
      path: '/mis/v1/hello',
      nonce,
    })
    const to = bytesOf(secrets.keyPairs[0]?.publicKey ?? '')
    const shared = { id: agentId, key: bytesOf(apiKey) }
    const statement = {
      timeMs: Date.now(),
      keyId: 'key_evil',
      publicKey,
      allowList: allowEverything,
      newApiKey: null,
      wantsNewAgentKey: false,
    }
    return sealJson({ info, from: pair.privateKey, to, shared }, statement)
  }
  const server = createServer((request, response) => {
    void answer(request).then((sealed) => response.end(JSON.stringify({ sealed })))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { address, stop: () => new Promise((resolve) => server.close(resolve)) }
}

test('a greeting forged with the API key alone is refused, and nothing is pinned or sealed to its key', async () => {
  const before = await onDisk()
  const filter = await filterWith(await newKeyPair(), secrets.apiKeys[0] ?? '')
  const told = await greet(world, { ...secrets, address: filter.address })
  await filter.stop()
  expect(told).toMatchObject({ ok: false, code: 'not-proven' })
  expect(await onDisk()).toEqual(before)
  const { sealing } = await sealingFor(await onDisk(), { kind: 'roster', scope: 'full' }, 0)
  expect(textOf(sealing.serverPublicKey)).toBe(before.serverKeys[0]?.publicKey)
})

test('the same from Schoolgate’s own key is believed: only the key makes the difference', async () => {
  const ours = (schoolgate as unknown as { serverKeys: { pair: KeyPair }[] }).serverKeys[0]
  if (!ours) throw new Error('no key')
  const filter = await filterWith(ours.pair, secrets.apiKeys[0] ?? '')
  const told = await greet(world, { ...secrets, address: filter.address })
  await filter.stop()
  expect(told).toMatchObject({ ok: true })
})

test('an enrolment that another key answers is none, and nothing is written down', async () => {
  const state = await mkdtemp(join(tmpdir(), 'greeting-'))
  const identity = await identify(world, schoolgate.address)
  if (!identity.ok) throw new Error('nobody answers')
  schoolgate.isImpostor = true
  const address = new URL(schoolgate.address)
  const told = await enrol({ ...world, state }, address, schoolgate.code, identity.value)
  expect(told).toMatchObject({ ok: false, code: 'not-proven' })
  expect(await readSecrets(state)).toEqual({ ok: false, reason: 'not-enrolled' })
})

test('neither code, login secret nor API key is in anything that crosses at enrolment', async () => {
  const crossed: string[] = []
  schoolgate.instead = (_path, request, response) => {
    const end = response.end.bind(response)
    response.end = ((text: string) => {
      crossed.push(text)
      return end(text)
    }) as typeof response.end
    request.on('data', (part: Buffer) => crossed.push(String(part)))
    return false
  }
  const { apiKeys, loginSecret } = await enrolled()
  expect(crossed.join('')).toContain('sealed')
  for (const secret of [schoolgate.code, loginSecret, ...apiKeys])
    expect(crossed.join('')).not.toContain(secret)
})

test('a new key of Schoolgate’s is pinned by the proof of the one before, however many came since', async () => {
  const [first] = secrets.serverKeys
  await schoolgate.turnServerKey()
  await schoolgate.turnServerKey()
  const { serverKeys } = await greeted()
  expect(serverKeys.map(({ id }) => id)).toEqual(['key_3', first?.id])
  expect((await onDisk()).serverKeys).toEqual(serverKeys)
})

test('where the answer about its new key was lost, it takes the new key up when it is greeted', async () => {
  schoolgate.keys.wantsNewAgentKey = true
  schoolgate.instead = (path, _request, response) => {
    if (path !== 'POST /mis/v1/keys') return false
    response.writeHead = (() => response.destroy()) as never
    return false
  }
  const offering = await greeted()
  const next = offering.nextKeyPair
  expect(schoolgate.agentPublicKeys[0]).toBe(next?.publicKey)
  expect(offering.keyPairs).toEqual(secrets.keyPairs)

  schoolgate.instead = undefined
  const after = await greeted(await onDisk())
  expect(after.keyPairs).toEqual([next, ...secrets.keyPairs])
  expect((await onDisk()).nextKeyPair).toBeUndefined()
})

test('a key that Schoolgate never got is offered again, and the old one goes on', async () => {
  schoolgate.keys.wantsNewAgentKey = true
  schoolgate.instead = (path, request, response) => {
    if (path !== 'POST /mis/v1/keys') return false
    request.resume()
    response.end(JSON.stringify({ sealed: 'A'.repeat(43) + '.' + 'A'.repeat(60) }))
    return true
  }
  const { nextKeyPair: first, keyPairs } = await greeted()
  expect(keyPairs).toEqual(secrets.keyPairs)
  schoolgate.instead = undefined
  expect((await greeted(await onDisk())).keyPairs[0]).toEqual(first)
})

test('an API key that Schoolgate does not know gives way to the one before', async () => {
  const [inUse = ''] = secrets.apiKeys
  const lost = textOf(crypto.getRandomValues(new Uint8Array(32)))
  await writeSecrets(world.state, { ...secrets, apiKeys: [lost, inUse] })
  expect((await greeted(await onDisk())).apiKeys).toEqual([inUse, lost])
  expect((await onDisk()).apiKeys).toEqual([inUse, lost])
})

/** A list of nobody, sealed under the API key that these secrets have in use. */
async function spooled() {
  const takenAtMs = Date.now()
  const { sealing, headers } = await sealingFor(secrets, PARTIAL, takenAtMs)
  const opening: PayloadOpening = {
    format: PAYLOAD_FORMAT,
    version: PAYLOAD_VERSION,
    ...PARTIAL,
    source: 'csv',
    school: null,
    feed: 'pupils',
    takenAt: new Date(takenAtMs).toISOString(),
    dropped: [],
  }
  const about = { feed: 'pupils', part: 0, sealedAtMs: takenAtMs, headers }
  return putInSpool(world.state, about, sealBody(sealing, writePayload(opening, [])))
}

const PARTIAL = { kind: 'roster', scope: 'partial' } as const

test('a body that was sealed before the API key changed is brought after it, as it was', async () => {
  const waiting = await spooled()
  schoolgate.keys.nextApiKey = textOf(crypto.getRandomValues(new Uint8Array(32)))
  const after = await greeted()
  expect(after.apiKeys).toEqual([schoolgate.keys.nextApiKey, ...secrets.apiKeys])
  expect(await sendAll(world, after, [waiting])).toMatchObject({ ok: true, importIds: ['imp_1'] })
  expect(schoolgate.keys.apiKey).toBe(after.apiKeys[0])
  expect(schoolgate.pushed).toHaveLength(1)
})

test('a proxy that asked twice and brings the second answer is asked anew', async () => {
  const nonces: string[] = []
  schoolgate.instead = (_path, request, response) => {
    nonces.push(String(request.headers[PROOF_HEADER.toLowerCase()]))
    if (nonces.length > 1) return false
    response.writeHead(409).end(JSON.stringify({ type: 'urn:schoolgate:problem:replayed' }))
    return true
  }
  await greeted()
  expect(new Set(nonces).size).toBe(2)
})

test('a clock that is an hour off is put right by Schoolgate’s, and remembered', async () => {
  schoolgate.aheadMs = 60 * 60_000
  const { clockAheadMs = 0 } = await greeted()
  expect(Math.abs(clockAheadMs + 60 * 60_000)).toBeLessThan(60_000)
  let greetings = 0
  schoolgate.instead = () => ++greetings < 0
  await greeted(await onDisk())
  expect(greetings).toBe(1)
})
