import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as agents from '#agents'
import { invariant, isRefusal, stoppedClock, toBase64url } from '#kernel'
import { Directory, type School } from '#shards'
import { newKeyPair, secretId } from '#vault'
import { premisesOf } from '#workers/env.ts'
import { PROOF_GOOD_MS, PROOF_HEADER } from '#workers/agents/request-proof.ts'
import { statementSchema } from '#workers/mis/push/answers.ts'
import { writeBacksSchema } from '#workers/mis/write-backs/line.ts'
import { pushHeaders } from '#workers/mis/push/wire.ts'
import {
  addressOf,
  type AgentSelf,
  askingAs,
  bodyHeadersOf,
  enrolledAgent,
  payloadOf,
  sealedBy,
} from '../../test/cast/agent-client.ts'
import { settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'

/** What an agent asks past a web filter that reads, keeps, repeats and changes whatever it likes. */
const bound = env as unknown as TestEnv
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let school: School
let self: AgentSelf

beforeAll(async () => {
  directory = new Directory(await premisesOf(bound))
  school = (await settle(directory)).botolphs.school
  self = await enrolledAgent(directory, school)
})

let networks = 0
type Sent = { method?: string; headers: Record<string, string>; body?: string | Uint8Array }

async function send(path: string, { method = 'GET', headers, body }: Sent) {
  const network = { 'CF-Connecting-IP': `198.51.100.${++networks}` }
  const response = await worker.fetch(`http://schoolgate.test/mis/v1${path}`, {
    method,
    headers: { ...headers, ...network },
    ...(body !== undefined && { body: body as string }),
  })
  const text = await response.text()
  const json = JSON.parse(text) as Record<string, unknown>
  const problem = String(json['type'] ?? '').replace('urn:schoolgate:problem:', '')
  return { status: response.status, json, problem, text }
}

const asking = (by: AgentSelf, path: string, method = 'GET', body?: Uint8Array, timeMs?: number) =>
  askingAs(by, { method, path: `/mis/v1${path}`, body }, timeMs)

/** A request made and sent, and its answer opened. */
async function ask(by: AgentSelf, path: string, method = 'GET', body?: string) {
  const bytes = body === undefined ? undefined : Buffer.from(body)
  const { headers, opened } = await asking(by, path, method, bytes)
  const answer = await send(path, { method, headers, ...(bytes && { body: bytes }) })
  return { ...answer, said: await opened(answer.json) }
}

const ACKNOWLEDGEMENT = '/write-backs/acknowledgement'
const nothing = JSON.stringify({ outcomes: [] })

describe('with what a filter read of one request', () => {
  test('it makes no other: not for write-backs, not to acknowledge them', async () => {
    const { headers } = await asking(self, '/hello')
    expect((await send('/hello', { headers })).status).toBe(200)
    expect((await send('/write-backs', { headers })).problem).toBe('wrong-api-key')
    const body = nothing
    expect((await send(ACKNOWLEDGEMENT, { method: 'POST', headers, body })).problem).toBe(
      'wrong-api-key',
    )
    const { [PROOF_HEADER]: _, ...login } = headers
    const named = { ...login, [pushHeaders.apiKey]: await secretId(self.apiKey) }
    expect((await send('/write-backs', { headers: named })).problem).toBe('not-signed-in')
  })

  test('it does not have it answered again', async () => {
    const { headers } = await asking(self, '/write-backs')
    const both = await Promise.all([1, 2].map(() => send('/write-backs', { headers })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await send('/write-backs', { headers })).problem).toBe('replayed')
  })

  test('it puts in no other body', async () => {
    const { headers } = await asking(self, ACKNOWLEDGEMENT, 'POST', Buffer.from(nothing))
    const body = JSON.stringify({ outcomes: [{ id: 'wrb_1', outcome: 'written' }] })
    const changed = await send(ACKNOWLEDGEMENT, { method: 'POST', headers, body })
    expect(changed.problem).toBe('another-body')
    expect((await ask(self, ACKNOWLEDGEMENT, 'POST', nothing)).said).toEqual({
      acknowledged: 0,
      unknown: [],
    })
  })

  test.each([-1, 1])('it does not keep it for long', async (side) => {
    const agent = await enrolledAgent(directory, school)
    const atMs = Date.now() + side * (PROOF_GOOD_MS + 60_000)
    const { headers } = await asking(agent, '/hello', 'GET', undefined, atMs)
    const { problem, json } = await send('/hello', { headers })
    expect(problem).toBe('wrong-time')
    expect(Date.parse(String(json['time']))).toBeGreaterThan(Date.now() - 60_000)
  })

  test('it reads no answer, and none is another’s or another request’s', async () => {
    const { headers, opened } = await asking(self, '/write-backs')
    const { json, text } = await send('/write-backs', { headers })
    expect(Object.keys(json)).toEqual(['sealed'])
    expect(text).not.toContain('writeBacks')
    expect(writeBacksSchema.parse(await opened(json))).toEqual({ writeBacks: [], more: false })
    for (const [by, path] of [
      [self, '/write-backs'],
      [self, '/hello'],
      [{ ...self, apiKey: new Uint8Array(32) }, '/write-backs'],
      [{ ...self, pair: await newKeyPair() }, '/write-backs'],
    ] as const) {
      expect(await (await asking(by, path)).opened(json)).toBeUndefined()
    }
  })

  test('what it knows of requests is forgotten when they are refused by their time', async () => {
    const count = async (of: Directory) => {
      await of.write([agents.requestsForgotten(of)])
      const { results } = await bound.DIRECTORY.prepare('select * from agent_requests').all()
      return results.length
    }
    expect(await count(directory)).toBeGreaterThan(0)
    const later = stoppedClock(Date.now() + 2 * PROOF_GOOD_MS + 60_000)
    expect(await count(new Directory(await premisesOf(bound, later)))).toBe(0)
  })
})

const statementTo = async (by: AgentSelf) => statementSchema.parse((await ask(by, '/hello')).said)

async function push(by: AgentSelf, bodyOf: AgentSelf = by) {
  const address = addressOf(bodyOf)
  const body = await sealedBy(bodyOf, payloadOf([], address), address)
  const asked = { method: 'POST', path: '/mis/v1/imports', body: 'sealed' } as const
  const { headers } = await askingAs(by, asked)
  const all = { ...headers, ...(await bodyHeadersOf(bodyOf, address)) }
  return send('/imports', { method: 'POST', headers: all, body })
}

async function offer(by: AgentSelf, publicKey: Uint8Array) {
  const address = addressOf(by, { kind: 'keys', scope: 'full' })
  const plain = [Buffer.from(JSON.stringify({ agentPublicKey: toBase64url(publicKey) }))]
  const body = await sealedBy(by, plain, address)
  const { headers, opened } = await asking(by, '/keys', 'POST', body)
  const all = { ...headers, ...(await bodyHeadersOf(by, address)) }
  const answer = await send('/keys', { method: 'POST', headers: all, body })
  return { ...answer, said: await opened(answer.json) }
}

describe('keys change on both sides without a visit', () => {
  test('the API key, the agent’s own key, and Schoolgate’s', async () => {
    let agent = await enrolledAgent(directory, school)
    await agents.changeKeys(directory, school, agent.id)
    const { newApiKey, wantsNewAgentKey } = await statementTo(agent)
    expect(wantsNewAgentKey).toBe(true)
    invariant(newApiKey, 'a new API key is given out')
    const old = agent
    // Until the new one is used the old one works.
    expect((await push(old)).status).toBe(202)
    agent = { ...agent, apiKey: Buffer.from(newApiKey, 'base64url') }
    expect((await push(agent)).status).toBe(202)
    expect((await push(old)).problem).toBe('wrong-api-key')
    // What was sealed under it may still be on its way.
    expect((await push(agent, old)).status).toBe(202)

    const pair = await newKeyPair()
    const offered = await offer(agent, pair.publicKey)
    expect(offered.said).toEqual({ agentPublicKey: toBase64url(pair.publicKey) })
    expect((await push(agent)).status).toBe(202)
    agent = { ...agent, pair }
    expect((await push(agent)).status).toBe(202)

    await agents.turnKey(directory)
    expect((await push(agent)).status).toBe(202)
    const { keyId, publicKey } = await statementTo(agent)
    expect(keyId).not.toBe(agent.server.keyId)
    agent = { ...agent, server: { keyId, publicKey: Buffer.from(publicKey, 'base64url') } }
    expect((await push(agent)).status).toBe(202)
    expect((await statementTo(agent)).keyId).toBe(keyId)
  })

  test('asked for twice, the same API key is given out, and both may have been written down', async () => {
    const agent = await enrolledAgent(directory, school)
    await agents.changeKeys(directory, school, agent.id)
    const first = (await statementTo(agent)).newApiKey
    await agents.changeKeys(directory, school, agent.id)
    expect((await statementTo(agent)).newApiKey).toBe(first)
    const after = { ...agent, apiKey: Buffer.from(first ?? '', 'base64url') }
    expect((await statementTo(after)).newApiKey).toBeNull()
  })

  test('where the answer about a new key was lost, the next greeting is sealed to it, a day later too', async () => {
    const clock = stoppedClock(Date.now() - 25 * 3_600_000)
    const before = new Directory(await premisesOf(bound, clock))
    const agent = await enrolledAgent(before, school)
    const pair = await newKeyPair()
    const refusal = await agents.takeNewKey(before, school, agent.id, toBase64url(pair.publicKey))
    expect(isRefusal(refusal)).toBe(false)
    const { opened, headers } = await asking(agent, '/hello')
    const { json } = await send('/hello', { headers })
    expect(await opened(json)).toBeUndefined()
    expect((await ask({ ...agent, pair }, '/hello')).said).toBeDefined()
  })

  test('a year later the key before still proves the new one, and opens nothing; after that it is too old', async () => {
    const daysAgo = async (days: number) =>
      new Directory(await premisesOf(bound, stoppedClock(Date.now() - days * 86_400_000)))
    const agent = await enrolledAgent(await daysAgo(390), school)
    await agents.turnKey(await daysAgo(390))
    expect((await push(agent)).problem).toBe('unknown-key')
    const { keyId } = await statementTo(agent)
    expect(keyId).toBe((await agents.currentKey(directory)).id)

    const forgotten = await enrolledAgent(await daysAgo(400), school)
    await agents.turnKey(await daysAgo(400))
    expect((await ask(forgotten, '/hello')).problem).toBe('key-too-old')
  })

  test('a new key is taken from nobody but who holds the old one', async () => {
    const agent = await enrolledAgent(directory, school)
    const thief = { ...agent, pair: await newKeyPair() }
    expect((await offer(thief, thief.pair.publicKey)).problem).toBe('does-not-open')
    expect((await push(agent)).status).toBe(202)
  })
})
