import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { stoppedClock } from '#kernel'
import { Directory, DIRECTORY_HOLDER, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { found } from '../../../test/cast/office.ts'
import { emptySchool } from '../../../test/cast/pieces.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import * as mis from '../index.ts'
import type { RosterPupil } from '../records/roster.ts'

/** Hawthorn's export is broken for a week, and nobody looks. What waits is last night's, and not all seven. */
const { FILES } = env as unknown as TestEnv
const clock = stoppedClock(Date.UTC(2026, 10, 16, 20, 0))
let directory: Directory
let school: School
let agent: PushingAgent

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  await directory.premises.vault.create(DIRECTORY_HOLDER)
})

beforeEach(async () => {
  school = await emptySchool(directory, 'Hawthorn School', 0)
  agent = await enrolAgent(directory, school, FILES)
  const whole = await agent.push({ scope: 'full', records: listed(9) })
  expect(whole.state).toBe('applied')
})

const NAMES = ['Ash', 'Birch', 'Cedar', 'Elder', 'Fir', 'Gorse', 'Hazel', 'Ivy', 'Lime']
const pupil = (at: number): RosterPupil => ({
  line: at + 2,
  key: { upn: null, admissionNumber: `H${at}`, reference: null },
  surname: NAMES[at] ?? '',
  forename: 'Robin',
  preferredForename: null,
  middleNames: null,
  gender: null,
  dateOfBirth: '2016-03-04',
  yearGroup: 'Year 6',
  registrationGroup: null,
  house: null,
  phones: [],
  emails: [],
  contacts: [],
})
const listed = (count: number) => NAMES.slice(0, count).map((_, at) => ({ pupil: pupil(at) }))

/** What came of the night's export, of so many pupils. */
const night = (count: number, more: Partial<Parameters<PushingAgent['push']>[0]> = {}) => {
  clock.advance(24 * 3_600_000)
  return agent.push({ scope: 'full', records: listed(count), ...more })
}
const stateOf = async ({ id }: mis.Import) => (await found(school, id)).state
const objectsOf = async ({ id }: mis.Import) =>
  (await FILES.list()).objects.filter(({ key }) => key.includes(id)).length

test('two nights that are held do not pile up: the newer one says by what the older was replaced', async () => {
  const first = await night(3)
  expect([first.state, await objectsOf(first)]).toEqual(['held', 2])
  const second = await night(2)
  expect(second).toMatchObject({ state: 'held', counts: { pupils: { leaving: 7, here: 9 } } })
  const before = await found(school, first.id)
  expect(before).toMatchObject({ state: 'discarded', record: { replacedBy: second.id } })
  expect([before.kept, await objectsOf(first)]).toEqual(['nothing', 0])
  expect(await mis.approve(school, before)).toEqual({ refused: 'not-held' })
  expect(await mis.approve(school, first)).toEqual({ refused: 'not-held' })
  expect(await mis.apply(school, FILES, before)).toEqual({ refused: 'already-closed' })

  await mis.approve(school, second)
  expect(await mis.apply(school, FILES, await found(school, second.id))).toBeUndefined()
})

test('a night that is as it should be closes the one that waited', async () => {
  const held = await night(3)
  const next = await night(9)
  expect(next.state).toBe('applied')
  expect(await found(school, held.id)).toMatchObject({
    state: 'discarded',
    record: { replacedBy: next.id },
  })
})

test('of another feed, or of another agent, or of some pupils only, nothing is replaced', async () => {
  const held = await night(3)
  const other = await night(2, { opening: { feed: 'by-hand' } })
  expect(other.state).toBe('held')
  expect(await stateOf(held)).toBe('held')

  const another = await enrolAgent(directory, school, FILES)
  clock.advance(60_000)
  expect((await another.push({ scope: 'full', records: listed(2) })).state).toBe('held')
  expect(await stateOf(held)).toBe('held')

  expect((await night(1, { scope: 'partial' })).state).toBe('applied')
  expect(await stateOf(held)).toBe('held')
  expect(await stateOf(other)).toBe('held')
})

test('what somebody approved, or discarded, before the next night stays as they left it', async () => {
  const held = await night(3)
  await mis.approve(school, held)
  const next = await night(2)
  expect(next.state).toBe('held')
  expect(await stateOf(held)).toBe('previewed')
  await mis.discard(school, FILES, next)
  await night(2)
  expect(await found(school, next.id)).toMatchObject({ state: 'discarded' })
  expect((await found(school, next.id)).record.replacedBy).toBeUndefined()
})

test('an older export that comes after a newer one was held replaces nothing', async () => {
  const held = await night(3)
  const takenAt = new Date(clock.now() - 3_600_000).toISOString()
  clock.advance(60_000)
  const late = await agent.push({
    scope: 'full',
    records: listed(2),
    opening: { takenAt },
  })
  expect(await stateOf(held)).toBe('held')
  expect(late.state).toBe('held')
})
