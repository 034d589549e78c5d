import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { type ContactId, millipence, newId, type PupilId, stoppedClock } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import type { Fingerprint, Sealed } from '#vault'
import { type Env, premisesOf } from '#workers/env.ts'
import { restrictions } from './tables.ts'

/**
 * Teddy Marsh and his sister Elsie live with their mother. Their father may not be told where Teddy
 * is; their grandmother shares his phone. Amara Adeyemi's parents live in two homes. Ivo has left.
 */
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
const DAY = 86_400_000
let school: School
let oakfield: School
const [teddy, elsie, amara, ivo] = Array.from({ length: 4 }, () => newId('pupil')) as [PupilId, PupilId, PupilId, PupilId]
const [mother, father, gran, ada, tunde, petrov] = Array.from({ length: 6 }, () => newId('contact')) as [
  ContactId, ContactId, ContactId, ContactId, ContactId, ContactId,
]
const [year4, year5] = [newId('group'), newId('group')]
const pym = newId('staff')

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  school = await opened(directory, 'St Botolph’s Primary', 0)
  oakfield = await opened(directory, 'Oakfield Academy', 1)
  const digest = 'made-in-a-test' as Fingerprint
  await school.write(
    await people.pupilsSaved(school, [
      { id: teddy, record: named('Edward', 'Marsh', 'Teddy'), digest },
      { id: elsie, record: named('Elsie', 'Marsh'), digest },
      { id: amara, record: named('Amara', 'Adeyemi'), digest },
      { id: ivo, record: named('Ivo', 'Petrov'), digest },
    ]),
    people.pupilsLeft(school, [ivo], clock.now() - 120 * DAY),
    await people.groupsSaved(school, [
      { id: year4, kind: 'year', name: 'Year 4' },
      { id: year5, kind: 'year', name: 'Year 5' },
    ]),
    people.membershipsReplaced(school, [teddy, elsie, amara, ivo], [
      { groupId: year4, pupilId: teddy },
      { groupId: year4, pupilId: ivo },
      { groupId: year5, pupilId: elsie },
      { groupId: year5, pupilId: amara },
    ]),
    await people.contactsSaved(school, [
      { id: mother, record: parent('Ruth', 'Marsh'), digest },
      { id: father, record: parent('Carl', 'Marsh'), digest },
      { id: gran, record: parent('Vera', 'Marsh'), digest },
      { id: ada, record: parent('Ada', 'Adeyemi'), digest },
      { id: tunde, record: parent('Tunde', 'Adeyemi'), digest },
      { id: petrov, record: parent('Irina', 'Petrov'), digest },
    ]),
    await people.relationshipsSaved(school, [
      tie(teddy, gran, 3), tie(teddy, father, 2), tie(teddy, mother, 1),
      tie(elsie, mother, 1), tie(elsie, father, 2), tie(elsie, gran, null),
      tie(amara, ada, 1), tie(amara, tunde, 1), tie(ivo, petrov, 1),
    ]),
    await people.pointsSaved(school, [
      number(mother, '+447700900101'), number(father, '+447700900102'), number(gran, '+447700900102'),
      number(gran, '+447700900103', 2), number(ada, '+447700900104'), number(tunde, '+447700900105'),
      number(petrov, '+447700900106'), number(pym, '+447700900107', 1, 'staff'),
    ]),
    await people.staffSaved(school, [{ id: pym, record: { title: 'Mr', forename: 'Alan', surname: 'Pym' } }]),
  )
})

beforeEach(async () => {
  await school.write(school.db.delete(restrictions).where(eq(restrictions.schoolId, school.id)))
})

async function opened(directory: Directory, name: string, shard: number): Promise<School> {
  const details = { kind: 'school', name, by: system('seed') } as const
  const { id } = await schools.create(directory, { ...details, smsPriceMillipence: millipence(2.4) }, shard)
  return (await directory.school(id, system('seed'))) as School
}

const named = (forename: string, surname: string, preferredForename: string | null = null) => ({
  forename, surname, preferredForename,
  middleNames: null, upn: null, admissionNumber: null, gender: null, dateOfBirth: null,
})
const parent = (forename: string, surname: string) => ({ title: null, forename, surname, language: null })
const tie = (pupilId: PupilId, contactId: ContactId, priority: number | null) => ({
  id: newId('relationship'), pupilId, contactId, priority,
  relationship: 'Parent', hasParentalResponsibility: true,
})
const number = (personId: people.PersonId, value: string, position = 1, personKind: people.PersonKind = 'contact') => ({
  id: newId('point'), personKind, personId, channel: 'sms' as const, value, position,
})

