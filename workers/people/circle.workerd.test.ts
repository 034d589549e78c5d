import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ContactId, type PupilId, stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import type { Sealed } from '#vault'
import { type Env, premisesOf } from '#workers/env.ts'
import { marshes, settleMarshes, SHARED } from '../../test/cast/marshes.ts'
import { emptySchool, tie } from '../../test/cast/pieces.ts'
import { restrictions } from './tables.ts'

const { teddy, elsie, amara, ivo, father, gran, ada, year4, year5, pym } = marshes
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
const DAY = 86_400_000
let school: School
let oakfield: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  school = await emptySchool(directory, 'St Botolph’s Primary', 0)
  oakfield = await emptySchool(directory, 'Oakfield Academy', 1)
  await settleMarshes(school, clock.now() - 120 * DAY)
})

beforeEach(async () => {
  await school.write(school.db.delete(restrictions).where(eq(restrictions.schoolId, school.id)))
})

const nobody = {
  everyPupil: false,
  pupils: [],
  groups: [],
  contacts: [],
  everyStaff: false,
  staff: [],
}
const around = async (...pupils: PupilId[]) =>
  (await people.circle(school, { ...nobody, pupils })).pupils
const standings = (pupil: people.CirclePupil | undefined) =>
  Object.fromEntries((pupil?.contacts ?? []).map(({ name, restriction }) => [name, restriction]))

const shared = () => people.pointKey(school, 'sms', SHARED)

const order = (
  contactId: ContactId,
  pupilId: PupilId | null,
  more: Partial<people.RestrictionGiven> = {},
) =>
  people.addRestriction(school, {
    contactId,
    pupilId,
    scope: 'all-contact',
    startsAtMs: clock.now(),
    reviewAtMs: null,
    record: {
      reason: 'Prohibited steps order',
      evidence: null,
      owner: 'Mrs Okafor',
    },
    ...more,
  }) as Promise<people.RestrictionId>

describe('a circle', () => {
  test('holds the pupils chosen, with contacts by priority and their numbers in order', async () => {
    const [found, ...others] = await around(teddy)
    expect(others).toEqual([])
    expect(found).toMatchObject({
      id: teddy,
      yearGroup: 'Year 4',
      registrationGroup: null,
      hasLeft: false,
    })
    expect(found?.contacts.map(({ name }) => name)).toEqual([
      'Ruth Marsh',
      'Carl Marsh',
      'Vera Marsh',
    ])
    expect(found?.contacts[2]?.points.map(({ value }) => value)).toEqual([
      '+447700900102',
      '+447700900103',
    ])
    expect(found?.restrictedFingerprints).toEqual(new Set())
  })

  test('of a group or of everyone leaves out who has left; somebody named comes along, as having left', async () => {
    const of = async (chosen: Partial<people.Addressed>) =>
      (await people.circle(school, { ...nobody, ...chosen })).pupils.map(({ id, hasLeft }) => [
        id,
        hasLeft,
      ])
    expect(await of({ groups: [year4] })).toEqual([[teddy, false]])
    expect(await of({ groups: [year4, year5], pupils: [teddy] })).toHaveLength(3)
    expect(await of({ everyPupil: true })).toEqual([
      [amara, false],
      [elsie, false],
      [teddy, false],
    ])
    expect(await of({ pupils: [ivo] })).toEqual([[ivo, true]])
    expect(await of({})).toEqual([])
  })

  test('holds staff and contacts written to directly', async () => {
    const { staff, direct, pupils } = await people.circle(school, {
      ...nobody,
      everyStaff: true,
      contacts: [ada],
    })
    expect(staff).toMatchObject([
      { kind: 'staff', id: pym, name: 'Mr Alan Pym', restriction: 'none' },
    ])
    expect(direct).toMatchObject([
      { kind: 'contact', id: ada, points: [{ value: '+447700900104' }] },
    ])
    expect(pupils).toEqual([])
  })

  test('never reaches into another school', async () => {
    const all = {
      ...nobody,
      everyPupil: true,
      everyStaff: true,
      pupils: [teddy],
      groups: [year4],
      contacts: [ada],
    }
    const found = await people.circle(oakfield, all)
    expect(found).toEqual({ pupils: [], staff: [], direct: [], restrictedFingerprints: new Set() })
  })
})

