import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { newId, stoppedClock } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { lindqvists, settleLindqvists } from '../../test/cast/lindqvists.ts'
import { adult, child, emptySchool, reach, tie } from '../../test/cast/pieces.ts'

// Zofia has her mother alone; the twins' parents share a phone; Otto has his mother alone; Lev has nobody;
// Ewa Nowak is in the school's system twice.
const { zofia, elsa, otto, nowak, maja, nils } = lindqvists
const [lev, twice] = [newId('pupil'), newId('contact')]
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
let school: School
let other: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  school = await emptySchool(directory, 'St Botolph’s Primary', 0)
  other = await emptySchool(directory, 'Oakfield Academy', 0)
  await settleLindqvists(school)
  await school.write(
    await people.pupilsSaved(school, [child(lev, 'Lev', 'Aronov')]),
    await people.contactsSaved(school, [adult(twice, 'Ewa', 'NOWAK')]),
    await people.relationshipsSaved(school, [tie(zofia, twice, 2)]),
    await people.pointsSaved(school, [
      reach(twice, '+441632960201', { channel: 'voice' }),
      reach(twice, '+447700900201'),
    ]),
  )
})

const names = (part: people.Part<{ name: string }>) => part.shown.map(({ name }) => name)

describe('the work list', () => {
  test('names who cannot be reached, and who has fewer than two contacts', async () => {
    const quality = await people.viewQuality(school)
    expect(names(quality.unreachable)).toEqual(['Lev Aronov'])
    expect(await people.countUnreachable(school)).toBe(1)
    expect(names(quality.fewContacts)).toEqual(['Otto Lindqvist'])
    const [entry] = await audit.list(school, { actions: ['data-quality.viewed'], limit: 1 })
    expect(entry).toMatchObject({ action: 'data-quality.viewed', facts: { unreachable: 1 } })
  })

  test('names what is shared, and who seems to be there twice, not who merely has a name', async () => {
    const { shared, duplicates } = await people.viewQuality(school)
    expect(
      shared.shown.map((one) => one.contacts.map(({ name }) => name).toSorted()).toSorted(),
    ).toEqual([
      ['Ewa NOWAK', 'Ewa Nowak'],
      ['Maja Lindqvist', 'Nils Lindqvist'],
    ])
    expect(duplicates.total).toBe(1)
    expect(duplicates.shown[0]).toMatchObject({ sharesChild: true, sharesPoint: true })
    expect((await people.viewQuality(other)).duplicates.total).toBe(0)
  })

  test('counts a number that fails, and a contact who must not be told, as no reach', async () => {
    const fingerprint = await people.pointKey(school, 'sms', '+447700900202')
    await school.write(people.pointsFailed(school, [{ fingerprint, because: 'barred' }]))
    const restricted = await people.addRestriction(school, {
      contactId: maja,
      pupilId: otto,
      scope: 'no-location',
      record: { reason: 'Order', evidence: null, owner: null },
      startsAtMs: clock.now(),
      reviewAtMs: null,
    })
    expect(restricted).toMatch(/^rst_/)
    // Elsa still has Maja's e-mail address; Otto's mother may not be told about Otto.
    const quality = await people.viewQuality(school)
    expect(names(quality.unreachable)).toEqual(['Lev Aronov', 'Otto Lindqvist'])
    expect(await people.countUnreachable(school)).toBe(2)
    expect(quality.failing).toBe(2)
    await school.write(people.pointsWorking(school, [fingerprint]))
  })
})

describe('joining two records of one person', () => {
  test('is refused for one and the same, and for nobody of this school', async () => {
    expect(await people.joinContacts(school, nowak, nowak)).toEqual({ refused: 'same-contact' })
    const stranger = await people.joinContacts(school, nowak, newId('contact'))
    expect(stranger).toEqual({ refused: 'no-such-contact' })
    expect(await people.joinContacts(other, nowak, twice)).toEqual({ refused: 'no-such-contact' })
  })

  test('is refused for two who are not on the list: a mother and a father stay two', async () => {
    for (const [kept, gone] of [
      [maja, nils],
      [nils, maja],
      [nowak, maja],
    ] as const) {
      expect(await messaging.joinContacts(school, kept, gone)).toEqual({
        refused: 'not-duplicates',
      })
      expect(await people.findContact(school, gone)).toBeDefined()
    }
    const { duplicates } = await people.viewQuality(school)
    for (const { contacts } of duplicates.shown) {
      const [one, twin] = contacts.map(({ id }) => id)
      if (!one || !twin) throw new Error('a pair is two')
      expect(await people.areDuplicates(school, one, twin)).toBe(true)
      expect(await people.areDuplicates(school, twin, one)).toBe(true)
      expect(await people.areDuplicates(other, one, twin)).toBe(false)
    }
  })

  test('keeps every number once, the better priority, every restriction, and says so', async () => {
    await people.addRestriction(school, {
      contactId: twice,
      pupilId: null,
      scope: 'all-contact',
      record: { reason: 'Court order', evidence: null, owner: null },
      startsAtMs: clock.now(),
      reviewAtMs: null,
    })
    expect(await messaging.joinContacts(school, nowak, twice)).toBeUndefined()
    const kept = await people.findContact(school, nowak)
    expect(kept?.points.map(({ value }) => value)).toEqual(['+447700900201', '+441632960201'])
    expect(kept?.children).toMatchObject([
      { id: zofia, priority: 1, standing: 'all-contact', hasParentalResponsibility: true },
    ])
    expect(await people.findContact(school, twice)).toBeUndefined()
    const held = await people.restrictionsOf(school, [nowak])
    expect(held.map(({ record }) => record?.reason)).toEqual(['Court order'])
    const [entry] = await audit.about(school, nowak, 1)
    expect(entry).toMatchObject({ action: 'contact.joined', facts: { joined: twice } })
    expect((await people.viewQuality(school)).duplicates.total).toBe(0)
    expect(await messaging.joinContacts(school, nowak, twice)).toEqual({
      refused: 'no-such-contact',
    })
  })

  test('leaves other people alone', async () => {
    const twins = await people.find(school, elsa)
    expect(twins?.contacts.map(({ id }) => id).toSorted()).toEqual([maja, nils].toSorted())
  })
})
