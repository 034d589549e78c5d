import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { lindqvists, settleLindqvists } from '../../test/cast/lindqvists.ts'
import { emptySchool } from '../../test/cast/pieces.ts'

const { zofia, maja, nils, nowakPhone, majaMail, officePhone } = lindqvists
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
let school: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  school = await emptySchool(directory, 'St Botolph’s Primary', 0)
  await settleLindqvists(school)
})

const phone = (value: string) => people.pointKey(school, 'sms', value)
const fail = async (value: string, because = 'unknown-subscriber') =>
  school.write(people.pointsFailed(school, [{ fingerprint: await phone(value), because }]))

describe('numbers that fail', () => {
  test('are listed with whose they are and about which pupils, and no more once one arrives', async () => {
    await fail('+447700900202')
    const failing = await people.viewFailing(school)
    expect(
      failing.map(({ owner, pupils }) => [owner.name, pupils.map(({ name }) => name)]),
    ).toEqual(
      expect.arrayContaining([
        ['Maja Lindqvist', ['Elsa Lindqvist', 'Otto Lindqvist']],
        ['Nils Lindqvist', ['Elsa Lindqvist']],
      ]),
    )
    expect(await people.countFailing(school)).toBe(2)
    await school.write(people.pointsWorking(school, [await phone('+447700900202')]))
    expect(await people.viewFailing(school)).toEqual([])
  })

  test('keep the time they began to fail, and are no concern once the child has left', async () => {
    await fail('+447700900201')
    const sinceMs = clock.now()
    clock.advance(60_000)
    await fail('+447700900201', 'barred')
    expect(await people.findPoint(school, nowakPhone)).toMatchObject({
      isFailing: true,
      failingSinceMs: sinceMs,
      failingBecause: 'barred',
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
    expect(await people.findPoint(school, nowakPhone)).toMatchObject({
      value: '+447700900299',
      isFailing: false,
    })
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
    expect(await people.mendPoint(school, majaMail, 'maja@@example.com')).toMatchObject({
      field: 'value',
    })
    expect(await people.mendPoint(school, majaMail, 'maja.l@example.org')).toBe('mended')
    expect(await people.mendPoint(school, officePhone, '07700 900298')).toBe('mended')
    expect(await people.findPoint(school, officePhone)).toMatchObject({ channel: 'sms' })
  })
})
