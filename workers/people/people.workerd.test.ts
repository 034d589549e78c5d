import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { type ContactId, log, millipence, newId, type PointId, type PupilId, stoppedClock } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import type { Fingerprint } from '#vault'
import { type Env, premisesOf } from '#workers/env.ts'

/** St Botolph's has Zofia Nowak and the Lindqvist twins, whose parents share one phone; Oakfield has nobody. */
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
const digest = 'made-in-a-test' as Fingerprint
const [zofia, elsa, otto] = [newId('pupil'), newId('pupil'), newId('pupil')]
const [nowak, maja, nils] = [newId('contact'), newId('contact'), newId('contact')]
const [year4, kestrel, falcon] = [newId('group'), newId('group'), newId('group')]
const [nowakPhone, majaPhone, nilsPhone, majaMail, officePhone] = Array.from({ length: 5 }, () => newId('point')) as [
  PointId, PointId, PointId, PointId, PointId,
]
const office = newId('staff')
let school: School
let oakfield: School
let neighbour: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  school = await opened(directory, 'St Botolph’s Primary', 0)
  oakfield = await opened(directory, 'Oakfield Academy', 1)
  neighbour = await opened(directory, 'Elmfield Primary', 0)
  await school.write(
    await people.pupilsSaved(school, [
      pupil(zofia, 'Zofia', 'Nowak'), pupil(elsa, 'Elsa', 'Lindqvist'), pupil(otto, 'Otto', 'Lindqvist'),
    ]),
    await people.groupsSaved(school, [
      { id: year4, kind: 'year', name: 'Year 4' },
      { id: kestrel, kind: 'registration', name: '4 Kestrel' },
      { id: falcon, kind: 'registration', name: '4 Falcon' },
    ]),
    people.membershipsReplaced(school, [], [
      { groupId: year4, pupilId: zofia }, { groupId: year4, pupilId: elsa }, { groupId: kestrel, pupilId: elsa },
    ]),
    await people.contactsSaved(school, [
      contact(nowak, 'Ewa', 'Nowak'), contact(maja, 'Maja', 'Lindqvist'), contact(nils, 'Nils', 'Lindqvist'),
    ]),
    await people.relationshipsSaved(school, [
      tie(zofia, nowak), tie(elsa, maja), tie(otto, maja), tie(elsa, nils),
    ]),
    await people.staffSaved(school, [{ id: office, record: { title: null, forename: 'Jo', surname: 'Bell' } }]),
    await people.pointsSaved(school, [
      point(nowakPhone, nowak, '+447700900201'), point(majaPhone, maja, '+447700900202'),
      point(nilsPhone, nils, '+447700900202'),
      { ...point(majaMail, maja, 'Maja@example.com'), channel: 'email' },
      { ...point(officePhone, office, '+442079460201'), channel: 'voice', personKind: 'staff' },
    ]),
  )
})

async function opened(directory: Directory, name: string, shard: number): Promise<School> {
  const details = { kind: 'school', name, by: system('seed') } as const
  const { id } = await schools.create(directory, { ...details, smsPriceMillipence: millipence(2.4) }, shard)
  return (await directory.school(id, system('seed'))) as School
}

const pupil = (id: PupilId, forename: string, surname: string, admissionNumber: string | null = null) => ({
  id, digest,
  record: {
    forename, surname, admissionNumber, preferredForename: null, middleNames: null, upn: null, gender: null,
    dateOfBirth: '2017-05-04',
  },
})
const contact = (id: ContactId, forename: string, surname: string) => ({
  id, digest, record: { title: 'Mx', forename, surname, language: null },
})
const tie = (pupilId: PupilId, contactId: ContactId) => ({
  id: newId('relationship'), pupilId, contactId, relationship: 'Parent', priority: 1, hasParentalResponsibility: true,
})
const point = (id: PointId, personId: people.PersonId, value: string): people.PointSaved => ({
  id, personKind: 'contact', personId, channel: 'sms', value, position: 1,
})
const phone = (value: string) => people.pointKey(school, 'sms', value)
const trailOf = async (subject: string) => (await audit.about(school, subject, 10)).map(({ action }) => action)
const fail = async (value: string, because = 'unknown-subscriber') =>
  school.write(people.pointsFailed(school, [{ fingerprint: await phone(value), because }]))