describe('a restriction', () => {
  test('about Teddy holds for Teddy, not for his sister; the shared phone is restricted too', async () => {
    await order(father, teddy)
    const [forElsie, forTeddy] = await around(teddy, elsie)
    expect(standings(forTeddy)).toEqual({
      'Ruth Marsh': 'none',
      'Carl Marsh': 'all-contact',
      'Vera Marsh': 'none',
    })
    expect(standings(forElsie)).toMatchObject({ 'Carl Marsh': 'none' })
    expect(forTeddy?.restrictedFingerprints).toEqual(new Set([await shared()]))
    expect(forElsie?.restrictedFingerprints).toEqual(new Set())
  })

  test('about every child holds for each, and for a message to the contact directly', async () => {
    await order(father, null, { scope: 'no-location' })
    expect((await around(teddy, elsie)).map((pupil) => standings(pupil)['Carl Marsh'])).toEqual([
      'no-location',
      'no-location',
    ])
    const { direct } = await people.circle(school, { ...nobody, contacts: [father] })
    expect(direct[0]?.restriction).toBe('no-location')
  })

  test('keeps its number when the MIS no longer ties the father to his child', async () => {
    const snapshot = await people.snapshot(school)
    const gone = snapshot.relationships.filter(
      (one) => one.contactId === father && one.pupilId === teddy,
    )
    await order(father, teddy)
    await school.write(
      people.relationshipsEnded(
        school,
        gone.map(({ id }) => id),
      ),
    )
    const [forTeddy] = await around(teddy)
    expect(Object.keys(standings(forTeddy))).toEqual(['Ruth Marsh', 'Vera Marsh'])
    expect(forTeddy?.restrictedFingerprints).toEqual(new Set([await shared()]))
    await school.write(await people.relationshipsSaved(school, [tie(teddy, father, 2)]))
  })

  test('around a direct contact says which numbers reach somebody restricted about their child', async () => {
    await order(father, teddy)
    const found = await people.circle(school, { ...nobody, contacts: [gran] })
    expect(found.direct[0]?.restriction).toBe('none')
    expect(found.restrictedFingerprints).toEqual(new Set([await shared()]))
  })

  test('that does not open, or whose dates make no sense, holds as unreadable', async () => {
    const id = await order(father, teddy)
    const spoil = (values: Partial<typeof restrictions.$inferInsert>) =>
      school.write(
        school.db
          .update(restrictions)
          .set(values)
          .where(and(eq(restrictions.schoolId, school.id), eq(restrictions.id, id))),
      )
    const standing = async () => standings((await around(teddy))[0])['Carl Marsh']

    await spoil({ endedAtMs: clock.now() - 200 * DAY })
    expect(await standing()).toBe('unreadable')
    await spoil({ endedAtMs: null, startsAtMs: -1 })
    expect(await standing()).toBe('unreadable')
    await spoil({ startsAtMs: clock.now(), scope: 'anything' as never })
    expect(await standing()).toBe('unreadable')
    await spoil({
      scope: 'reports-only',
      record: '1.k1.bm90IHNlYWxlZA' as Sealed<people.RestrictionRecord>,
    })
    expect(await standing()).toBe('unreadable')
    expect((await around(teddy))[0]?.restrictedFingerprints.size).toBe(1)
  })

  test('that begins later holds from then on, without anybody doing anything', async () => {
    await order(father, teddy, { startsAtMs: clock.now() + DAY })
    expect(standings((await around(teddy))[0])['Carl Marsh']).toBe('none')
    clock.advance(DAY)
    expect(standings((await around(teddy))[0])['Carl Marsh']).toBe('all-contact')
  })
})
