import { env } from 'cloudflare:workers'
import { beforeAll, expect, test, vi } from 'vitest'
import * as attendance from '#attendance'
import * as audit from '#audit'
import { invariant, stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { enrolAgent, type PushingAgent, type Sending } from '../../../test/cast/pushing-agent.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import type { Conduct } from '../records/conduct.ts'
import * as mis from '../index.ts'
import type { Mark } from '../records/marks.ts'
import type { PupilKey } from '../records/roster.ts'

/**
 * In November 2026 St Botolph’s office puts right in its own system what it had laid to the wrong child. The
 * agent sends all of the autumn’s behaviour each night; here it must come right too, and nothing else may go.
 */
const { FILES } = env as unknown as TestEnv
const clock = stoppedClock(Date.UTC(2026, 10, 23, 20, 0))
let cast: Cast
let school: School
let agent: PushingAgent
let amara: people.Pupil
let teddy: people.Pupil

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  school = cast.botolphs.school
  agent = await enrolAgent(directory, school, FILES)
  amara = await pupilOf('Amara Adeyemi')
  teddy = await pupilOf('Teddy Marsh')
})

async function pupilOf(name: string): Promise<people.Pupil> {
  const found = await people.find(school, cast.botolphs.pupil(name))
  invariant(found, 'the cast is on roll')
  return found
}

const keyOf = ({ record }: people.Pupil): PupilKey => ({
  upn: record.upn,
  admissionNumber: record.admissionNumber,
  reference: null,
})
const stranger: PupilKey = { upn: null, admissionNumber: 'NOBODY', reference: null }

const incident = (day: number, pupil: PupilKey, more: Partial<Conduct> = {}): Conduct => ({
  line: day,
  reference: `b-${day}`,
  pupil,
  kind: 'behaviour',
  date: `2026-11-${String(day).padStart(2, '0')}`,
  type: `Incident ${day}`,
  points: -1,
  description: 'Pushed in the queue',
  ...more,
})

const told = (conduct: Conduct[], more: Partial<Sending> = {}) => {
  clock.advance(60_000)
  const records = conduct.map((one) => ({ conduct: one }))
  return agent.push({ kind: 'behaviour', scope: 'full', records, ...more })
}
const typesOf = async (pupil: people.Pupil) =>
  (await attendance.conductThisYear(school, pupil.id)).map(({ type }) => type).sort()

const entryOf = async (action: string, { id }: mis.Import) =>
  (await audit.about(school, id, 10)).find((entry) => entry.action === action)

const DAYS = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13]
const autumn = () => DAYS.map((day) => incident(day, keyOf(amara)))

test('an incident that was moved to another child is with that child alone, and the trail says so', async () => {
  expect(await told(autumn())).toMatchObject({
    state: 'applied',
    counts: { entries: 10, conduct: { removed: 0, here: 0, isWhole: true } },
  })
  const moved = autumn().with(3, incident(5, keyOf(teddy)))
  const import_ = await told(moved)
  expect(import_).toMatchObject({
    state: 'applied',
    counts: { entries: 1, conduct: { removed: 1, here: 10 } },
  })
  expect(await typesOf(amara)).not.toContain('Incident 5')
  expect(await typesOf(teddy)).toEqual(['Incident 5'])
  const entry = await entryOf('import.applied', import_)
  expect(entry).toMatchObject({ facts: { entries: 1, entriesRemoved: 1 } })
  expect(JSON.stringify(entry)).not.toContain('pup_')

  const again = await told(moved)
  expect(again.counts && mis.changesNothing(again.counts)).toBe(true)
  await told(autumn())
  expect(await typesOf(teddy)).toEqual([])
})

test('what was deleted as a mistake goes; a partial list takes nothing away', async () => {
  const some = autumn().slice(0, 9)
  const partial = await told(some.slice(2, 4), { scope: 'partial' })
  expect(partial.counts).toEqual({ ...partial.counts, entries: 0 })
  expect(partial.counts?.conduct).toBeUndefined()
  expect(await typesOf(amara)).toHaveLength(10)

  expect((await told(autumn().toSpliced(4, 1))).counts?.conduct?.removed).toBe(1)
  expect(await typesOf(amara)).not.toContain('Incident 6')
  // Beyond the last day that it speaks of it says nothing.
  expect((await told(some)).counts).toMatchObject({ entries: 1, conduct: { removed: 0, here: 8 } })
  expect((await told([])).counts).toMatchObject({ entries: 0, conduct: { removed: 0 } })
  expect(await typesOf(amara)).toHaveLength(10)
})

test('a list of one kind takes nothing of another, even where it holds some', async () => {
  const praise = incident(4, keyOf(amara), { kind: 'achievement', type: 'Kindness' })
  await told([praise], { kind: 'achievements' })
  const mixed = [...autumn(), incident(3, keyOf(amara), { kind: 'achievement', type: 'Effort' })]
  expect((await told(mixed)).counts).toMatchObject({ entries: 1, conduct: { removed: 0 } })
  expect(await typesOf(amara)).toEqual(expect.arrayContaining(['Effort', 'Kindness']))
})

test('nothing goes while a row of it could not be read, by the agent or here', async () => {
  const rest = autumn().slice(0, 9)
  const rejected = { line: 40, field: 'Date', reason: 'not-a-date', subject: 'row' } as const
  const records = [...rest.map((one) => ({ conduct: one })), { rejected }]
  const there = await told([], { records })
  expect(there.counts).toMatchObject({ rejected: 1, conduct: { removed: 0, isWhole: false } })
  const bad = { conduct: { ...incident(13, keyOf(amara)), points: 'many' as never } }
  const here = await told([], { records: [...records.slice(0, 8), bad] })
  expect(here.counts).toMatchObject({ rejected: 1, conduct: { removed: 0, isWhole: false } })
  expect(await typesOf(amara)).toContain('Incident 13')
})