describe('reading', () => {
  test('one pupil with groups, contacts and their numbers; the page leaves a trail', async () => {
    const found = await people.viewPupil(school, elsa)
    expect(found).toMatchObject({
      record: { surname: 'Lindqvist' }, yearGroup: 'Year 4', registrationGroup: '4 Kestrel', house: null, leftAtMs: null,
    })
    expect(found?.contacts.map(({ id, relationship, standing }) => [id, relationship, standing])).toEqual([
      [maja, 'Parent', 'none'], [nils, 'Parent', 'none'],
    ])
    expect(found?.contacts[0]?.points.map(({ value }) => value).sort()).toEqual(['+447700900202', 'Maja@example.com'])
    expect(await trailOf(elsa)).toEqual(['pupil.viewed'])
  })

  test('one contact with all the children they answer for', async () => {
    const found = await people.viewContact(school, maja)
    expect(found?.children.map(({ id, yearGroup }) => [id, yearGroup])).toEqual([[elsa, 'Year 4'], [otto, null]])
    expect(await trailOf(maja)).toEqual(['contact.viewed'])
  })

  test('within the years granted only, and then nothing else is written or said', async () => {
    const granted = { yearGroups: ['Year 4'] }
    expect((await people.list(school, granted)).map(({ id }) => id)).toEqual([elsa, zofia])
    expect(await people.viewPupil(school, otto, granted)).toBeUndefined()
    expect(await people.viewPupil(school, zofia, { yearGroups: [] })).toBeUndefined()
    expect((await people.viewContact(school, maja, granted))?.children.map(({ id }) => id)).toEqual([elsa])
    expect(await people.viewContact(school, maja, { yearGroups: ['Year 6'] })).toBeUndefined()
    expect(await trailOf(otto)).toEqual([])
  })

  test('groups with the number of pupils on roll, staff, and how many there are', async () => {
    expect((await people.listGroups(school)).map(({ name, pupils }) => [name, pupils])).toEqual([
      ['4 Falcon', 0], ['4 Kestrel', 1], ['Year 4', 2],
    ])
    expect(await people.listStaff(school)).toMatchObject([{ id: office, points: [{ value: '+442079460201' }] }])
    expect(await people.findStaff(school, office)).toMatchObject({ record: { surname: 'Bell' } })
    expect(await people.countPupils(school)).toBe(3)
  })

  test('nothing of it from next door', async () => {
    expect(await people.list(oakfield)).toEqual([])
    expect(await people.find(oakfield, elsa)).toBeUndefined()
    expect(await people.findContact(oakfield, maja)).toBeUndefined()
    expect(await people.findStaff(oakfield, office)).toBeUndefined()
    expect(await people.findPoint(oakfield, majaPhone)).toBeUndefined()
    expect(await people.ownersOf(oakfield, await phone('+447700900202'))).toEqual([])
    expect(await people.mendPoint(oakfield, majaPhone, '07700 900299')).toEqual({ refused: 'no-such-point' })
    expect(await people.snapshot(oakfield)).toEqual({
      pupils: [], contacts: [], relationships: [], points: [], groups: [], memberships: [], restrictions: [],
    })
  })
})

describe('numbers that fail', () => {
  test('are listed with whose they are and about which pupils, and no more once one arrives', async () => {
    await fail('+447700900202')
    const failing = await people.failingPoints(school)
    expect(failing.map(({ owner, pupils }) => [owner.name, pupils.map(({ name }) => name)])).toEqual(
      expect.arrayContaining([
        ['Mx Maja Lindqvist', ['Elsa Lindqvist', 'Otto Lindqvist']],
        ['Mx Nils Lindqvist', ['Elsa Lindqvist']],
      ]),
    )
    expect(await people.countFailing(school)).toBe(2)
    await school.write(people.pointsWorking(school, [await phone('+447700900202')]))
    expect(await people.failingPoints(school)).toEqual([])
  })

  test('keep the time they began to fail, and are no concern once the child has left', async () => {
    await fail('+447700900201')
    const sinceMs = clock.now()
    clock.advance(60_000)
    await fail('+447700900201', 'barred')
    expect(await people.findPoint(school, nowakPhone)).toMatchObject({
      isFailing: true, failingSinceMs: sinceMs, failingBecause: 'barred',
    })
    await school.write(people.pupilsLeft(school, [zofia], clock.now()))
    expect(await people.countFailing(school)).toBe(0)
    await school.write(people.pupilsReturned(school, [zofia]))
    expect(await people.countFailing(school)).toBe(1)
  })

  test('a shared number has several owners', async () => {
    const owners = await people.ownersOf(school, await phone('+447700900202'))
    expect(owners.map(({ id }) => id).sort()).toEqual([maja, nils].sort())
  })
})

