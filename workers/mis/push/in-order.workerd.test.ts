import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as agents from '#agents'
import * as attendance from '#attendance'
import { type ImportId, invariant, stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { mutex } from '#workers/outbox/mutex.ts'
import { found, upload } from '../../../test/cast/office.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import * as mis from '../index.ts'
import type { RosterContact, RosterPupil } from '../records/roster.ts'

/**
 * Oakfield's agent sends several exports, and a queue brings their jobs in any order. Whatever the order, what
 * was known later stands.
 */
const { FILES } = env as unknown as TestEnv
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

const mother = (surname: string, n: number, more: Partial<RosterContact> = {}): RosterContact => ({
  line: 2,
  title: 'Mrs',
  forename: 'Mary',
  surname,
  relationship: 'Mother',
  priority: 1,
  hasParentalResponsibility: true,
  language: null,
  phones: [{ e164: `+447700900${100 + n}`, kind: 'mobile' }],
  emails: [],
  mayNotBeContacted: false,
  ...more,
})

const keyOf = (n: number) => ({ upn: null, admissionNumber: `Q${n}`, reference: null })

const pupil = (surname: string, n: number, more: Partial<RosterPupil> = {}): RosterPupil => ({
  line: n,
  key: keyOf(n),
  surname,
  forename: 'Robin',
  preferredForename: null,
  middleNames: null,
  gender: null,
  dateOfBirth: '2016-03-04',
  yearGroup: 'Year 6',
  registrationGroup: '6Q',
  house: 'Elm',
  phones: [],
  emails: [],
  contacts: [mother(surname, n)],
  ...more,
})

const listed = (...pupils: RosterPupil[]) => pupils.map((each) => ({ pupil: each }))
const says = { saysNoContact: true as const }
const later = (minutes = 1) => clock.advance(minutes * 60_000)
const nowIso = () => new Date(clock.now()).toISOString()
const houseOf = async (name: string) => {
  const line = (await people.list(school)).find(({ record }) => people.fullName(record) === name)
  return line && (await people.find(school, line.id))?.house
}
const orders = async () =>
  (await people.snapshot(school)).restrictions.filter(({ source }) => source === 'mis').length

describe('exports that are opened out of order', () => {
  test('go in by when they were sealed: what came first does not undo what came next', async () => {
    const first = await agent.post({ records: listed(pupil('Beck', 2, { house: 'Oak' })) })
    later()
    const second = await agent.post({ records: listed(pupil('Beck', 2, { house: 'Ash' })) })
    expect(await agent.open(second)).toMatchObject({ state: 'applied' })
    expect(await found(school, first)).toMatchObject({ state: 'applied' })
    expect(await houseOf('Robin Beck')).toBe('Ash')
  })

  test('twelve months of one export at once are twelve months, none refused and none left', async () => {
    await agent.push({ records: listed(pupil('Cole', 3)) })
    later()
    const takenAt = nowIso()
    const ids: ImportId[] = []
    for (let month = 1; month <= 12; month++) {
      const date = `2026-${String(month).padStart(2, '0')}-03`
      const mark = {
        line: month,
        pupil: keyOf(3),
        date: month > 10 ? date.replace('2026', '2025') : date,
        at: { kind: 'session' as const, session: 'AM' as const },
        code: '/' as const,
        minutesLate: null,
      }
      ids.push(await agent.post({ kind: 'registers', records: [{ mark }], opening: { takenAt } }))
    }
    const oneImport = mutex()
    await Promise.all(ids.toReversed().map((id) => oneImport(() => agent.open(id))))
    for (const id of ids) {
      expect(await found(school, id)).toMatchObject({ state: 'applied', counts: { entries: 1 } })
    }
    const cole = (await people.list(school)).find(({ record }) => record.surname === 'Cole')
    invariant(cole, 'on roll')
    expect(
      (await attendance.yearOf(school, cole.id, '2026-07-01')).sessions.length,
    ).toBeGreaterThan(5)
  })

  test('without a line they come to the same', async () => {
    later()
    const surnames = ['Dean', 'Ellis', 'Frost', 'Gale']
    const ids: ImportId[] = []
    for (const [at, surname] of surnames.entries()) {
      ids.push(await agent.post({ records: listed(pupil(surname, 10 + at)) }))
      later()
    }
    await Promise.allSettled(ids.toReversed().map((id) => agent.open(id)))
    for (const id of ids) expect(await agent.open(id)).toMatchObject({ state: 'applied' })
    for (const surname of surnames) expect(await houseOf(`Robin ${surname}`)).toBe('Elm')
  })

  test('one that cannot be opened holds up the others for a quarter of an hour, and no longer', async () => {
    const stuck = await agent.post({ records: listed(pupil('Hart', 20)) })
    later()
    const other = { feed: 'another' }
    const next = await agent.post({ records: listed(pupil('Ives', 21)), opening: other })
    const failing = failingAt(stuck)
    await expect(agent.open(next, failing)).rejects.toThrow('The bucket is away')
    expect(await houseOf('Robin Ives')).toBeUndefined()
    later(15)
    expect(await agent.open(next, failing)).toMatchObject({ state: 'applied' })
    // It rests a while after each failure.
    later(2)
    expect(await agent.open(stuck)).toMatchObject({ state: 'applied' })
  })
})

/** A bucket that has everything but what belongs to this import. */
const failingAt = (id: ImportId): R2Bucket =>
  new Proxy(FILES, {
    get: (bucket, name) => {
      const method: unknown = Reflect.get(bucket, name)
      if (typeof method !== 'function') return method
      return async (...given: unknown[]) => {
        if (String(given[0]).includes(id)) throw new Error('The bucket is away')
        return Reflect.apply(method, bucket, given) as unknown
      }
    },
  })

describe('an export that was made before what is known', () => {
  test('of the same feed is refused, and it is known by what', async () => {
    const takenAt = nowIso()
    later()
    const newer = await agent.push({ records: listed(pupil('Beck', 2, { house: 'Ash' })) })
    later()
    const records = listed(pupil('Beck', 2, { house: 'Oak' }))
    const old = await agent.push({ records, opening: { takenAt } })
    expect(old).toMatchObject({ state: 'refused', refusedBecause: 'overtaken' })
    expect(old.takenAtMs).toBe(Date.parse(takenAt))
    expect((await mis.overtakenBy(school, old))?.id).toBe(newer.id)
    expect(await houseOf('Robin Beck')).toBe('Ash')
  })

  test('of another feed is another list of pupils, and goes in', async () => {
    const takenAt = nowIso()
    later()
    await agent.push({ records: listed(pupil('Beck', 2)), opening: { feed: 'year-8' } })
    later()
    const year7 = { takenAt, feed: 'year-7' }
    const other = await agent.push({ records: listed(pupil('Jay', 22)), opening: year7 })
    expect(other).toMatchObject({ state: 'applied', feed: 'year-7' })
  })

  test('made in an hour that has not come counts as made when it was sealed', async () => {
    later()
    const takenAt = new Date(clock.now() + 600_000).toISOString()
    const ahead = await agent.push({ records: listed(pupil('Jay', 22)), opening: { takenAt } })
    expect(ahead).toMatchObject({ state: 'applied', takenAtMs: clock.now() })
    later()
    const next = await agent.push({ records: listed(pupil('Jay', 22, { house: 'Fir' })) })
    expect(next.state).toBe('applied')
    expect(await houseOf('Robin Jay')).toBe('Fir')
  })

  test('ends no order that came after it, by whichever feed that came', async () => {
    const list = (mayNotBeContacted: boolean) =>
      listed(pupil('Vale', 50, { contacts: [mother('Vale', 50, { mayNotBeContacted })] }))
    await agent.push({ records: list(false), opening: says })
    const takenAt = nowIso()
    later()
    const contact = { title: 'Mrs', forename: 'Mary', surname: 'Vale' }
    const about = { about: 'no-contact', channel: null, isAllowed: false } as const
    const consent = { line: 1, pupil: keyOf(50), contact, ...about }
    await agent.push({ kind: 'consents', records: [{ consent }], opening: { feed: 'flags' } })
    const laid = await orders()
    later()
    const old = { ...says, takenAt, feed: 'all-years' }
    const pushed = await agent.push({ records: list(false), opening: old })
    expect(pushed).toMatchObject({ state: 'applied', counts: { restrictions: { ended: 0 } } })
    expect(await orders()).toBe(laid)

    // Nor do the flags of a feed that was read before the order came.
    const allowed = [{ consent: { ...consent, isAllowed: true } }]
    const flags = { takenAt, feed: 'old-flags' }
    await agent.push({ kind: 'consents', records: allowed, opening: flags })
    expect(await orders()).toBe(laid)
    later()
    await agent.push({ kind: 'consents', records: allowed, opening: { feed: 'flags' } })
    expect(await orders()).toBe(laid - 1)
  })
})

describe('a list of everybody', () => {
  const everybody = async (house: string, takenAt = nowIso()) => {
    const records = (await people.list(school)).map(({ record }) => {
      const { surname, forename, upn, admissionNumber, dateOfBirth } = record
      const key = { upn, admissionNumber, reference: null }
      const phones: RosterPupil['phones'] = []
      return { ...pupil(surname, 1), key, forename, dateOfBirth, house, phones, contacts: [] }
    })
    return { scope: 'full' as const, records: listed(...records), opening: { takenAt } }
  }

  test('is refused where somebody uploaded a file after it was made', async () => {
    const old = await everybody('Old')
    later()
    const row = ['Beck', 'Robin', '04/03/2016', 'Q2', 'Yew'].join(',')
    const csv = `Surname,Forename,Date of birth,Admission number,House\n${row}\n`
    const bytes = new TextEncoder().encode(csv)
    const uploaded = await upload(school, FILES, bytes, { isPartial: true })
    expect(await mis.apply(school, FILES, uploaded)).toBeUndefined()
    expect(await houseOf('Robin Beck')).toBe('Yew')
    later()
    expect(await agent.push(old)).toMatchObject({ state: 'refused', refusedBecause: 'overtaken' })
    expect(await houseOf('Robin Beck')).toBe('Yew')
  })

  test('sent again every night while the school’s system writes no new one changes nothing, and is late', async () => {
    const same = await everybody('Lime')
    expect((await agent.push(same)).state).toBe('applied')
    const expected = async () => (await agents.find(directory, school, agent.id))?.expectedByMs ?? 0
    const first = await expected()
    expect(first).toBeGreaterThan(clock.now())
    later(24 * 60)
    expect((await agent.push(same)).state).toBe('applied')
    const second = await expected()
    expect(second).toBeGreaterThan(first)
    later(24 * 60)
    const third = await agent.push(same)
    expect(third.state).toBe('applied')
    expect(third.counts && mis.changesNothing(third.counts)).toBe(true)
    expect(await expected()).toBe(second)
    later(24 * 60)
    expect((await agent.push(await everybody('Lime'))).state).toBe('applied')
    expect(await expected()).toBeGreaterThan(second)
  })

  test('held, and approved after newer data came in, is not applied', async () => {
    const [one, ...rest] = (await everybody('Lime')).records
    invariant(one, 'on roll')
    const few = { scope: 'full' as const, records: [one, ...rest.slice(0, 2)] }
    later(24 * 60)
    const expectedByMs = (await agents.find(directory, school, agent.id))?.expectedByMs
    const held = await agent.push(few)
    expect(held).toMatchObject({ state: 'held', heldBecause: 'removes-many-pupils' })
    // What only waits is not the night's data yet.
    expect(await agents.find(directory, school, agent.id)).toMatchObject({ expectedByMs })
    await mis.approve(school, held)
    later()
    expect((await agent.push(await everybody('Plane'))).state).toBe('applied')
    const ready = await found(school, held.id)
    expect(await mis.apply(school, FILES, ready)).toEqual({ refused: 'overtaken' })
    expect(await houseOf('Robin Beck')).toBe('Plane')
    await mis.discard(school, FILES, ready)
  })
})
