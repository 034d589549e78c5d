import { env, exports } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as agents from '#agents'
import * as audit from '#audit'
import { invariant, isRefusal, toBase64url } from '#kernel'
import * as schools from '#schools'
import { Directory, type School } from '#shards'
import { keyFingerprint, newKeyPair } from '#vault'
import { premisesOf } from '#workers/env.ts'
import {
  identitySchema,
  isStatementProven,
  openAnswer,
  statementSchema,
} from '#workers/mis/push/answers.ts'
import { type PushAddress, pushHeaders } from '#workers/mis/push/wire.ts'
import {
  addressOf,
  type AgentSelf,
  enrolledAgent,
  headersOf,
  payloadOf,
  sealedBy,
} from '../../test/cast/agent-client.ts'
import { rosterCsv } from '../../test/cast/roster-file.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'

/** St Botolph's agent at Schoolgate's door, and others who say that they are it. */
const bound = env as unknown as TestEnv
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let cast: Cast
let school: School
let self: AgentSelf

beforeAll(async () => {
  directory = new Directory(await premisesOf(bound))
  cast = await settle(directory)
  school = cast.botolphs.school
  self = await enrolledAgent(directory, school)
})

let networks = 0
/** Each from a network of its own, so that nobody is throttled for what others did. */
async function ask(path: string, init: RequestInit = {}, network = `198.51.100.${++networks}`) {
  const headers = { ...(init.headers as Record<string, string>), 'CF-Connecting-IP': network }
  const response = await worker.fetch(`http://schoolgate.test/mis/v1${path}`, { ...init, headers })
  const text = await response.text()
  const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
  return { status: response.status, json, type: response.headers.get('Content-Type') }
}

const WREN = {
  line: 1,
  key: { upn: null, admissionNumber: null, reference: 'agent-1' },
  surname: 'Nightingale',
  forename: 'Wilf',
  preferredForename: null,
  middleNames: null,
  gender: null,
  dateOfBirth: '2016-03-04',
  yearGroup: 'Year 4',
  registrationGroup: null,
  house: null,
  phones: [],
  emails: [],
  contacts: [],
}

type Change = { by?: AgentSelf; address?: Partial<PushAddress>; said?: Partial<PushAddress> }

/** Posts a push. `said` is what the headers say where it differs from what was sealed. */
async function push({ by = self, address = {}, said = {} }: Change = {}, body?: Uint8Array) {
  const sealedTo = addressOf(by, address)
  const bytes = body ?? (await sealedBy(by, payloadOf([{ pupil: WREN }], sealedTo), sealedTo))
  const headers = await headersOf(by, { ...sealedTo, ...said })
  return ask('/imports', { method: 'POST', headers, body: bytes as Uint8Array<ArrayBuffer> })
}

const problemOf = ({ json }: { json: Record<string, unknown> }) =>
  String(json['type']).replace('urn:schoolgate:problem:', '')

const lastRefusal = async (agent: AgentSelf = self) =>
  (await audit.about(school, agent.id, 20)).find(({ action }) => action === 'agent.refused')

