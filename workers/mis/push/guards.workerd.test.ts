import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { found } from '../../../test/cast/office.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import { settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import * as mis from '../index.ts'
import type { RosterContact, RosterPupil } from '../records/roster.ts'

/**
 * Oakfield's nightly export breaks in one way after another. All pupils are in it each time: what would go is
 * their contacts, their numbers, or the orders that protect them.
 */
const { FILES } = env as unknown as TestEnv
const clock = stoppedClock(Date.UTC(2026, 10, 23, 20, 0))
let school: School
let agent: PushingAgent

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  const cast = await settle(directory)
  school = cast.oakfield.school
  agent = await enrolAgent(directory, school, FILES)
  // Those who were there before leave: they are not of this story.
  const gone = (await people.list(school)).map(({ record }) => ({
    leaver: { upn: record.upn, admissionNumber: record.admissionNumber, reference: null },
  }))
  const first = await agent.push({ records: [...gone, ...listed(everybody())], opening: says })
  await mis.approve(school, first)
  await mis.apply(school, FILES, await found(school, first.id))
})

const says = { saysNoContact: true as const }
const NAMES = 'Ash Birch Cedar Dogwood Elder Fir Gorse Hazel Ivy Juniper Lime Maple'.split(' ')

const mother = (at: number, more: Partial<RosterContact> = {}): RosterContact => ({
  line: 2,
  title: 'Mrs',
  forename: 'Mary',
  surname: NAMES[at] ?? '',
  relationship: 'Mother',
  priority: 1,
  hasParentalResponsibility: true,
  language: null,
  phones: [{ e164: `+4477009004${10 + at}`, kind: 'mobile' }],
  emails: [`${NAMES[at]?.toLowerCase()}@example.com`],
  mayNotBeContacted: false,
  ...more,
})

const pupil = (at: number, contacts: RosterContact[] = [mother(at)]): RosterPupil => ({
  line: at + 2,
  key: { upn: null, admissionNumber: `G${at}`, reference: null },
  surname: NAMES[at] ?? '',
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
  contacts,
})

const everybody = (contactsOf = (at: number): RosterContact[] => [mother(at)]) =>
  NAMES.map((_, at) => pupil(at, contactsOf(at)))
const listed = (pupils: RosterPupil[]) => pupils.map((each) => ({ pupil: each }))
const night = () => clock.advance(60_000)

const tonight = (contactsOf: (at: number) => RosterContact[]) => {
  night()
  return agent.push({ scope: 'full', records: listed(everybody(contactsOf)), opening: says })
}

async function heldAll(contactsOf: (at: number) => RosterContact[]): Promise<mis.Import> {
  const before = await people.snapshot(school)
  const pushed = await tonight(contactsOf)
  expect(pushed.state).toBe('held')
  expect(await people.snapshot(school)).toEqual(before)
  await mis.discard(school, FILES, pushed)
  return pushed
}

test('all contacts but one gone are held, with how many', async () => {
  const pushed = await heldAll((at) => (at === 0 ? [mother(0)] : []))
  expect(pushed).toMatchObject({
    heldBecause: 'removes-many-contacts',
    counts: { contacts: { leaving: 11, here: 12 }, pupils: { leaving: 0 } },
  })
})

test('so are their numbers, and addresses', async () => {
  const numbers = await heldAll((at) => [mother(at, at === 0 ? {} : { phones: [] })])
  expect(numbers).toMatchObject({
    heldBecause: 'removes-many-points',
    counts: { points: { ended: 11, here: 24 } },
  })
  const changed = await heldAll((at) => [
    mother(at, { phones: [{ e164: `+4477009004${40 + at}`, kind: 'mobile' }] }),
  ])
  expect(changed.counts?.points).toEqual({ ended: 12, here: 24 })
})

test('a few contacts and numbers that change in a night are not', async () => {
  const pushed = await tonight((at) => [mother(at, at < 4 ? { emails: [] } : {})])
  expect(pushed).toMatchObject({ state: 'applied', counts: { points: { ended: 4 } } })
})

