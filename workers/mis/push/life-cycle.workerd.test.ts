import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as agents from '#agents'
import * as audit from '#audit'
import { type ImportId, newId, stoppedClock } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import { Directory, type School, statement } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { found } from '../../../test/cast/office.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import * as mis from '../index.ts'
import type { RosterPupil } from '../records/roster.ts'
import type { PayloadRecord } from './payload.ts'
import { MAX_PLAIN_BYTES } from './wire.ts'

/** What becomes of a push that fails, comes at a bad time, or is opened by two at once. */
const { FILES } = env as unknown as TestEnv
const MINUTE_MS = 60_000
const clock = stoppedClock(Date.UTC(2026, 10, 23, 20, 0))
let cast: Cast
let directory: Directory
let school: School
let agent: PushingAgent

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  school = cast.oakfield.school
  agent = await enrolAgent(directory, school, FILES)
})

beforeEach(() => {
  clock.advance(MINUTE_MS)
})

const pupil = (surname: string, more: Partial<RosterPupil> = {}): RosterPupil => ({
  line: 2,
  key: { upn: null, admissionNumber: `L${surname}`, reference: `mis-${surname}` },
  surname,
  forename: 'Robin',
  preferredForename: null,
  middleNames: null,
  gender: null,
  dateOfBirth: '2016-03-04',
  yearGroup: 'Year 6',
  registrationGroup: '6Q',
  house: null,
  phones: [],
  emails: [],
  contacts: [],
  ...more,
})
const records = (...names: string[]): PayloadRecord[] =>
  names.map((name) => ({ pupil: pupil(name) }))

const prefixOf = (id: ImportId) => `imports/${school.id}/${id}/`
const objectsOf = async (id: ImportId) =>
  (await FILES.list({ prefix: prefixOf(id) })).objects.map(({ key }) => key.split('/').at(-1))
const stateOf = async (id: ImportId) => (await mis.find(school, id))?.state
const isOnRoll = async (surname: string) =>
  (await people.list(school)).some(({ record }) => record.surname === surname)
const pushOf = (id: ImportId) => agents.findPushOf(directory, school, id)

/** The bucket, with something that happens before a call of it. */
const bucketWith = (before: (name: string, key: unknown) => Promise<void>): R2Bucket =>
  new Proxy(FILES, {
    get: (bucket, name) => {
      const method: unknown = Reflect.get(bucket, name)
      if (typeof method !== 'function') return method
      return async (...given: unknown[]) => {
        await before(String(name), given[0])
        return Reflect.apply(method, bucket, given) as unknown
      }
    },
  })

const neverOpens = bucketWith((name) =>
  name === 'get' ? Promise.reject(new Error('not today')) : Promise.resolve(),
)

/** Once, at the first call of that name for a key that ends so. */
function onceAt(call: string, end: string, act: () => Promise<unknown>): R2Bucket {
  let isDone = false
  return bucketWith(async (name, key) => {
    if (isDone || name !== call || !String(key).endsWith(end)) return
    isDone = true
    await act()
  })
}

