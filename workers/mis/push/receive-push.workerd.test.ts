import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { type ImportId, stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { found } from '../../../test/cast/office.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import * as mis from '../index.ts'
import type { RosterContact, RosterPupil } from '../records/roster.ts'

/** The agent of St Botolph’s pushes through a term. Nobody looks, unless something is odd. */
const { FILES } = env as unknown as TestEnv
const clock = stoppedClock(Date.UTC(2026, 10, 23, 20, 0))
let cast: Cast
let school: School
let agent: PushingAgent

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  school = cast.oakfield.school
  agent = await enrolAgent(directory, school, FILES)
})

const mother = (surname: string, last: number): RosterContact => ({
  line: 2,
  title: 'Mrs',
  forename: 'Mary',
  surname,
  relationship: 'Mother',
  priority: 1,
  hasParentalResponsibility: true,
  language: null,
  phones: [{ e164: `+447700900${last}`, kind: 'mobile' }],
  emails: [],
  mayNotBeContacted: false,
})

const pupil = (surname: string, number: number, more: Partial<RosterPupil> = {}): RosterPupil => ({
  line: number,
  key: { upn: null, admissionNumber: `Q${number}`, reference: `mis-${number}` },
  surname,
  forename: 'Robin',
  preferredForename: null,
  middleNames: null,
  gender: null,
  dateOfBirth: '2016-03-04',
  yearGroup: 'Year 6',
  registrationGroup: '6Q',
  house: 'Elm',
  curriculumGroups: ['6x Maths', '6y French'],
  phones: [],
  emails: [],
  contacts: [mother(surname, 300 + number)],
  ...more,
})

const ARDEN = pupil('Arden', 1)
const BECK = pupil('Beck', 2)
const listed = (...pupils: RosterPupil[]) => pupils.map((each) => ({ pupil: each }))

const later = () => clock.advance(60_000)
const findPupil = async (name: string) => {
  const line = (await people.list(school)).find(({ record }) => people.fullName(record) === name)
  return line && people.find(school, line.id)
}
const actions = async (id: ImportId) =>
  (await audit.about(school, id, 10)).map(({ action }) => action).sort()

describe('a list of some pupils', () => {
  test('is applied at once, whole, with the groups of every kind', async () => {
    const pushed = await agent.push({ records: listed(ARDEN, BECK) })
    expect(pushed).toMatchObject({
      state: 'applied',
      source: 'agent',
      agentId: agent.id,
      kind: 'push',
      data: 'roster',
      counts: { pupils: { added: 2, leaving: 0 }, contacts: { added: 2 } },
    })
    const arden = await findPupil('Robin Arden')
    expect(arden).toMatchObject({ yearGroup: 'Year 6', registrationGroup: '6Q', house: 'Elm' })
    const classes = (await people.listGroups(school)).filter(({ kind }) => kind === 'curriculum')
    expect(classes.map(({ name, pupils }) => [name, pupils])).toEqual([
      ['6x Maths', 2],
      ['6y French', 2],
    ])
    expect(await actions(pushed.id)).toEqual(['import.applied', 'import.received'])
    const { objects } = await FILES.list({ prefix: `imports/${school.id}/${pushed.id}/` })
    expect(objects.map(({ key }) => key.split('/').at(-1))).toEqual(['report'])
  })

  test('sent again changes nothing, with one entry of the trail that says so', async () => {
    later()
    const before = await people.snapshot(school)
    const pushed = await agent.push({ records: listed(ARDEN, BECK) })
    expect(pushed.state).toBe('applied')
    expect(pushed.counts && mis.changesNothing(pushed.counts)).toBe(true)
    expect(await people.snapshot(school)).toEqual(before)
    expect(await actions(pushed.id)).toEqual(['import.applied', 'import.received'])
  })

  test('opened twice is applied once', async () => {
    later()
    const id = await agent.post({ records: listed(pupil('Cradock', 3)) })
    await Promise.allSettled([agent.open(id), agent.open(id)])
    expect((await agent.open(id)).state).toBe('applied')
    const cradocks = (await people.list(school)).filter(
      ({ record }) => record.surname === 'Cradock',
    )
    expect(cradocks).toHaveLength(1)
    expect((await actions(id)).filter((action) => action === 'import.applied')).toHaveLength(1)
  })

  test('marks who has left by the id of the school’s system, and forgets nothing of them', async () => {
    later()
    const { id } = (await findPupil('Robin Cradock')) ?? {}
    const leaver = { upn: null, admissionNumber: null, reference: 'mis-3' }
    const pushed = await agent.push({ records: [{ leaver }] })
    expect(pushed.counts?.pupils).toMatchObject({ leaving: 1 })
    expect(id && (await people.find(school, id))).toMatchObject({ leftAtMs: clock.now() })
  })

  test('with some of a pupil’s contacts ends none of the others, where it says that it is so', async () => {
    later()
    const aunt = { ...mother('Wood', 399), forename: 'Ann', relationship: 'Aunt' }
    const records = listed({ ...ARDEN, contacts: [aunt] })
    await agent.push({ records, opening: { areContactsPartial: true } })
    expect((await findPupil('Robin Arden'))?.contacts).toHaveLength(2)
    later()
    await agent.push({ records: listed(ARDEN) })
    expect((await findPupil('Robin Arden'))?.contacts).toHaveLength(1)
  })
})

