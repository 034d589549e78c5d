import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type ImportId, stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { enrolAgent, type PushingAgent } from '../../../test/cast/pushing-agent.ts'
import { settle } from '../../../test/cast/settle.ts'
import type { TestEnv } from '../../../test/cast/test-env.ts'
import { damage, damaged } from '../../../test/samples/damage.ts'
import { bodyDamage, damagedBody } from '../../../test/samples/damaged-body.ts'
import type { RosterPupil } from '../records/roster.ts'
import { lastPosition } from '../store.ts'

/** Damaged pushes against the real database: whatever comes, the roll is as it was or as a whole push has it. */
const { FILES } = env as unknown as TestEnv
const clock = stoppedClock(Date.UTC(2026, 10, 23, 20, 0))
const SEED = 404
let school: School
let agent: PushingAgent

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  school = (await settle(directory)).oakfield.school
  agent = await enrolAgent(directory, school, FILES)
})

let number = 0
const pupil = (): RosterPupil => ({
  line: ++number,
  key: { upn: null, admissionNumber: `F${number}`, reference: `mis-${number}` },
  surname: 'Arden',
  forename: `Robin${number}`,
  preferredForename: null,
  middleNames: null,
  gender: null,
  dateOfBirth: '2016-03-04',
  yearGroup: 'Year 6',
  registrationGroup: '6Q',
  house: null,
  curriculumGroups: ['6x Maths'],
  phones: [],
  emails: [],
  contacts: [],
})
const three = () => [pupil(), pupil(), pupil()].map((each) => ({ pupil: each }))

const roll = async () => ({
  people: await people.snapshot(school),
  groups: await people.listGroups(school),
  last: await lastPosition(school),
})

const bodyAt = (id: ImportId) => `imports/${school.id}/${id}/push`
const bytesAt = async (key: string): Promise<Uint8Array> =>
  new Uint8Array((await (await FILES.get(key))?.arrayBuffer()) ?? [])

test('a body that was changed in between is refused, or was not changed', async () => {
  let refused = 0
  for (const how of fc.sample(bodyDamage, { numRuns: 20, seed: SEED })) {
    clock.advance(60_000)
    const first = await agent.post({ records: three() })
    const other = await bytesAt(bodyAt(first))
    expect((await agent.open(first)).state).toBe('applied')
    clock.advance(60_000)
    const before = await roll()
    const id = await agent.post({ records: three() })
    const whole = await bytesAt(bodyAt(id))
    const changed = damagedBody(whole, other, how)
    await FILES.put(bodyAt(id), changed)
    const pushed = await agent.open(id)
    if (Buffer.compare(changed, whole) === 0) {
      expect(pushed.state).toBe('applied')
      continue
    }
    refused++
    expect(pushed.state).toBe('refused')
    expect(await roll()).toEqual(before)
    expect(await bytesAt(bodyAt(id))).toHaveLength(0)
  }
  expect(refused).toBeGreaterThan(10)
}, 120_000)

test('what is inside is damaged: whole, held or refused, and refused it changes nothing', async () => {
  const states = new Set<string>()
  for (const how of fc.sample(damage, { numRuns: 30, seed: SEED })) {
    clock.advance(60_000)
    const before = await roll()
    const pushed = await agent.push({
      records: three(),
      inside: (plain) => damaged(plain, how),
    })
    states.add(pushed.state)
    expect(['applied', 'held', 'refused']).toContain(pushed.state)
    if (pushed.state === 'refused') {
      expect(pushed.refusedBecause).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(pushed.counts).toBeNull()
    }
    if (pushed.state !== 'applied') expect(await roll()).toEqual(before)
    else {
      const added = (await people.snapshot(school)).pupils.length - before.people.pupils.length
      expect(added).toBe(pushed.counts?.pupils.added)
    }
  }
  expect(states.has('applied') && states.has('refused')).toBe(true)
}, 120_000)
