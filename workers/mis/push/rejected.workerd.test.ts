import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { stoppedClock } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import * as mis from '../index.ts'
import type { PupilKey, Rejected, RosterPupil, RosterStaff } from '../records/roster.ts'
import type { PayloadRecord } from './payload.ts'

/** Tonight's export of Oakfield Academy has rows that its agent could not use. Who is in them is at school. */
const { FILES } = env as unknown as TestEnv
const clock = stoppedClock(Date.UTC(2026, 10, 23, 20, 0))
let cast: Cast
let school: School
let agent: PushingAgent

const NAMES = ['Ash', 'Birch', 'Cedar', 'Elder', 'Fir', 'Hazel', 'Larch', 'Maple', 'Oak', 'Pine']

const keyOf = (name: string): PupilKey => ({
  upn: null,
  admissionNumber: null,
  reference: `mis-${name}`,
})

const pupil = (surname: string): RosterPupil => ({
  line: 2,
  key: { ...keyOf(surname), admissionNumber: `T${NAMES.indexOf(surname)}` },
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
})

const pupils = (...names: string[]): PayloadRecord[] =>
  names.map((name) => ({ pupil: pupil(name) }))

const bad = (more: Partial<Rejected>): PayloadRecord => ({
  rejected: { line: 7, field: 'Surname', reason: 'no-surname', subject: 'row', ...more },
})

const send = (sending: Parameters<PushingAgent['push']>[0]) => {
  clock.advance(60_000)
  return agent.push({ scope: 'full', ...sending })
}

const onRoll = async () =>
  (await people.list(school)).map(({ record }) => record.surname).toSorted()

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  school = cast.oakfield.school
  await schools.changeProducts(directory, school, ['call-parents', 'our-schools-app'])
  agent = await enrolAgent(directory, school, FILES)
  // The cast goes, so that the roll is the one that this file tells of.
  const first = await send({ records: pupils(...NAMES), opening: { source: 'wonde' } })
  if (first.state !== 'held') return
  await mis.approve(school, first)
  const approved = await mis.find(school, first.id)
  if (approved) await mis.apply(school, FILES, approved)
})

beforeEach(async () => {
  expect(await onRoll()).toEqual(NAMES)
})

const back = () => send({ records: pupils(...NAMES), opening: { source: 'wonde' } })

describe('a pupil who is in a row that could not be used', () => {
  test('has not left, whether known by a number or by the id of the system; who is missing has', async () => {
    const records = [
      bad({ key: keyOf('Ash') }),
      bad({ line: 8, key: { ...keyOf('x'), reference: null, admissionNumber: 'T1' } }),
      ...pupils(...NAMES.slice(2, -1)),
    ]
    const pushed = await send({ records, opening: { source: 'wonde' } })
    expect(pushed).toMatchObject({
      state: 'applied',
      counts: { pupils: { leaving: 1 }, rejected: 2 },
    })
    expect(await onRoll()).toEqual(NAMES.slice(0, -1))
    const report = await mis.reportOf(school, FILES, pushed, 'viewed')
    expect(report).toMatchObject({ isFull: true, moreRejected: 0 })
    expect(report?.rejected).toMatchObject([
      { line: 7, field: 'Surname', reason: 'no-surname' },
      { line: 8, field: 'Surname', reason: 'no-surname' },
    ])

    const again = await send({ records, opening: { source: 'wonde' } })
    expect(again.counts && mis.changesNothing(again.counts)).toBe(true)
    expect(again.fileFingerprint).toBe(pushed.fileFingerprint)
    await back()
  })

  test('of another system’s id is somebody else', async () => {
    const records = [bad({ key: keyOf('Ash') }), ...pupils(...NAMES.slice(1))]
    await send({ records, opening: { source: 'xporter' } })
    expect(await onRoll()).toEqual(NAMES.slice(1))
    await back()
  })

  test('is not known by a row about one value, or by a row about staff', async () => {
    const records = [
      bad({ subject: 'field', key: keyOf('Ash') }),
      bad({ of: 'staff', key: keyOf('Ash') }),
      ...pupils(...NAMES.slice(1)),
    ]
    await send({ records, opening: { source: 'wonde' } })
    expect(await onRoll()).toEqual(NAMES.slice(1))
    await back()
  })

  test('may be anybody where there are more than are told of', async () => {
    const most = Array.from({ length: 1001 }, (_, at) => bad({ line: at, subject: 'field' }))
    for (const sending of [
      { records: pupils(...NAMES.slice(1)), opening: { moreRejected: 1 } },
      { records: [...most, ...pupils(...NAMES.slice(1))] },
      // A record that came damaged does not even say as much.
      { records: [{ pupil: { line: 4 } } as never, ...pupils(...NAMES.slice(1))] },
    ]) {
      const pushed = await send(sending)
      expect(pushed).toMatchObject({ state: 'applied', counts: { pupils: { leaving: 0 } } })
      expect(pushed.counts?.rejected).toBeGreaterThan(0)
    }
  })
})