describe('a bad record', () => {
  test('is rejected with its line, its field and a reason, and the good ones go in', async () => {
    later()
    const bad = { ...pupil('Dale', 4), dateOfBirth: '4 March' }
    const records = [...listed(bad, pupil('Ellis', 5)), { mark: {} } as never]
    const pushed = await agent.push({ records })
    expect(pushed).toMatchObject({
      state: 'applied',
      counts: { pupils: { added: 1 }, rejected: 2 },
    })
    const report = await mis.reportOf(school, FILES, pushed, 'viewed')
    expect(report?.rejected).toMatchObject([
      { line: 3, field: 'Record', reason: 'not-as-agreed' },
      { line: 4, field: 'dateOfBirth', reason: 'not-as-agreed', key: { admissionNumber: 'Q4' } },
    ])
    expect(await findPupil('Robin Ellis')).toBeDefined()
    expect(await findPupil('Robin Dale')).toBeUndefined()
  })

  test('brings nothing with it that a record should not hold', async () => {
    later()
    const spied = { ...pupil('Finch', 6), religion: 'Canary', freeMeals: true } as RosterPupil
    const pushed = await agent.push({ records: listed(spied), scope: 'full' })
    expect(pushed.state).toBe('held')
    const staged = await FILES.get(`imports/${school.id}/${pushed.id}/${pushed.findings}/roster`)
    expect(await staged?.text()).toMatch(/^1\.k1\./)
    await mis.discard(school, FILES, pushed)
  })
})

describe('what is odd is held, and changes nothing until somebody says that it is so', () => {
  const held = async (sending: Parameters<PushingAgent['push']>[0]) => {
    later()
    const before = await people.snapshot(school)
    const pushed = await agent.push(sending)
    expect(pushed.state).toBe('held')
    expect(await people.snapshot(school)).toEqual(before)
    return pushed
  }

  test('nobody in a list of everybody', async () => {
    const pushed = await held({ records: [], scope: 'full' })
    expect(pushed.heldBecause).toBe('empty')
    expect(await mis.apply(school, FILES, pushed)).toEqual({ refused: 'needs-approval' })
    await mis.discard(school, FILES, pushed)
  })

  test('a day that has not come', async () => {
    const unborn = pupil('Gale', 7, { dateOfBirth: '2026-11-24' })
    expect((await held({ records: listed(unborn) })).heldBecause).toBe('dated-ahead')
    const takenAt = new Date(clock.now() + 3_600_000).toISOString()
    const ahead = await held({ records: listed(ARDEN), opening: { takenAt } })
    expect(ahead.heldBecause).toBe('dated-ahead')
  })

  test('one pupil who is two things at once', async () => {
    const twice = listed(ARDEN, { ...ARDEN, surname: 'Ardent' })
    expect((await held({ records: twice })).heldBecause).toBe('contradicts-itself')
    const gone = [...listed(ARDEN), { leaver: ARDEN.key }]
    expect((await held({ records: gone })).heldBecause).toBe('contradicts-itself')
  })

  test('another school’s numbers than those before', async () => {
    later()
    const ours = { laCode: '873', establishment: '2001', name: 'Oakfield Academy' }
    const first = await agent.push({ records: listed(ARDEN), opening: { school: ours } })
    expect(first.state).toBe('applied')
    const theirs = { ...ours, establishment: '2002' }
    const pushed = await held({ records: listed(ARDEN), opening: { school: theirs } })
    expect(pushed.heldBecause).toBe('another-school')
  })

  test('more than a fifth of the pupils missing; approved, it is applied', async () => {
    const pushed = await held({ records: listed(ARDEN, BECK), scope: 'full' })
    expect(pushed.heldBecause).toBe('removes-many-pupils')
    expect(await mis.approve(school, pushed)).toBeUndefined()
    expect(await mis.apply(school, FILES, await found(school, pushed.id))).toBeUndefined()
    expect(await people.list(school)).toHaveLength(2)
    expect((await found(school, pushed.id)).state).toBe('applied')
  })
})