const nobody = { everyPupil: false, pupils: [], groups: [], contacts: [], everyStaff: false, staff: [] }
const around = async (...pupils: PupilId[]) => (await people.circle(school, { ...nobody, pupils })).pupils
const standings = (pupil: people.CirclePupil | undefined) =>
  Object.fromEntries((pupil?.contacts ?? []).map(({ name, restriction }) => [name, restriction]))
const phone = (value: string) => people.pointKey(school, 'sms', value)

const order = (contactId: ContactId, pupilId: PupilId | null, more: Partial<people.RestrictionGiven> = {}) =>
  people.addRestriction(school, {
    contactId, pupilId, scope: 'all-contact', startsAtMs: clock.now(), reviewAtMs: null,
    record: { reason: 'Prohibited steps order', evidence: 'Seen by Mrs Okafor', owner: 'Mrs Okafor' },
    ...more,
  }) as Promise<people.RestrictionId>

describe('a circle', () => {
  test('holds the pupils chosen, with contacts by priority and their numbers in order', async () => {
    const [found, ...others] = await around(teddy)
    expect(others).toEqual([])
    expect(found).toMatchObject({ id: teddy, yearGroup: 'Year 4', registrationGroup: null, hasLeft: false })
    expect(found?.contacts.map(({ name }) => name)).toEqual(['Ruth Marsh', 'Carl Marsh', 'Vera Marsh'])
    expect(found?.contacts[2]?.points.map(({ value }) => value)).toEqual(['+447700900102', '+447700900103'])
    expect(found?.restrictedFingerprints).toEqual(new Set())
  })

  test('of a group or of everyone leaves out who has left; somebody named comes along, as having left', async () => {
    const of = async (chosen: Partial<people.Addressed>) =>
      (await people.circle(school, { ...nobody, ...chosen })).pupils.map(({ id, hasLeft }) => [id, hasLeft])
    expect(await of({ groups: [year4] })).toEqual([[teddy, false]])
    expect(await of({ groups: [year4, year5], pupils: [teddy] })).toHaveLength(3)
    expect(await of({ everyPupil: true })).toEqual([[amara, false], [elsie, false], [teddy, false]])
    expect(await of({ pupils: [ivo] })).toEqual([[ivo, true]])
    expect(await of({})).toEqual([])
  })

  test('holds staff and contacts written to directly', async () => {
    const { staff, direct, pupils } = await people.circle(school, { ...nobody, everyStaff: true, contacts: [ada] })
    expect(staff).toMatchObject([{ kind: 'staff', id: pym, name: 'Mr Alan Pym', restriction: 'none' }])
    expect(direct).toMatchObject([{ kind: 'contact', id: ada, points: [{ value: '+447700900104' }] }])
    expect(pupils).toEqual([])
  })

  test('never reaches into another school', async () => {
    const all = { ...nobody, everyPupil: true, everyStaff: true, pupils: [teddy], groups: [year4], contacts: [ada] }
    const found = await people.circle(oakfield, all)
    expect(found).toEqual({ pupils: [], staff: [], direct: [], restrictedFingerprints: new Set() })
  })
})