describe('what is told of a row', () => {
  test('is its place and a reason that there is, and never what it says', async () => {
    const records = [
      bad({ shown: 'Canary' }),
      bad({ line: 8, reason: 'because' as never }),
      ...pupils(...NAMES),
    ]
    const pushed = await send({ records, scope: 'partial' })
    const report = await mis.reportOf(school, FILES, pushed, 'viewed')
    expect(report?.rejected).toEqual([
      { line: 7, field: 'Surname', reason: 'no-surname', subject: 'row' },
      { line: 8, field: 'reason', reason: 'not-as-agreed', subject: 'row' },
    ])
    expect(JSON.stringify(report)).not.toContain('Canary')
  })

  test('is no record of the school’s: a list with nothing else in it is empty', async () => {
    const pushed = await send({ records: [bad({ key: keyOf('Ash') })] })
    expect(pushed).toMatchObject({ state: 'held', heldBecause: 'empty' })
    await mis.discard(school, FILES, pushed)
  })

  test('goes with every kind of data, each with its own reasons', async () => {
    for (const [kind, reason] of [
      ['registers', 'withdrawn-code'],
      ['behaviour', 'not-points'],
      ['detentions', 'no-type'],
      ['consents', 'contact-without-surname'],
    ] as const) {
      const pushed = await send({ kind, records: [bad({ reason })], scope: 'partial' })
      expect(pushed).toMatchObject({ state: 'applied', counts: { rejected: 1 } })
      const report = await mis.reportOf(school, FILES, pushed, 'viewed')
      expect(report?.rejected).toMatchObject([{ line: 7, reason }])
    }
  })
})

test('marks of nobody on roll are all counted, and the first thousand listed', async () => {
  const mark = (line: number): PayloadRecord => ({
    mark: {
      line,
      pupil: keyOf(`nobody-${line}`),
      date: '2026-11-23',
      at: { kind: 'session', session: 'AM' },
      code: '/',
      minutesLate: null,
    },
  })
  const records = Array.from({ length: 1200 }, (_, at) => mark(at + 2))
  const pushed = await send({ kind: 'registers', records, scope: 'partial' })
  expect(pushed.counts).toMatchObject({ entries: 0, rejected: 1200 })
  const report = await mis.reportOf(school, FILES, pushed, 'viewed')
  expect(report?.rejected).toHaveLength(1000)
  expect(report).toMatchObject({ moreRejected: 200 })
})

describe('who works at the school', () => {
  const employee = (surname: string): RosterStaff => ({
    line: 2,
    reference: `s-${surname}`,
    title: null,
    forename: 'Sam',
    surname,
    phones: [],
    emails: [],
    isCurrent: true,
  })
  const staff = (...list: PayloadRecord[]) => send({ kind: 'staff', records: list })
  const team = NAMES.map((name): PayloadRecord => ({ staff: employee(name) }))
  const rowOf = (reference: string | null) =>
    bad({ of: 'staff', key: { upn: null, admissionNumber: null, reference } })
  const leaving = async (...list: PayloadRecord[]) => (await staff(...list)).counts?.staff?.leaving

  test('has not left because of a row that could not be used; who is missing has', async () => {
    await staff(...team)
    expect(await leaving(rowOf('s-Ash'), ...team.slice(1, -1))).toBe(1)
    const surnames = (await people.listStaff(school)).map(({ record }) => record.surname)
    expect(surnames).toContain('Ash')
    expect(surnames).not.toContain('Pine')
    // A value that was not taken hides nobody; a row that does not say whose it is may hide anybody.
    expect(await leaving(bad({ of: 'staff', subject: 'field' }), ...team.slice(1, -1))).toBe(1)
    expect(await leaving(rowOf(null), ...team.slice(2, -1))).toBe(0)
  })

  test('nor because a record of theirs came damaged', async () => {
    await staff(...team)
    const damaged = { staff: { ...employee('Ash'), surname: '' } }
    expect(await leaving(damaged, ...team.slice(1, -1))).toBe(1)
    const surnames = (await people.listStaff(school)).map(({ record }) => record.surname)
    expect(surnames).toContain('Ash')
  })
})