describe('what cannot be used', () => {
  test('was cut short or changed in the bucket, and leaves the data as they were', async () => {
    for (const damage of [
      (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 5),
      (bytes: Uint8Array) => bytes.with(bytes.length - 20, (bytes.at(-20) ?? 0) ^ 1),
      () => new Uint8Array(0),
    ]) {
      later()
      const before = await people.snapshot(school)
      const id = await agent.post({ records: listed(pupil('Hill', 8)) })
      const at = `imports/${school.id}/${id}/push`
      const bytes = new Uint8Array((await (await FILES.get(at))?.arrayBuffer()) ?? [])
      await FILES.put(at, damage(bytes))
      const pushed = await agent.open(id)
      expect(pushed.state).toBe('refused')
      expect(['truncated', 'does-not-open']).toContain(pushed.refusedBecause)
      expect(await people.snapshot(school)).toEqual(before)
      expect((await FILES.list({ prefix: `imports/${school.id}/${id}/` })).objects).toEqual([])
      expect(await actions(id)).toEqual(['import.received', 'import.refused'])
    }
  })

  test('says inside that it is something else than outside', async () => {
    later()
    const pushed = await agent.push({ records: listed(BECK), opening: { scope: 'full' } })
    expect(pushed).toMatchObject({ state: 'refused', refusedBecause: 'not-as-announced' })
  })

  test('was taken before what has been applied already: an old list undoes no newer one', async () => {
    later()
    const takenAt = new Date(clock.now()).toISOString()
    later()
    await agent.push({ records: listed({ ...BECK, house: 'Ash' }) })
    later()
    const old = await agent.push({
      records: listed({ ...BECK, house: 'Oak' }),
      opening: { takenAt },
    })
    expect(old).toMatchObject({ state: 'refused', refusedBecause: 'overtaken' })
    expect(await findPupil('Robin Beck')).toMatchObject({ house: 'Ash' })
  })
})

test('stopped at any step, it is whole or absent, and goes on by itself when it is opened again', async () => {
  for (let step = 1; step < MOST_STEPS; step++) {
    later()
    const before = await people.snapshot(school)
    const one = pupil('Ives', 100 + step, { curriculumGroups: [`6z Art ${step}`] })
    const id = await agent.post({ records: listed(one) })
    const { files, wasStopped } = stoppingAt(step)
    await agent.open(id, files).catch(() => undefined)
    const there = (await people.list(school)).filter(
      ({ record }) => record.admissionNumber === one.key.admissionNumber,
    )
    if (there.length === 0) expect(await people.snapshot(school)).toEqual(before)
    expect((await agent.open(id)).state).toBe('applied')
    const after = (await people.list(school)).filter(
      ({ record }) => record.admissionNumber === one.key.admissionNumber,
    )
    expect(after).toHaveLength(1)
    if (!wasStopped()) return expect(step).toBeGreaterThan(2)
  }
  throw new Error('There are more steps than were tried')
})

const MOST_STEPS = 20

/** A bucket that fails at its nth call, after having done what was asked: the answer is lost. */
function stoppingAt(step: number): { files: R2Bucket; wasStopped: () => boolean } {
  let calls = 0
  const files = new Proxy(FILES, {
    get: (bucket, name) => {
      const method: unknown = Reflect.get(bucket, name)
      if (typeof method !== 'function') return method
      return async (...given: unknown[]) => {
        const answer: unknown = await Reflect.apply(method, bucket, given)
        if (++calls === step) throw new Error('Stopped here')
        return answer
      }
    },
  })
  return { files, wasStopped: () => calls >= step }
}