test('who leaves takes their contacts along: a year that leaves is held once, for the pupils', async () => {
  night()
  const staying = everybody().slice(0, 7)
  const pushed = await agent.push({ scope: 'full', records: listed(staying), opening: says })
  expect(pushed).toMatchObject({
    heldBecause: 'removes-many-pupils',
    counts: { contacts: { leaving: 0, here: 7 }, points: { ended: 0 } },
  })
  await mis.discard(school, FILES, pushed)
})

describe('orders of the school’s own system', () => {
  const list = (restricted: (at: number) => boolean) =>
    listed(everybody((at) => [mother(at, { mayNotBeContacted: restricted(at) })]))
  const push = (restricted: (at: number) => boolean) => {
    night()
    return agent.push({ records: list(restricted), opening: says })
  }
  const standing = async () => (await people.snapshot(school)).restrictions.length

  test('all gone at once are held, and so are several; one may end', async () => {
    expect((await push((at) => at < 10)).counts?.restrictions).toMatchObject({ added: 10 })
    const all = await push(() => false)
    expect(all).toMatchObject({
      state: 'held',
      heldBecause: 'ends-many-restrictions',
      counts: { restrictions: { ended: 10, here: 10 } },
    })
    await mis.discard(school, FILES, all)
    const some = await push((at) => at < 7)
    expect(some).toMatchObject({ heldBecause: 'ends-many-restrictions' })
    await mis.discard(school, FILES, some)
    expect(await standing()).toBe(10)
    expect((await push((at) => at < 9)).state).toBe('applied')
    expect(await standing()).toBe(9)
  })

  test('by flags too', async () => {
    night()
    const consent = (at: number) => ({
      line: at,
      pupil: pupil(at).key,
      contact: { title: 'Mrs', forename: 'Mary', surname: NAMES[at] ?? '' },
      about: 'no-contact' as const,
      channel: null,
      isAllowed: true,
    })
    const records = [0, 1, 2, 3].map((at) => ({ consent: consent(at) }))
    const pushed = await agent.push({ kind: 'consents', records })
    expect(pushed).toMatchObject({ state: 'held', heldBecause: 'ends-many-restrictions' })
    expect(await standing()).toBe(9)
    // Somebody looked, and it is so: then they end.
    await mis.approve(school, pushed)
    expect(await mis.apply(school, FILES, await found(school, pushed.id))).toBeUndefined()
    expect(await standing()).toBe(5)
  })

  test('that came after a held import was made do not end when it is approved', async () => {
    const held = await push(() => false)
    expect(held).toMatchObject({ counts: { restrictions: { ended: 5, here: 5 } } })
    await mis.approve(school, held)
    night()
    const opening = { ...says, feed: 'by-the-hour' }
    await agent.push({ records: list((at) => at >= 4 && at < 10), opening })
    expect(await standing()).toBe(6)
    // The fifth of them is as it was; of the sixth it knows nothing.
    const now = await found(school, held.id)
    expect(await mis.apply(school, FILES, now)).toBeUndefined()
    expect(await standing()).toBe(1)
  })
})

test('an approval is of those who were looked at: as many others are looked at again', async () => {
  night()
  const few = listed(everybody().slice(0, 3))
  const held = await agent.push({ scope: 'full', records: few, opening: says })
  expect(held.heldBecause).toBe('removes-many-pupils')
  await mis.approve(school, held)
  night()
  // One of the nine comes off the roll, and another pupil comes on it: as many would leave.
  const key = pupil(11).key
  const newcomer = { ...pupil(11, []), key: { ...key, admissionNumber: 'G99' }, surname: 'Yew' }
  const other = { feed: 'office' }
  await agent.push({ records: [{ leaver: key }, { pupil: newcomer }], opening: other })
  const ready = await found(school, held.id)
  expect(await mis.apply(school, FILES, ready)).toEqual({ refused: 'roll-has-changed' })
  const anew = await found(school, held.id)
  expect(anew).toMatchObject({ state: 'held', counts: { pupils: held.counts?.pupils } })
  expect(anew.planFingerprint).not.toBe(held.planFingerprint)
  // What does not touch it needs no second look.
  await mis.approve(school, anew)
  expect(await mis.apply(school, FILES, await found(school, held.id))).toBeUndefined()
})