describe('enrolling', () => {
  const bring = async (code: string, network?: string) => {
    const { publicKey } = await newKeyPair()
    const body = JSON.stringify({ code, agentPublicKey: toBase64url(publicKey), version: '1.0.0' })
    return ask('/enrolments', { method: 'POST', body }, network)
  }
  const newCode = async () => {
    const place = await agents.openEnrolment(directory, school, { name: 'New', nightlyHour: 7 })
    invariant(!isRefusal(place), 'there is room for one more')
    return place
  }

  test('a code opens once, and the trail knows both sides', async () => {
    const { id, code } = await newCode()
    const [one, other] = await Promise.all([bring(code), bring(code.toLowerCase())])
    expect([one.status, other.status].sort()).toEqual([201, 401])
    const { json } = one.status === 201 ? one : other
    const identity = identitySchema.parse((await ask('/hello')).json)
    expect(json).toMatchObject({
      agentId: id,
      keyId: identity.keyId,
      publicKey: identity.publicKey,
    })
    const entries = await audit.about(school, id, 10)
    const enrolled = entries.filter(({ action }) => action === 'agent.enrolled')
    expect(enrolled).toHaveLength(1)
    expect(enrolled[0]).toMatchObject({ subject: id, facts: { key: identity.keyId } })
    expect((await bring(code)).status).toBe(401)
  })

  test('a code of an hour ago opens nothing', async () => {
    const { id, code } = await newCode()
    const past = agents.agentChanged(directory, id, { codeExpiresAtMs: Date.now() - 1 })
    await directory.write([past])
    expect(problemOf(await bring(code))).toBe('no-such-code')
  })

  test('ten wrong codes, and a right one is not looked at', async () => {
    const { code } = await newCode()
    for (let tries = 0; tries < 10; tries++)
      expect((await bring(`WRONG-${tries}`, '203.0.113.7')).status).toBe(401)
    expect((await bring(code, '203.0.113.7')).status).toBe(429)
    expect((await bring(code)).status).toBe(201)
  })

  test('a key that seals nothing is refused, and the code is not used up', async () => {
    const { code } = await newCode()
    const agentPublicKey = toBase64url(new Uint8Array(32))
    const body = JSON.stringify({ code, agentPublicKey, version: '1' })
    expect(problemOf(await ask('/enrolments', { method: 'POST', body }))).toBe('not-a-key')
    expect((await bring(code)).status).toBe(201)
  })
})

describe('hello', () => {
  const hello = async (nonce = 'a-nonce-of-24-characters') => {
    const headers = { ...(await headersOf(self)), [pushHeaders.nonce]: nonce }
    const { json } = await ask('/hello', { headers })
    return json as { statement: string; proof: string; publicKey: string; fingerprint: string }
  }

  test('anybody may know who the server is, and nothing else', async () => {
    const { json } = await ask('/hello')
    expect(Object.keys(json).sort()).toEqual(['fingerprint', 'keyId', 'publicKey', 'time'])
    const publicKey = Buffer.from(String(json['publicKey']), 'base64url')
    expect(json['fingerprint']).toBe(await keyFingerprint(publicKey))
  })

  test('an agent is told what it may send, proved by its API key and its own nonce', async () => {
    const said = await hello()
    expect(await isStatementProven(self.apiKey, said)).toBe(true)
    expect(await isStatementProven(new Uint8Array(32), said)).toBe(false)
    const statement = statementSchema.parse(JSON.parse(said.statement))
    expect(statement).toMatchObject({
      nonce: 'a-nonce-of-24-characters',
      organisation: { id: school.id },
      newApiKey: null,
      wantsNewAgentKey: false,
    })
    expect(statement.allowList.kinds).toContain('roster')
    expect(statement.allowList.fields.pupil).not.toContain('unrelated')
  })

  test('without a nonce it says nothing', async () => {
    const response = await ask('/hello', { headers: await headersOf(self) })
    expect(response.status).toBe(400)
    expect(response.type).toBe('application/problem+json')
  })
})

describe('a push', () => {
  test('is taken in at once, kept as it came, and told by its id', async () => {
    const address = addressOf(self)
    const body = await sealedBy(self, payloadOf([{ pupil: WREN }], address), address)
    const taken = await push({ address }, body)
    expect(taken.status).toBe(202)
    const id = String(taken.json['importId'])
    expect(id).toMatch(/^imp_/)
    const told = await ask(`/imports/${id}`, { headers: await headersOf(self) })
    expect(told.json).toMatchObject({ importId: id, kind: 'roster', scope: 'partial' })

    const again = await push({ address }, body)
    expect([again.status, again.json['importId']]).toEqual([202, id])
    const entries = await audit.about(school, id, 10)
    expect(entries.filter(({ action }) => action === 'import.received')).toHaveLength(1)
    expect(entries.at(-1)?.facts).toMatchObject({ agent: self.id, key: self.server.keyId })
  })

  test('of many chunks comes whole', async () => {
    const address = addressOf(self)
    const csv = new TextEncoder().encode(rosterCsv({ pupils: 2, seed: 1 }))
    const lines = Array.from({ length: 3000 }, () => csv)
    const taken = await push({ address }, await sealedBy(self, lines, address))
    expect(taken.status).toBe(202)
  })

  test('of another agent is not shown', async () => {
    const theirs = await enrolledAgent(directory, cast.oakfield.school)
    const { json } = await push()
    const path = `/imports/${String(json['importId'])}`
    expect((await ask(path, { headers: await headersOf(theirs) })).status).toBe(404)
    expect((await ask(path)).status).toBe(401)
  })
})

