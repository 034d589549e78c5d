import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { lindqvists, settleLindqvists } from '../../test/cast/lindqvists.ts'
import { emptySchool, child, reach, tie } from '../../test/cast/pieces.ts'

const { zofia, elsa, otto, nils, maja, falcon, majaPhone, office } = lindqvists
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
let school: School
let oakfield: School
let neighbour: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  school = await emptySchool(directory, 'St Botolph’s Primary', 0)
  oakfield = await emptySchool(directory, 'Oakfield Academy', 1)
  neighbour = await emptySchool(directory, 'Elmfield Primary', 0)
  await settleLindqvists(school)
})

const phone = (value: string) => people.pointKey(school, 'sms', value)
const trailOf = async (subject: string) =>
  (await audit.about(school, subject, 10)).map(({ action }) => action)
const fail = async (value: string, because = 'unknown-subscriber') =>
  school.write(people.pointsFailed(school, [{ fingerprint: await phone(value), because }]))

describe('reading', () => {
  test('one pupil with groups, contacts and their numbers; the page leaves a trail', async () => {
    const found = await people.viewPupil(school, elsa)
    expect(found).toMatchObject({
      record: { surname: 'Lindqvist' },
      yearGroup: 'Year 4',
      registrationGroup: '4 Kestrel',
      house: null,
      leftAtMs: null,
    })
    expect(
      found?.contacts.map(({ id, relationship, standing }) => [id, relationship, standing]),
    ).toEqual([
      [maja, 'Parent', 'none'],
      [nils, 'Parent', 'none'],
    ])
    expect(found?.contacts[0]?.points.map(({ value }) => value).sort()).toEqual([
      '+447700900202',
      'Maja@example.com',
    ])
    expect(await trailOf(elsa)).toEqual(['pupil.viewed'])
  })

  test('one contact with all the children they answer for', async () => {
    const found = await people.viewContact(school, maja)
    expect(found?.children.map(({ id, yearGroup }) => [id, yearGroup])).toEqual([
      [elsa, 'Year 4'],
      [otto, null],
    ])
    expect(await trailOf(maja)).toEqual(['contact.viewed'])
  })

  test('within the years granted only, and then nothing else is written or said', async () => {
    const granted = { yearGroups: ['Year 4'] }
    expect((await people.list(school, granted)).map(({ id }) => id)).toEqual([elsa, zofia])
    expect(await people.viewPupil(school, otto, granted)).toBeUndefined()
    expect(await people.viewPupil(school, zofia, { yearGroups: [] })).toBeUndefined()
    expect((await people.viewContact(school, maja, granted))?.children.map(({ id }) => id)).toEqual(
      [elsa],
    )
    expect(await people.viewContact(school, maja, { yearGroups: ['Year 6'] })).toBeUndefined()
    expect(await trailOf(otto)).toEqual([])
  })

  test('groups with the number of pupils on roll, staff, and how many there are', async () => {
    expect((await people.listGroups(school)).map(({ name, pupils }) => [name, pupils])).toEqual([
      ['4 Falcon', 0],
      ['4 Kestrel', 1],
      ['Year 4', 2],
    ])
    expect(await people.listStaff(school)).toMatchObject([
      { id: office, points: [{ value: '+442079460201' }] },
    ])
    expect(await people.countPupils(school)).toBe(3)
  })

  test('nothing of it from next door', async () => {
    expect(await people.list(oakfield)).toEqual([])
    expect(await people.find(oakfield, elsa)).toBeUndefined()
    expect(await people.findContact(oakfield, maja)).toBeUndefined()
    expect(await people.listStaff(oakfield)).toEqual([])
    expect(await people.findPoint(oakfield, majaPhone)).toBeUndefined()
    expect(await people.ownersOf(oakfield, await phone('+447700900202'))).toEqual([])
    expect(await people.mendPoint(oakfield, majaPhone, '07700 900299')).toEqual({
      refused: 'no-such-point',
    })
    expect(await people.snapshot(oakfield)).toEqual({
      pupils: [],
      contacts: [],
      aliases: [],
      relationships: [],
      points: [],
      groups: [],
      memberships: [],
      restrictions: [],
    })
  })
})

describe('saving again', () => {
  test('changes the row, keeps a failing number failing, and forgets it with the number', async () => {
    await fail('+447700900202')
    await school.write(
      await people.pointsSaved(school, [
        { ...reach(maja, '+447700900202', { id: majaPhone }), position: 2 },
      ]),
    )
    expect(await people.findPoint(school, majaPhone)).toMatchObject({
      position: 2,
      isFailing: true,
    })
    await school.write(
      await people.pointsSaved(school, [reach(maja, '+447700900203', { id: majaPhone })]),
    )
    expect(await people.findPoint(school, majaPhone)).toMatchObject({
      value: '+447700900203',
      isFailing: false,
    })
  })

  test('a pupil who changed is the same one; groups and relationships are replaced', async () => {
    await school.write(
      await people.pupilsSaved(school, [child(elsa, 'Elsa Maria', 'Lindqvist')]),
      people.membershipsReplaced(school, [elsa], [{ groupId: falcon, pupilId: elsa }]),
      await people.relationshipsSaved(school, [
        { ...tie(elsa, nils), relationship: 'Father', priority: 2 },
      ]),
    )
    const found = await people.find(school, elsa)
    expect(found).toMatchObject({
      record: { forename: 'Elsa Maria' },
      registrationGroup: '4 Falcon',
      yearGroup: null,
    })
    expect(found?.contacts.map(({ relationship }) => relationship)).toEqual(['Parent', 'Father'])
  })

  test('never takes a row of another school, even under its id on the same shard', async () => {
    await neighbour.write(
      await people.pupilsSaved(neighbour, [child(elsa, 'Not', 'Elsa')]),
      people.pupilsLeft(neighbour, [elsa], clock.now()),
      people.pointsEnded(neighbour, [majaPhone]),
    )
    expect(await people.list(neighbour)).toEqual([])
    expect(await people.find(school, elsa)).toMatchObject({
      record: { surname: 'Lindqvist' },
      leftAtMs: null,
    })
    expect(await people.findPoint(school, majaPhone)).toBeDefined()
  })
})
