import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as agents from '#agents'
import * as audit from '#audit'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import {
  type AgentSelf,
  askingAs,
  bodyHeadersOf,
  enrolledAgent,
} from '../../test/cast/agent-client.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'

/** Thirty-six schools of a trust go out by one address, and one of their programs has a login that is wrong. */
const bound = env as unknown as TestEnv
const worker = (exports as unknown as { default: Fetcher }).default
const EGRESS = '198.51.100.36'
let directory: Directory
let cast: Cast
let school: School

beforeAll(async () => {
  directory = new Directory(await premisesOf(bound))
  cast = await settle(directory)
  school = cast.botolphs.school
})

async function asks(by: AgentSelf, network = EGRESS, body?: Uint8Array<ArrayBuffer>) {
  const path = body ? '/mis/v1/imports' : '/mis/v1/hello'
  const method = body ? 'POST' : 'GET'
  const { headers } = await askingAs(by, { method, path, body: body && 'sealed' })
  const said = body ? await bodyHeadersOf(by) : {}
  const response = await worker.fetch(`http://schoolgate.test${path}`, {
    method,
    headers: { ...headers, ...said, 'CF-Connecting-IP': network },
    ...(body && { body }),
  })
  const { type = '' } = (await response.json()) as { type?: string }
  const problem = type.replace('urn:schoolgate:problem:', '')
  return { status: response.status, problem, wait: response.headers.get('Retry-After') }
}

const statusesOf = async (by: readonly AgentSelf[]) =>
  (await Promise.all(by.map((each) => asks(each)))).map(({ status }) => status)

const refusals = async (agent: AgentSelf) =>
  (await audit.about(school, agent.id, 20))
    .filter(({ action }) => action === 'agent.refused')
    .map(({ facts }) => facts['because'])

const wrongLogin = (agent: AgentSelf): AgentSelf => ({ ...agent, loginSecret: 'no' })
const wrongKey = (agent: AgentSelf): AgentSelf => ({ ...agent, apiKey: new Uint8Array(32) })

test('all who are right come in at one moment, by one address, and count against nobody', async () => {
  const agent = await enrolledAgent(directory, school)
  expect(await statusesOf(Array.from({ length: 36 }, () => agent))).toEqual(
    Array.from({ length: 36 }, () => 200),
  )
  const wrong = await asks(wrongLogin(agent))
  expect([wrong.status, wrong.problem]).toEqual([401, 'wrong-login'])
})

test('ten wrong ones of a network, and the next are told to wait: those who are right never', async () => {
  const network = '198.51.100.40'
  const [agent, other] = [
    await enrolledAgent(directory, school),
    await enrolledAgent(directory, cast.oakfield.school),
  ]
  for (let tries = 0; tries < 5; tries++) {
    expect((await asks(wrongLogin(agent), network)).problem).toBe('wrong-login')
    expect((await asks(wrongKey(agent), network)).problem).toBe('wrong-api-key')
  }
  for (const guess of [wrongLogin(agent), wrongKey(agent), wrongLogin(other)]) {
    expect(await asks(guess, network)).toEqual({ status: 429, problem: 'throttled', wait: '300' })
  }
  // The agent has had its ten as well: from elsewhere it is told to wait too.
  expect((await asks(wrongLogin(agent), '198.51.100.41')).status).toBe(429)
  expect(await refusals(agent)).toEqual(['throttled', 'wrong-api-key', 'wrong-login'])

  for (const right of [agent, other]) expect((await asks(right, network)).status).toBe(200)
  expect((await asks(agent, '198.51.100.41')).status).toBe(200)
})

test('guesses at agents that there are not are counted for their network', async () => {
  const nobody = {
    ...(await enrolledAgent(directory, school)),
    id: 'agt_nobody' as AgentSelf['id'],
  }
  const network = '198.51.100.42'
  for (let tries = 0; tries < 10; tries++) {
    const id = `agt_nobody${tries}` as AgentSelf['id']
    expect((await asks({ ...nobody, id }, network)).problem).toBe('wrong-login')
  }
  expect((await asks(nobody, network)).problem).toBe('throttled')
})

test('one that was revoked and goes on asking is told to wait, and keeps nobody out', async () => {
  const [agent, neighbour] = [
    await enrolledAgent(directory, school),
    await enrolledAgent(directory, school),
  ]
  await agents.revoke(directory, school, agent.id)
  const network = '198.51.100.43'
  for (let tries = 0; tries < 10; tries++) expect((await asks(agent, network)).status).toBe(401)
  expect((await asks(agent, network)).status).toBe(429)
  expect((await asks(neighbour, network)).status).toBe(200)
})

test('ten bodies that do not open, and the next is not looked at; its other requests and others are', async () => {
  const agent = await enrolledAgent(directory, school)
  const body = () => new Uint8Array(Buffer.from(`no body ${crypto.randomUUID()}`.padEnd(200, '-')))
  for (let tries = 0; tries < 10; tries++) {
    expect([422, 400]).toContain((await asks(agent, EGRESS, body())).status)
  }
  expect(await asks(agent, EGRESS, body())).toMatchObject({ problem: 'throttled', wait: '300' })
  expect((await asks(agent)).status).toBe(200)
  const neighbour = await enrolledAgent(directory, school)
  expect((await asks(neighbour, EGRESS, body())).problem).not.toBe('throttled')
})
