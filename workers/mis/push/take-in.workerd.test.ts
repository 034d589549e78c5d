import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as agents from '#agents'
import * as audit from '#audit'
import { type ImportId, invariant, isRefusal, stoppedClock } from '#kernel'
import { Directory, type School, system } from '#shards'
import { secretId } from '#vault'
import { premisesOf } from '#workers/env.ts'
import {
  addressOf,
  type AgentSelf,
  enrolledAgent,
  payloadOf,
  sealedBy,
} from '../../../test/cast/agent-client.ts'
import { settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import { pushAt } from '../files/objects.ts'
import { forgetOldPushes } from './forget-old.ts'
import { takeIn } from './take-in.ts'

/** St Botolph's line to the world is bad: bodies break off, and come again. */
const bound = env as unknown as TestEnv
const { FILES } = bound
const DAY_MS = 24 * 60 * 60_000
const clock = stoppedClock(Date.UTC(2026, 10, 23, 2))
let directory: Directory
let school: School
let self: AgentSelf

beforeAll(async () => {
  directory = new Directory(await premisesOf(bound, clock))
  school = (await settle(directory)).botolphs.school.as(system('agent'))
  self = await enrolledAgent(directory, school)
})

const addressNow = () => addressOf(self, { takenAtMs: clock.now() })

/** Three chunks and a bit. */
const plain = () => Array.from({ length: 13 }, () => new Uint8Array(64 * 1024).fill(32))

async function bring(body: Uint8Array, address = addressNow(), cutAfter = body.length) {
  let sent = 0
  const stream = new ReadableStream<Uint8Array>({
    pull: (to) => {
      if (sent < cutAfter) to.enqueue(body.slice(sent, (sent += 50_000)))
      else if (cutAfter === body.length) to.close()
      else to.error(new Error('the line broke'))
    },
  })
  const apiKeyId = await secretId(self.apiKey)
  const arriving = { address, apiKeyId, length: body.length, body: stream }
  return takeIn(directory, school, FILES, arriving)
}

const kept = async (id: ImportId) => {
  const object = await FILES.get(pushAt(school, id))
  return object && new Uint8Array(await object.arrayBuffer())
}
const received = async (id: ImportId) =>
  (await audit.about(school, id, 10)).filter(({ action }) => action === 'import.received').length

describe('a body that breaks off', () => {
  test('is not taken, and is taken when it comes again, as one import', async () => {
    const address = addressNow()
    const body = await sealedBy(self, plain(), address)
    await expect(bring(body, address, 600_000)).rejects.toThrow()
    const [broken] = await agents.latestPushes(directory, school, self.id)
    expect(broken).toMatchObject({ state: 'arriving', digest: null })
    invariant(broken, 'a body that broke off is known')
    expect(await received(broken.importId)).toBe(0)
    expect(await kept(broken.importId)).toBeNull()

    const taken = await bring(body, address)
    expect(taken).toEqual({ importId: broken.importId, isNew: true })
    expect(await kept(broken.importId)).toEqual(body)
    expect(await received(broken.importId)).toBe(1)
  })

  test('twice at one moment is one import, and lies there as it came', async () => {
    const address = addressNow()
    const body = await sealedBy(self, plain(), address)
    const [one, other] = await Promise.all([bring(body, address), bring(body, address)])
    invariant(!isRefusal(one) && !isRefusal(other), 'both are taken')
    expect(one.importId).toBe(other.importId)
    expect(await kept(one.importId)).toEqual(body)
  })

  test('and never comes again is forgotten after an hour', async () => {
    const address = addressNow()
    const body = await sealedBy(self, plain(), address)
    await expect(bring(body, address, 400_000)).rejects.toThrow()
    const count = async () => (await agents.latestPushes(directory, school, self.id)).length
    const before = await count()
    await forgetOldPushes(directory, FILES)
    expect(await count()).toBe(before)
    clock.advance(60 * 60_000)
    await forgetOldPushes(directory, FILES)
    expect(await count()).toBe(before - 1)
  })
})

test('the same body a day later is still the same import; sealed anew it is another', async () => {
  const address = addressNow()
  const body = await sealedBy(self, payloadOf([], address), address)
  const first = await bring(body, address)
  invariant(!isRefusal(first), 'the first is taken')
  clock.advance(DAY_MS)
  expect(await bring(body, address)).toEqual({ importId: first.importId, isNew: false })
  const now = addressNow()
  const again = await bring(await sealedBy(self, payloadOf([], now), now), now)
  expect(isRefusal(again) || again.importId === first.importId).toBe(false)
})

describe('Schoolgate’s own key', () => {
  const pushWith = async (agent: AgentSelf) => {
    const address = addressOf(agent, { takenAtMs: clock.now() })
    return bring(await sealedBy(agent, payloadOf([], address), address), address)
  }

  test('is turned after a year by itself; the one before opens for 30 days', async () => {
    expect(await agents.keepKeys(directory)).toBeUndefined()
    clock.advance(365 * DAY_MS)
    const turned = await agents.keepKeys(directory)
    expect(turned).toBe((await agents.currentKey(directory)).id)
    clock.advance(29 * DAY_MS)
    await agents.keepKeys(directory)
    expect(await pushWith(self)).toMatchObject({ isNew: true })
    clock.advance(DAY_MS)
    await agents.keepKeys(directory)
    expect(await pushWith(self)).toMatchObject({ refused: 'unknown-key' })
    expect(await agents.privateKeyOf(directory, self.server.keyId)).toBeUndefined()
  })

  test('is in no database as it is', async () => {
    const { id } = await agents.currentKey(directory)
    const key = await agents.privateKeyOf(directory, id)
    invariant(key, 'the key in use is there')
    const { results } = await bound.DIRECTORY.prepare('select * from agent_keys').all()
    expect(JSON.stringify(results)).not.toContain(Buffer.from(key).toString('base64url'))
    const { results: rows } = await bound.DIRECTORY.prepare('select * from agents').all()
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(self.apiKey).toString('base64url'))
    expect(JSON.stringify(rows)).not.toContain(self.loginSecret)
    expect(JSON.stringify(rows)).not.toContain('Office server')
  })
})
