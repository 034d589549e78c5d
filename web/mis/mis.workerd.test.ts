import { env, exports } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as agents from '#agents'
import * as audit from '#audit'
import { invariant } from '#kernel'
import * as schools from '#schools'
import { Directory, type School } from '#shards'
import { keyFingerprint, newKeyPair } from '#vault'
import { premisesOf } from '#workers/env.ts'
import { statementSchema } from '#workers/mis/push/answers.ts'
import type { PushAddress } from '#workers/mis/push/wire.ts'
import {
  addressOf,
  type AgentSelf,
  askingAs,
  bodyHeadersOf,
  enrolledAgent,
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

/** As an agent, proved; with the answer opened where it is one. */
async function askAs(by: AgentSelf, path: string, init: RequestInit = {}, timeMs?: number) {
  const { method = 'GET', body, headers } = init
  const bytes = typeof body === 'string' ? Buffer.from(body) : (body as Uint8Array | undefined)
  const provable = path === '/imports' && bytes ? ('sealed' as const) : bytes
  const asked = { method, path: `/mis/v1${path}`, body: provable }
  const asking = await askingAs(by, asked, timeMs)
  const all = { ...asking.headers, ...(headers as Record<string, string>) }
  const answer = await ask(path, { ...init, headers: all })
  return { ...answer, said: (await asking.opened(answer.json)) as Record<string, unknown> }
}

type Change = { by?: AgentSelf; address?: Partial<PushAddress>; said?: Partial<PushAddress> }

/** Posts a push. `said` is what the headers say where it differs from what was sealed. */
async function push({ by = self, address = {}, said = {} }: Change = {}, body?: Uint8Array) {
  const sealedTo = addressOf(by, address)
  const bytes = body ?? (await sealedBy(by, payloadOf([{ pupil: WREN }], sealedTo), sealedTo))
  const headers = await bodyHeadersOf(by, { ...sealedTo, ...said })
  return askAs(by, '/imports', { method: 'POST', headers, body: bytes as Uint8Array<ArrayBuffer> })
}

const problemOf = ({ json }: { json: Record<string, unknown> }) =>
  String(json['type']).replace('urn:schoolgate:problem:', '')

const lastRefusal = async (agent: AgentSelf = self) =>
  (await audit.about(school, agent.id, 20)).find(({ action }) => action === 'agent.refused')

describe('hello', () => {
  test('anybody may know who the server is, and nothing else', async () => {
    const { json } = await ask('/hello')
    expect(Object.keys(json).sort()).toEqual(['fingerprint', 'keyId', 'publicKey', 'time'])
    const publicKey = Buffer.from(String(json['publicKey']), 'base64url')
    expect(json['fingerprint']).toBe(await keyFingerprint(publicKey))
  })

  test('an agent is told what it may send, sealed from the key that it has pinned', async () => {
    const { json, said } = await askAs(self, '/hello')
    expect(Object.keys(json)).toEqual(['sealed'])
    const statement = statementSchema.parse(said)
    expect(statement).toMatchObject({
      keyId: self.server.keyId,
      newApiKey: null,
      wantsNewAgentKey: false,
    })
    expect(statement.allowList.kinds).toContain('roster')
    expect(statement.allowList.fields.pupil).not.toContain('unrelated')
  })

  test('without a proof it says nothing to anybody', async () => {
    const { headers } = await askingAs(self, { method: 'GET', path: '/mis/v1/hello' })
    const { Authorization = '' } = headers
    const response = await ask('/hello', { headers: { Authorization } })
    expect([response.status, response.type]).toEqual([401, 'application/problem+json'])
  })
})

describe('a push', () => {
  test('is taken in at once, kept as it came, and told by its id', async () => {
    const address = addressOf(self)
    const body = await sealedBy(self, payloadOf([{ pupil: WREN }], address), address)
    const taken = await push({ address }, body)
    expect(taken.status).toBe(202)
    const id = String(taken.said['importId'])
    expect(id).toMatch(/^imp_/)
    const told = await askAs(self, `/imports/${id}`)
    expect(told.said).toMatchObject({ importId: id, kind: 'roster', scope: 'partial' })

    const again = await push({ address }, body)
    expect([again.status, again.said['importId']]).toEqual([202, id])
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
    const { said } = await push()
    const path = `/imports/${String(said['importId'])}`
    expect((await askAs(theirs, path)).status).toBe(404)
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

  test('a proof under an API key that is not its own', async () => {
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
    expect(problemOf(await push({ address: { key: 'key_none' } }))).toBe('unknown-key')
  })

  test('pinned to a key that is none of ours', async () => {
    const server = { keyId: 'key_none', publicKey: (await newKeyPair()).publicKey }
    expect(problemOf(await askAs(await spoilt({ server }), '/hello'))).toBe('key-too-old')
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
    const asked = { method: 'POST', path: '/mis/v1/imports', body: 'sealed' } as const
    const { headers } = await askingAs(self, asked)
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

  test('a revoked agent', async () => {
    const agent = await enrolledAgent(directory, school)
    await agents.revoke(directory, school, agent.id)
    expect((await push({ by: agent })).status).toBe(401)
  })
})