describe('a push that always fails', () => {
  test('is tried ten times in some hours, and then refused, with nothing left of it', async () => {
    const id = await agent.post({ records: records('Aster') })
    const startedMs = clock.now()
    let attempts = 0
    while ((await pushOf(id))?.state === 'received' && attempts < 100) {
      const before = (await pushOf(id))?.attempts
      await agent.open(id, neverOpens).catch(() => undefined)
      const push = await pushOf(id)
      if (push?.attempts !== before) attempts++
      clock.advance(MINUTE_MS)
    }
    expect(attempts).toBe(agents.MAX_ATTEMPTS + 1)
    expect(clock.now() - startedMs).toBeGreaterThan(3 * 60 * MINUTE_MS)
    expect(await found(school, id)).toMatchObject({
      state: 'refused',
      refusedBecause: 'could-not-be-applied',
      kept: 'nothing',
    })
    expect(await objectsOf(id)).toEqual([])
    const [entry] = await audit.about(school, id, 1)
    expect(entry).toMatchObject({
      action: 'import.refused',
      facts: { because: 'could-not-be-applied' },
    })
    expect(await isOnRoll('Aster')).toBe(false)
  })

  test('rests longer and longer: asked too soon, it is not begun', async () => {
    const id = await agent.post({ records: records('Briar') })
    for (let each = 0; each < 5; each++) await agent.open(id, neverOpens).catch(() => undefined)
    expect(await pushOf(id)).toMatchObject({ attempts: 2, dueAtMs: clock.now() + MINUTE_MS })
    expect(await stateOf(id)).toBe('received')
    clock.advance(MINUTE_MS)
    expect((await agent.open(id)).state).toBe('applied')
  })

  test('holds the next one up for a quarter of an hour, and no longer', async () => {
    const bad = await agent.post({ records: records('Clover'), opening: { feed: 'other' } })
    await agent.open(bad, neverOpens).catch(() => undefined)
    await agent.open(bad, neverOpens).catch(() => undefined)
    clock.advance(1)
    const good = await agent.post({ records: records('Daisy') })
    await mis.receivePush(directory, school, FILES, good)
    expect(await mis.find(school, good)).toBeUndefined()
    await directory.write([
      statement(sql`update pushes set due_at_ms = ${clock.now() + 60 * MINUTE_MS}
        where import_id = ${bad}`),
    ])
    clock.advance(16 * MINUTE_MS)
    expect((await agent.open(good)).state).toBe('applied')
    expect(await stateOf(bad)).toBe('received')
    clock.advance(60 * MINUTE_MS)
    expect((await agent.open(bad)).state).toBe('applied')
  })

  test('starves no other school: the first of each comes before the second of any', async () => {
    const other = await enrolAgent(directory, cast.botolphs.school, FILES)
    const many: ImportId[] = []
    for (let each = 0; each < 8; each++) {
      many.push(await agent.post({ records: records(`E${each}`) }))
      clock.advance(1)
    }
    const one = await other.post({ records: records('Fern') })
    clock.advance(3 * MINUTE_MS)
    const served = (await agents.waitingPushes(directory, 2)).map(({ importId }) => importId)
    expect(served.toSorted()).toEqual([many[0], one].toSorted())

    await directory.write([
      statement(sql`update pushes set due_at_ms = ${clock.now() + MINUTE_MS}
        where organisation_id = ${school.id}`),
    ])
    expect(await agents.waitingPushes(directory, 100)).toEqual([
      { organisationId: cast.botolphs.id, importId: one },
    ])
    await other.open(one)
    clock.advance(MINUTE_MS)
    await agent.open(many.at(-1) as ImportId)
  })
})

describe('what no school can have', () => {
  test('is refused: more marks of a pupil in a month than there are lessons', async () => {
    await agent.push({ records: records('Gorse') })
    const marks = Array.from({ length: 700 }, (_, at): PayloadRecord => ({
      mark: {
        line: at,
        pupil: pupil('Gorse').key,
        date: '2026-11-20',
        at: { kind: 'lesson', period: `${at}` },
        code: '/',
        minutesLate: null,
      },
    }))
    clock.advance(MINUTE_MS)
    const pushed = await agent.push({ kind: 'registers', records: marks })
    expect(pushed).toMatchObject({ state: 'refused', refusedBecause: 'too-many-marks' })
    clock.advance(MINUTE_MS)
    const some = await agent.push({ kind: 'registers', records: marks.slice(0, 600) })
    expect(some).toMatchObject({ state: 'applied', counts: { entries: 600 } })
  })

  test('is refused: more than can be opened at once', async () => {
    const long = {
      ...pupil('Heath'),
      curriculumGroups: Array.from({ length: 100 }, () => 'x'.repeat(200)),
    }
    const count = Math.ceil(MAX_PLAIN_BYTES / 20_000)
    const everybody = Array.from({ length: count }, () => ({ pupil: long }))
    const pushed = await agent.push({ records: everybody })
    expect(pushed).toMatchObject({ state: 'refused', refusedBecause: 'too-big' })
    expect(await objectsOf(pushed.id)).toEqual([])
    expect(await isOnRoll('Heath')).toBe(false)
  })
})