describe('refused, with both sides by their ids in the trail', () => {
  // Each is counted against its agent, so each test has one of its own.
  beforeEach(async () => {
    for (const { id, state } of await agents.list(directory, school))
      if (state !== 'revoked') await agents.revoke(directory, school, id)
    self = await enrolledAgent(directory, school)
  })

  const spoilt = async (change: Partial<AgentSelf>) => ({ ...self, ...change })

  test('a wrong login', async () => {
    const by = await spoilt({ loginSecret: 'not-the-secret' })
    expect(problemOf(await push({ by }))).toBe('wrong-login')
    expect(await lastRefusal()).toMatchObject({
      subject: self.id,
      facts: { because: 'wrong-login', key: self.server.keyId },
    })
  })

  test('the name of an API key that is not its own', async () => {
    const by = await spoilt({ apiKey: new Uint8Array(32).fill(9) })
    expect(problemOf(await push({ by }))).toBe('wrong-api-key')
    expect((await lastRefusal())?.facts).toMatchObject({ because: 'wrong-api-key' })
  })

  test('a key of its own that it never had', async () => {
    const by = await spoilt({ pair: await newKeyPair() })
    expect(problemOf(await push({ by }))).toBe('does-not-open')
    expect((await lastRefusal())?.facts).toMatchObject({ because: 'does-not-open' })
  })

  test('sealed for another school', async () => {
    const address = { organisation: cast.oakfield.school.id }
    expect(problemOf(await push({ address }))).toBe('does-not-open')
  })

  test('sealed as another kind than it says', async () => {
    expect(problemOf(await push({ address: { kind: 'staff' }, said: { kind: 'roster' } }))).toBe(
      'does-not-open',
    )
  })

  test('sealed to a key that is none of ours', async () => {
    const server = { keyId: 'key_none', publicKey: (await newKeyPair()).publicKey }
    expect(problemOf(await push({ by: await spoilt({ server }) }))).toBe('unknown-key')
  })

  test.each([-16, 16])('sealed %d minutes from now', async (minutes) => {
    const response = await push({ address: { takenAtMs: Date.now() + minutes * 60_000 } })
    expect(problemOf(response)).toBe('wrong-time')
    expect(Date.parse(String(response.json['time']))).toBeGreaterThan(Date.now() - 60_000)
  })

  test('another body under a head that came before', async () => {
    const address = addressOf(self)
    const body = await sealedBy(self, payloadOf([{ pupil: WREN }], address), address)
    expect((await push({ address }, body)).status).toBe(202)
    const changed = body.slice()
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    expect(problemOf(await push({ address }, changed))).toBe('replayed')
    expect((await lastRefusal())?.facts).toMatchObject({ because: 'replayed' })
  })

  test('tampered with, cut short, or no push at all', async () => {
    const address = addressOf(self)
    const body = await sealedBy(self, payloadOf([{ pupil: WREN }], address), address)
    const changed = body.slice()
    changed[60] = (changed[60] ?? 0) ^ 1
    expect(problemOf(await push({ address }, changed))).toBe('does-not-open')
    expect(problemOf(await push({ address }, body.subarray(0, body.length - 3)))).toBe('truncated')
    expect(problemOf(await push({ address }, body.subarray(0, 20)))).toBe('not-a-push')
    expect(problemOf(await push({}, Buffer.from('PK'.padEnd(4000, '\u0000'))))).toBe('not-a-push')
    expect(await agents.latestPushes(directory, school, self.id)).toEqual([])
  })

  test('a body that does not say how long it is', async () => {
    const body = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1000)) })
    const headers = await headersOf(self)
    const response = await ask('/imports', { method: 'POST', headers, body })
    expect([response.status, problemOf(response)]).toEqual([411, 'length-required'])
  })

  test('data that no product needs', async () => {
    const { school: theirs } = cast.oakfield
    const found = await schools.find(directory, theirs.id)
    invariant(found, 'Oakfield is there')
    const other = await enrolledAgent(directory, theirs)
    const before = found.products
    await schools.changeProducts(directory, theirs, ['tell-by-text'])
    expect(problemOf(await push({ by: other, address: { kind: 'behaviour' } }))).toBe(
      'kind-not-taken',
    )
    await schools.changeProducts(directory, theirs, before)
  })

  test('after ten wrong logins, a right one too; another network is not looked at either', async () => {
    const agent = await enrolledAgent(directory, school)
    const wrong = { ...agent, loginSecret: 'no' }
    for (let tries = 0; tries < 10; tries++) await push({ by: wrong })
    expect((await push({ by: agent })).status).toBe(429)
    expect((await lastRefusal(agent))?.facts).toMatchObject({ because: 'throttled' })
    expect((await push()).status).toBe(202)
  })

  test('a revoked agent', async () => {
    const agent = await enrolledAgent(directory, school)
    await agents.revoke(directory, school, agent.id)
    expect((await push({ by: agent })).status).toBe(401)
  })
})

