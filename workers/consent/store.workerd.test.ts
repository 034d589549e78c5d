import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import * as consent from '#consent'
import { millipence, stoppedClock } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { optOuts } from './tables.ts'

const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
let school: School
let oakfield: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  const [one, other] = ['St Botolph’s Primary', 'Oakfield Academy'].map((name) =>
    schools.create(
      directory,
      { kind: 'school', name, smsPriceMillipence: millipence(2.4), by: system('seed') },
      0,
    ),
  )
  school = (await directory.school((await one!).id, system('carrier'))) as School
  oakfield = (await directory.school((await other!).id, system('carrier'))) as School
})

test('STOP counts once however often it is said, ends with START, and is on record for good', async () => {
  const phone = await people.pointKey(school, 'sms', '+447700900101')
  const among = () => consent.stoppedAmong(school, 'sms', [phone])
  expect(await among()).toEqual(new Set())

  await school.write(consent.stopped(school, 'sms', phone, 'stop'))
  await school.write(consent.stopped(school, 'sms', phone, 'school'))
  expect(await among()).toEqual(new Set([phone]))

  clock.advance(60_000)
  await school.write(consent.resumed(school, 'sms', phone))
  expect(await among()).toEqual(new Set())
  const rows = await school.db.select().from(optOuts)
  expect(rows).toMatchObject([{ source: 'stop', endedAtMs: clock.now() }])

  await school.write(consent.stopped(school, 'sms', phone, 'person'))
  expect(await among()).toEqual(new Set([phone]))
})

test('it is said of one channel, one number and one school', async () => {
  const phone = await people.pointKey(school, 'sms', '+447700900102')
  const other = await people.pointKey(school, 'sms', '+447700900103')
  await school.write(consent.stopped(school, 'sms', phone, 'stop'))
  expect(await consent.stoppedAmong(school, 'sms', [phone, other])).toEqual(new Set([phone]))
  expect(await consent.stoppedAmong(school, 'email', [phone])).toEqual(new Set())
  expect(await consent.stoppedAmong(oakfield, 'sms', [phone])).toEqual(new Set())
  expect(await consent.stoppedAmong(school, 'sms', [])).toEqual(new Set())
})

test('a START told of before its STOP is remembered, and of one instant the STOP holds', async () => {
  const phone = await people.pointKey(school, 'sms', '+447700900104')
  const isStopped = async () => (await consent.stoppedAmong(school, 'sms', [phone])).size === 1
  const nowMs = clock.now()
  await school.write(consent.resumed(school, 'sms', phone, nowMs - 1_000))
  await school.write(consent.stopped(school, 'sms', phone, 'stop', nowMs - 2_000))
  expect(await isStopped()).toBe(false)
  expect(await consent.isResumedSince(school, 'sms', phone, nowMs - 2_000)).toBe(true)

  await school.write(consent.stopped(school, 'sms', phone, 'stop', nowMs))
  await school.write(consent.resumed(school, 'sms', phone, nowMs))
  expect(await isStopped()).toBe(true)
})

test('a carrier’s clock that runs ahead makes no STOP that nobody can take back', async () => {
  const phone = await people.pointKey(school, 'sms', '+447700900105')
  await school.write(consent.stopped(school, 'sms', phone, 'stop', clock.now() + 86_400_000))
  clock.advance(1_000)
  await school.write(consent.resumed(school, 'sms', phone))
  expect(await consent.stoppedAmong(school, 'sms', [phone])).toEqual(new Set())
})

test('a commit that relies on nobody having said anything fails once somebody has', async () => {
  const phone = await people.pointKey(school, 'sms', '+447700900106')
  const counted = await consent.countSaid(school)
  const commit = () =>
    school.commit(
      consent.nothingSaidSince(school, counted),
      audit.entry(school, 'message.dispatched', school.id),
    )
  expect(await commit()).toBe(true)
  await school.write(consent.stopped(school, 'sms', phone, 'stop'))
  expect(await commit()).toBe(false)
})

test('a STOP told of late stands beside a no of the school’s system, and outlives it', async () => {
  const phone = await people.pointKey(school, 'sms', '+447700900105')
  const isStopped = async () => (await consent.stoppedAmong(school, 'sms', [phone])).size === 1
  const stoppedAtMs = clock.now()
  clock.advance(60_000)
  await school.write(consent.stopped(school, 'sms', phone, 'mis'))
  await school.write(consent.stopped(school, 'sms', phone, 'stop', stoppedAtMs))
  clock.advance(60_000)
  await school.write(
    school.db
      .update(optOuts)
      .set({ endedAtMs: clock.now() })
      .where(and(eq(optOuts.fingerprint, phone), eq(optOuts.source, 'mis'))),
  )
  expect(await isStopped()).toBe(true)

  await school.write(consent.resumed(school, 'sms', phone))
  expect(await isStopped()).toBe(false)
})