describe('a push that is opened when something has ended', () => {
  test('of a product is not opened, and destroyed', async () => {
    const all = ['call-parents', 'our-schools-app'] as const
    await schools.changeProducts(directory, school, all)
    const id = await agent.post({ kind: 'behaviour', records: [] })
    await schools.changeProducts(directory, school, ['call-parents'])
    expect(await agent.open(id)).toMatchObject({
      state: 'refused',
      refusedBecause: 'not-subscribed',
      feed: null,
    })
    expect(await objectsOf(id)).toEqual([])
  })

  test('of the contract is not opened, and destroyed; so it is where nothing can be sealed', async () => {
    const locked = await agent.post({ records: records('Iris') })
    clock.advance(1)
    const purged = await agent.post({ records: records('Juniper') })
    const moved = (state: string) =>
      directory.write([
        statement(sql`update organisations set state = ${state} where id = ${school.id}`),
      ])
    await moved('locked')
    expect(await agent.open(locked)).toMatchObject({ refusedBecause: 'school-locked' })
    await moved('purged')
    await mis.receivePush(directory, school, FILES, purged)
    expect(await pushOf(purged)).toMatchObject({ state: 'refused', because: 'school-locked' })
    expect(await mis.find(school, purged)).toBeUndefined()
    for (const id of [locked, purged]) expect(await objectsOf(id)).toEqual([])
    await moved('active')
    for (const name of ['Iris', 'Juniper']) expect(await isOnRoll(name)).toBe(false)
  })
})

describe('two at once', () => {
  test('with one push: the report is of the one that applied it, and the other’s is gone', async () => {
    for (const end of ['/report', '/push']) {
      clock.advance(MINUTE_MS)
      const id = await agent.post({ records: records(`Kale${end.length}`) })
      const call = end === '/push' ? 'get' : 'put'
      await agent.open(
        id,
        onceAt(call, end, () => agent.open(id)),
      )
      const imported = await found(school, id)
      expect(imported).toMatchObject({ state: 'applied', kept: 'report' })
      expect(await objectsOf(id)).toEqual(['report'])
      expect(await mis.reportOf(school, FILES, imported, 'viewed')).toMatchObject({ source: 'csv' })
    }
  })

  test('discarded while it is opened: nothing of it stays in the bucket', async () => {
    const id = await agent.post({ records: [], scope: 'full' })
    const discard = async () => mis.discard(school, FILES, await found(school, id))
    await agent.open(id, onceAt('put', '/report', discard))
    expect(await stateOf(id)).toBe('discarded')
    expect(await objectsOf(id)).toEqual([])
  })

  test('approved while it is opened a second time: it stays approved', async () => {
    const id = await agent.post({ records: [], scope: 'full' })
    const approve = async () => {
      await agent.open(id)
      await mis.approve(school, await found(school, id))
    }
    await agent.open(id, onceAt('put', '/report', approve))
    const imported = await found(school, id)
    expect(imported).toMatchObject({ state: 'previewed', heldBecause: 'empty' })
    expect((await objectsOf(id)).toSorted()).toEqual(['report', 'roster'])
    expect(await mis.reportOf(school, FILES, imported, 'viewed')).toBeDefined()
    await mis.discard(school, FILES, imported)
  })
})

test('what nothing knows of is found in the bucket and destroyed, and nothing else is', async () => {
  const held = await agent.push({ records: [], scope: 'full' })
  clock.advance(MINUTE_MS)
  const applied = await agent.push({ records: records('Lilac') })
  clock.advance(MINUTE_MS)
  const waiting = await agent.post({ records: records('Maize') })
  const of = (id: ImportId, name: string) => `${prefixOf(id)}${name}`
  const strays = [
    of(held.id, `${newId('findings', clock.now())}/roster`),
    of(applied.id, `${newId('findings', clock.now())}/report`),
    of(applied.id, 'file'),
    of(newId('import', clock.now()), 'file'),
  ]
  for (const key of strays) await FILES.put(key, 'left behind')
  const keys = async () => {
    const { objects } = await FILES.list({ prefix: `imports/${school.id}/` })
    return objects.map(({ key }) => key)
  }
  await mis.clearStrays(school, FILES)
  expect(await keys()).toEqual(expect.arrayContaining(strays))

  clock.advance(61 * MINUTE_MS)
  const before = await keys()
  expect(await mis.clearStrays(school, FILES)).toBe(strays.length)
  expect(await keys()).toEqual(before.filter((key) => !strays.includes(key)))
  expect((await agent.open(waiting)).state).toBe('applied')
  expect(await mis.reportOf(school, FILES, await found(school, held.id), 'viewed')).toBeDefined()
  expect(await mis.clearStrays(school, FILES)).toBe(0)
})