test('of a day with a row of somebody not on roll nothing goes, and of other days it does', async () => {
  const fewer = autumn().filter(({ line }) => line !== 4 && line !== 9)
  const import_ = await told([...fewer, incident(9, stranger, { reference: 'b-stranger' })])
  expect(import_.counts).toMatchObject({ rejected: 1, conduct: { removed: 1, isWhole: true } })
  expect(await typesOf(amara)).not.toContain('Incident 4')
  expect(await typesOf(amara)).toContain('Incident 9')
})

test('a list that lost most of it waits for somebody, and goes in when they say so', async () => {
  await told(autumn())
  const held = await told([incident(2, keyOf(amara)), incident(13, keyOf(amara))])
  expect(held).toMatchObject({
    state: 'held',
    heldBecause: 'removes-many-records',
    counts: { conduct: { removed: 8, here: 10 } },
  })
  expect(await typesOf(amara)).toContain('Incident 9')
  expect(await mis.approve(school, held)).toBeUndefined()
  const approved = await mis.find(school, held.id)
  invariant(approved, 'it is there')
  const entry = await entryOf('import.approved', held)
  expect(entry).toMatchObject({ facts: { entriesRemoved: 8 } })

  // Meanwhile another feed adds to these days: it is looked at again before anything goes.
  const opening = { feed: 'through-the-day' }
  await told([incident(7, keyOf(teddy))], { scope: 'partial', opening })
  expect(await mis.apply(school, FILES, approved)).toEqual({ refused: 'roll-has-changed' })
  expect(await typesOf(teddy)).toEqual(['Incident 7'])
  const anew = await mis.find(school, held.id)
  invariant(anew, 'it is there')
  expect(anew).toMatchObject({ state: 'held', counts: { conduct: { removed: 9, here: 11 } } })
  await mis.approve(school, anew)
  const ready = await mis.find(school, held.id)
  invariant(ready, 'it is there')
  expect(await mis.apply(school, FILES, ready)).toBeUndefined()
  expect(await typesOf(amara)).toEqual(
    expect.not.arrayContaining(['Incident 9', 'Incident 10', 'Incident 12']),
  )
  expect(await typesOf(teddy)).toEqual([])
})

test('what was deleted between two parts of a list goes with the part whose days it is of', async () => {
  const detention = (day: number) =>
    incident(day, keyOf(amara), {
      kind: 'detention',
      reference: `d-${day}`,
      type: `Detention ${day}`,
    })
  const part = (days: number[], opening?: Sending['opening']) =>
    told(days.map(detention), { kind: 'detentions', ...(opening && { opening }) })
  const detentions = async () =>
    (await typesOf(amara)).filter((type) => type.startsWith('Detention')).length
  await part([2, 5, 6, 12, 13])
  // By itself it says nothing of the days after its last, and an empty one nothing at all.
  await part([2])
  await part([], { days: { from: '2026-11-02', to: '2026-11-11' } })
  expect(await detentions()).toBe(5)

  const first = await part([2], { days: { from: '2026-11-02', to: '2026-11-11' } })
  expect(first.counts).toMatchObject({ entries: 0, conduct: { removed: 2, here: 3 } })
  const last = await part([13], { days: { from: '2026-11-12', to: '2026-11-13' } })
  expect(last.counts).toMatchObject({ entries: 0, conduct: { removed: 1, here: 2 } })
  expect(await detentions()).toBe(2)

  const backwards = await part([13], { days: { from: '2026-11-13', to: '2026-11-12' } })
  expect(backwards).toMatchObject({ state: 'refused', refusedBecause: 'not-a-payload' })
})

test('a register that says it is full removes no mark', async () => {
  const mark = (day: number): Mark => ({
    line: day,
    pupil: keyOf(amara),
    date: `2026-11-${String(day).padStart(2, '0')}`,
    at: { kind: 'session', session: 'AM' },
    code: '/',
    minutesLate: null,
  })
  const registers = (...days: number[]) => {
    const records = days.map((day) => ({ mark: mark(day) }))
    return told([], { kind: 'registers', records })
  }
  await registers(9, 10, 11, 12, 13, 16, 17, 18)
  const fewer = await registers(9, 18)
  expect(fewer).toMatchObject({ state: 'applied', counts: { entries: 0 } })
  expect(fewer.counts?.conduct).toBeUndefined()
  const { sessions } = await attendance.yearOf(school, amara.id)
  expect(sessions).toHaveLength(8)
})

// What one push may hold hardly comes to so much, and takes a minute to make: the registers’ own test measures it.
test('what one commit cannot hold is refused whole, and says why', async () => {
  const before = await typesOf(amara)
  const { applyConduct } = attendance
  const least = vi
    .spyOn(attendance, 'applyConduct')
    .mockImplementation((where, conduct, whole) => applyConduct(where, conduct, whole, 100))
  const import_ = await told([incident(16, keyOf(amara))])
  expect(least).toHaveBeenCalledOnce()
  least.mockRestore()
  expect(import_).toMatchObject({ state: 'refused', refusedBecause: 'too-much-at-once' })
  expect(await typesOf(amara)).toEqual(before)
})