describe('mending a number', () => {
  test('takes it as people type it, makes it work again, and says so in the trail without it', async () => {
    expect(await people.mendPoint(school, nowakPhone, ' 07700 900 299 (new)')).toBe('mended')
    expect(await people.findPoint(school, nowakPhone)).toMatchObject({ value: '+447700900299', isFailing: false })
    const [entry] = await audit.about(school, nowakPhone, 1)
    expect(entry?.action).toBe('point.mended')
    expect(JSON.stringify(entry)).not.toContain('900299')
    expect(await people.ownersOf(school, await phone('+447700900201'))).toEqual([])
  })

  test('the same one again confirms it', async () => {
    await fail('+447700900299')
    expect(await people.mendPoint(school, nowakPhone, '07700900299')).toBe('confirmed')
    expect(await people.findPoint(school, nowakPhone)).toMatchObject({ isFailing: false })
  })

  test.each([
    ['not a number', 'phone-not-a-number'],
    ['', 'phone-empty'],
    ['01632 960201', 'not-a-mobile'],
    ['+33 6 12 34 56 78', 'not-uk'],
  ])('refuses %j and leaves it as it was', async (typed, refused) => {
    expect(await people.mendPoint(school, nowakPhone, typed)).toEqual({ refused, field: 'value' })
    expect(await people.findPoint(school, nowakPhone)).toMatchObject({ value: '+447700900299' })
  })

  test('an address is mended as one, and a landline may become a mobile', async () => {
    expect(await people.mendPoint(school, majaMail, 'maja@@example.com')).toMatchObject({ field: 'value' })
    expect(await people.mendPoint(school, majaMail, 'maja.l@example.org')).toBe('mended')
    expect(await people.mendPoint(school, officePhone, '07700 900298')).toBe('mended')
    expect(await people.findPoint(school, officePhone)).toMatchObject({ channel: 'sms' })
  })
})

describe('saving again', () => {
  test('changes the row, keeps a failing number failing, and forgets it with the number', async () => {
    await fail('+447700900202')
    await school.write(await people.pointsSaved(school, [{ ...point(majaPhone, maja, '+447700900202'), position: 2 }]))
    expect(await people.findPoint(school, majaPhone)).toMatchObject({ position: 2, isFailing: true })
    await school.write(await people.pointsSaved(school, [point(majaPhone, maja, '+447700900203')]))
    expect(await people.findPoint(school, majaPhone)).toMatchObject({ value: '+447700900203', isFailing: false })
  })

  test('a pupil who changed is the same one; groups and relationships are replaced', async () => {
    await school.write(
      await people.pupilsSaved(school, [pupil(elsa, 'Elsa Maria', 'Lindqvist')]),
      people.membershipsReplaced(school, [elsa], [{ groupId: falcon, pupilId: elsa }]),
      await people.relationshipsSaved(school, [{ ...tie(elsa, nils), relationship: 'Father', priority: 2 }]),
    )
    const found = await people.find(school, elsa)
    expect(found).toMatchObject({ record: { forename: 'Elsa Maria' }, registrationGroup: '4 Falcon', yearGroup: null })
    expect(found?.contacts.map(({ relationship }) => relationship)).toEqual(['Parent', 'Father'])
  })

  test('never takes a row of another school, even under its id on the same shard', async () => {
    await neighbour.write(
      await people.pupilsSaved(neighbour, [pupil(elsa, 'Not', 'Elsa')]),
      people.pupilsLeft(neighbour, [elsa], clock.now()),
      people.pointsEnded(neighbour, [majaPhone]),
    )
    expect(await people.list(neighbour)).toEqual([])
    expect(await people.find(school, elsa)).toMatchObject({ record: { surname: 'Lindqvist' }, leftAtMs: null })
    expect(await people.findPoint(school, majaPhone)).toBeDefined()
  })
})

describe('a school of 2,000', () => {
  const MOST_MS = 250 // the page's aim is 150 ms on its own; here other work shares the cores
  const ids = Array.from({ length: 2_000 }, () => newId('pupil'))

  test('is listed and searched without a visible wait', async () => {
    await oakfield.write(
      await people.pupilsSaved(oakfield, ids.map((id, at) => pupil(id, `Forename${at}`, `Surname${at % 700}`, String(at)))),
      await people.groupsSaved(oakfield, [{ id: year4, kind: 'year', name: 'Year 4' }, { id: kestrel, kind: 'registration', name: '4K' }]),
      people.membershipsReplaced(oakfield, ids, ids.flatMap((pupilId) => [{ groupId: year4, pupilId }, { groupId: kestrel, pupilId }])),
    )
    const times: number[] = []
    for (let run = 0; run < 7; run++) {
      const startedMs = performance.now()
      const found = await people.search(oakfield, 'surname42 foren', { limit: 50 })
      await oakfield.rows({ sql: 'select 1', params: [] }) // workerd's clock moves only with I/O
      times.push(performance.now() - startedMs)
      expect(found).toHaveLength(33)
    }
    const [median] = times.sort((a, b) => a - b).slice(3)
    log('search.measured', { pupils: ids.length, medianMs: Math.round(median ?? 0) })
    expect(median).toBeLessThan(MOST_MS)
  })

  test('is all in a circle, in one go', async () => {
    const startedMs = performance.now()
    const { pupils } = await people.circle(oakfield, {
      everyPupil: true, pupils: [], groups: [], contacts: [], everyStaff: true, staff: [],
    })
    log('circle.measured', { pupils: ids.length, ms: Math.round(performance.now() - startedMs) })
    expect(pupils).toHaveLength(ids.length)
  })
})