describe('a restriction', () => {
  test('about Teddy holds for Teddy, not for his sister; the shared phone is restricted too', async () => {
    await order(father, teddy)
    const [forElsie, forTeddy] = await around(teddy, elsie)
    expect(standings(forTeddy)).toEqual({ 'Ruth Marsh': 'none', 'Carl Marsh': 'all-contact', 'Vera Marsh': 'none' })
    expect(standings(forElsie)).toMatchObject({ 'Carl Marsh': 'none' })
    expect(forTeddy?.restrictedFingerprints).toEqual(new Set([await phone('+447700900102')]))
    expect(forElsie?.restrictedFingerprints).toEqual(new Set())
  })

  test('about every child holds for each, and for a message to the contact directly', async () => {
    await order(father, null, { scope: 'no-location' })
    expect((await around(teddy, elsie)).map((pupil) => standings(pupil)['Carl Marsh'])).toEqual([
      'no-location', 'no-location',
    ])
    const { direct } = await people.circle(school, { ...nobody, contacts: [father] })
    expect(direct[0]?.restriction).toBe('no-location')
  })

  test('keeps its number when the MIS no longer ties the father to his child', async () => {
    const snapshot = await people.snapshot(school)
    const gone = snapshot.relationships.filter((one) => one.contactId === father && one.pupilId === teddy)
    await order(father, teddy)
    await school.write(people.relationshipsEnded(school, gone.map(({ id }) => id)))
    const [forTeddy] = await around(teddy)
    expect(Object.keys(standings(forTeddy))).toEqual(['Ruth Marsh', 'Vera Marsh'])
    expect(forTeddy?.restrictedFingerprints).toEqual(new Set([await phone('+447700900102')]))
    await school.write(await people.relationshipsSaved(school, [tie(teddy, father, 2)]))
  })

  test('around a direct contact says which numbers reach somebody restricted about their child', async () => {
    await order(father, teddy)
    const found = await people.circle(school, { ...nobody, contacts: [gran] })
    expect(found.direct[0]?.restriction).toBe('none')
    expect(found.restrictedFingerprints).toEqual(new Set([await phone('+447700900102')]))
  })

  test('that does not open, or whose dates make no sense, holds as unreadable', async () => {
    const id = await order(father, teddy)
    const spoil = (values: Partial<typeof restrictions.$inferInsert>) =>
      school.write(school.db.update(restrictions).set(values).where(and(eq(restrictions.schoolId, school.id), eq(restrictions.id, id))))
    const standing = async () => standings((await around(teddy))[0])['Carl Marsh']

    await spoil({ endedAtMs: clock.now() - 200 * DAY })
    expect(await standing()).toBe('unreadable')
    await spoil({ endedAtMs: null, startsAtMs: -1 })
    expect(await standing()).toBe('unreadable')
    await spoil({ startsAtMs: clock.now(), scope: 'anything' as never })
    expect(await standing()).toBe('unreadable')
    await spoil({ scope: 'reports-only', record: '1.k1.bm90IHNlYWxlZA' as Sealed<people.RestrictionRecord> })
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

describe('laying and ending a restriction', () => {
  const trailOf = async (subject: string) =>
    (await audit.about(school, subject, 10)).map(({ action, facts }) => ({ action, facts }))

  test('leaves a trail of ids, and none of why', async () => {
    const id = await order(father, teddy)
    expect(await people.endRestriction(school, id, 'order-ended')).toBeUndefined()
    const [ended, added] = await trailOf(id)
    expect([added?.action, ended?.action]).toEqual(['restriction.added', 'restriction.ended'])
    expect(JSON.stringify([added, ended])).not.toContain('Prohibited')
    expect(standings((await around(teddy))[0])['Carl Marsh']).toBe('none')
  })

  test('is refused twice over, and where it makes no sense', async () => {
    const id = await order(father, teddy)
    expect(await order(father, teddy)).toEqual({ refused: 'already-restricted' })
    expect(await order(newId('contact'), teddy)).toEqual({ refused: 'not-a-contact' })
    expect(await order(father, elsie, { reviewAtMs: clock.now() - DAY })).toEqual({ refused: 'review-before-start', field: 'review' })
    expect(await order(ada, teddy)).toEqual({ refused: 'not-a-contact' })
    await people.endRestriction(school, id, 'entered-by-mistake')
    expect(await people.endRestriction(school, id, 'order-ended')).toEqual({ refused: 'already-ended' })
    expect(await people.endRestriction(school, newId('restriction'), 'order-ended')).toEqual({ refused: 'no-such-restriction' })
    expect(await people.endRestriction(oakfield, id, 'order-ended')).toEqual({ refused: 'no-such-restriction' })
  })

  test('the MIS ends its own with an import, and nobody by hand; an import cannot end the school’s', async () => {
    const [ours, theirs] = [await order(father, teddy), newId('restriction')]
    await school.write(
      await people.restrictionsSaved(school, [
        {
          id: theirs, contactId: father, pupilId: elsie, scope: 'all-contact', source: 'mis',
          record: { reason: 'From the MIS', evidence: null, owner: null }, startsAtMs: clock.now(), reviewAtMs: null,
        },
      ]),
    )
    expect((await people.snapshot(school)).restrictions).toMatchObject([{ id: theirs, contactId: father, pupilId: elsie }])
    expect(await people.endRestriction(school, theirs, 'order-ended')).toEqual({ refused: 'comes-from-mis' })
    await school.write(people.restrictionsEnded(school, [ours, theirs]))
    expect((await people.restrictionsOf(school)).map(({ id }) => id)).toEqual([ours])
  })
})
