import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as access from '#access'
import * as agents from '#agents'
import * as audit from '#audit'
import { invariant, isRefusal, stoppedClock } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { parcels } from '#workers/delivery/tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { enrolAgent, type PushingAgent } from '../../test/cast/pushing-agent.ts'
import { tellOfLateAgents } from './late-agents.ts'

// Elmfield's agent pushes at night, and one night does not. A Data Manager and a Basic User work there.
const HOUR_MS = 60 * 60_000
const { FILES } = env as unknown as Env
const clock = stoppedClock(Date.UTC(2026, 10, 23, 10))
let directory: Directory
let elmfield: School
let agent: PushingAgent

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  const by = system('seed')
  const products: schools.Product[] = ['call-parents']
  const details = {
    kind: 'school',
    name: 'Elmfield School',
    state: 'active',
    products,
    by,
  } as const
  const { id } = await schools.create(directory, details)
  const school = await directory.school(id, by)
  invariant(school, 'a school that was created has a shard')
  elmfield = school
  await added('data-manager', 'dan@elmfield.example')
  await added('basic', 'cora@elmfield.example')
  agent = await enrolAgent(directory, elmfield, FILES)
})

async function added(role: access.Role, email: string) {
  const password = 'a gate left ajar'
  const details = { role, name: 'Dan Marsh', email, password }
  const user = await access.addUser(directory, elmfield, details)
  invariant(!isRefusal(user), 'who is added is not refused')
}

async function letters() {
  const rows = await elmfield.db.select().from(parcels)
  return Promise.all(rows.map(({ id, content }) => elmfield.open(parcels.content, id, content)))
}

const tell = async (): Promise<number> => {
  await tellOfLateAgents(directory, { origin: 'https://schoolgate.test', support: 'help@x.test' })
  return (await letters()).length
}

test('29 hours without data is nothing to write about', async () => {
  clock.advance(29 * HOUR_MS)
  expect(await tell()).toBe(0)
  expect(await agents.countOf(directory, elmfield.id)).toEqual({ agents: 1, late: 0 })
})

test('after 30 it shows, and after the night those who may import are written to, once', async () => {
  clock.advance(9 * HOUR_MS) // midnight
  expect(await agents.countOf(directory, elmfield.id)).toEqual({ agents: 1, late: 1 })
  expect(await tell()).toBe(0)
  clock.advance(8 * HOUR_MS)
  expect(await tell()).toBe(1)
  expect(await tell()).toBe(1)
  const [letter] = await letters()
  expect(letter).toMatchObject({ address: 'dan@elmfield.example' })
  expect(letter?.text).toContain(`https://schoolgate.test/school/agents/${agent.id}`)
  const told = await audit.about(elmfield, agent.id, 10)
  expect(told.find(({ action }) => action === 'agent.told-late')?.facts).toMatchObject({
    people: 1,
  })
})

test('a roster that arrives ends it, and the next night that is missed is told of again', async () => {
  await agent.push({ records: [] })
  await agent.push({ kind: 'staff', records: [] })
  expect((await agents.countOf(directory, elmfield.id)).late).toBe(0)
  clock.advance(31 * HOUR_MS)
  expect((await agents.countOf(directory, elmfield.id)).late).toBe(1)
  expect(await tell()).toBe(2)
})

test('registers through the day do not hide that the night’s data is missing', async () => {
  await agent.push({ kind: 'registers', records: [] })
  expect((await agents.countOf(directory, elmfield.id)).late).toBe(1)
})

test('nobody is written to about an agent that was revoked', async () => {
  await agents.revoke(directory, elmfield, agent.id)
  clock.advance(100 * HOUR_MS)
  expect(await tell()).toBe(2)
  expect(await agents.countOf(directory, elmfield.id)).toEqual({ agents: 0, late: 0 })
})