describe('keys change on both sides without a visit', () => {
  test('the API key, the agent’s own key, and Schoolgate’s', async () => {
    let agent = await enrolledAgent(directory, school)
    await agents.changeKeys(directory, school, agent.id)
    const headers = {
      ...(await headersOf(agent)),
      [pushHeaders.nonce]: 'a-nonce-of-24-characters',
    }
    const said = (await ask('/hello', { headers })).json as { statement: string; proof: string }
    expect(await isStatementProven(agent.apiKey, said)).toBe(true)
    const statement = statementSchema.parse(JSON.parse(said.statement))
    expect(statement.wantsNewAgentKey).toBe(true)
    const apiKey = await openAnswer(
      {
        organisation: school.id,
        agent: agent.id,
        keyId: statement.keyId,
        serverPublicKey: Buffer.from(statement.publicKey, 'base64url'),
        agentPrivateKey: agent.pair.privateKey,
        apiKey: agent.apiKey,
      },
      String(statement.newApiKey),
    )
    const old = agent
    // Until the new one is used the old one works.
    expect((await push({ by: old })).status).toBe(202)
    agent = { ...agent, apiKey }
    expect((await push({ by: agent })).status).toBe(202)
    expect(problemOf(await push({ by: old }))).toBe('wrong-api-key')

    const pair = await newKeyPair()
    const address = addressOf(agent, { kind: 'keys', scope: 'full' })
    const offer = [Buffer.from(JSON.stringify({ agentPublicKey: toBase64url(pair.publicKey) }))]
    const offered = await ask('/keys', {
      method: 'POST',
      headers: await headersOf(agent, address),
      body: await sealedBy(agent, offer, address),
    })
    expect(offered.status).toBe(204)
    // What was sealed with the key before may be on its way.
    expect((await push({ by: agent })).status).toBe(202)
    agent = { ...agent, pair }
    expect((await push({ by: agent })).status).toBe(202)

    await agents.turnKey(directory)
    expect((await push({ by: agent })).status).toBe(202)
    const { id, publicKey } = await agents.currentKey(directory)
    expect(id).not.toBe(agent.server.keyId)
    expect((await push({ by: { ...agent, server: { keyId: id, publicKey } } })).status).toBe(202)
  })

  test('a new key is taken from nobody but who holds the old one', async () => {
    const agent = await enrolledAgent(directory, school)
    const thief = { ...agent, pair: await newKeyPair() }
    const address = addressOf(thief, { kind: 'keys', scope: 'full' })
    const offer = [
      Buffer.from(JSON.stringify({ agentPublicKey: toBase64url(thief.pair.publicKey) })),
    ]
    const offered = await ask('/keys', {
      method: 'POST',
      headers: await headersOf(thief, address),
      body: await sealedBy(thief, offer, address),
    })
    expect(problemOf(offered)).toBe('does-not-open')
    expect((await push({ by: agent })).status).toBe(202)
  })
})
