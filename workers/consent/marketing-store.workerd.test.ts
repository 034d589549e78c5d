import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import * as consent from '#consent'
import { millipence, stoppedClock } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { optIns } from './tables.ts'

/** Two schools, one phone: what was agreed with the one was not agreed with the other. */
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
let school: School
let oakfield: School
let phone: consent.Wish
let other: consent.Wish

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  const [one, two] = ['St Botolph’s Primary', 'Oakfield Academy'].map((name) =>
    schools.create(
      directory,
      { kind: 'school', name, smsPriceMillipence: millipence(2.4), by: system('seed') },
      0,
    ),
  )
  school = (await directory.school((await one!).id, system('carrier'))) as School
  oakfield = (await directory.school((await two!).id, system('carrier'))) as School
  const wish = async (number: string): Promise<consent.Wish> => ({
    channel: 'sms',
    fingerprint: await people.pointKey(school, 'sms', number),
  })
  phone = await wish('+447700900101')
  other = await wish('+447700900102')
})

const among = (of: School, channel: people.Channel = 'sms') =>
  consent.agreedAmong(of, channel, [phone.fingerprint, other.fingerprint])

test('an agreement is of one number, one channel and one school, and stays on record', async () => {
  expect(await among(school)).toEqual(new Set())
  await school.write(consent.agreedByMis(school, [phone]))
  expect(await among(school)).toEqual(new Set([phone.fingerprint]))
  expect(await among(school, 'email')).toEqual(new Set())
  expect(await among(oakfield)).toEqual(new Set())
  expect(await consent.agreements(school)).toEqual([{ ...phone, atMs: clock.now() }])

  const agreedAtMs = clock.now()
  clock.advance(60_000)
  await school.write(consent.withdrawnByMis(school, [phone]))
  expect(await among(school)).toEqual(new Set())
  expect(await consent.withdrawnSince(school, agreedAtMs)).toEqual([phone])
  expect(await consent.withdrawnSince(school, clock.now())).toEqual([])
  expect(await school.db.select().from(optIns)).toMatchObject([
    { source: 'mis', atMs: agreedAtMs, endedAtMs: clock.now() },
  ])
})

test('a commit that relies on an agreement fails once it was given or taken back', async () => {
  const relying = async (meanwhile: () => Promise<unknown>) => {
    const said = await consent.countSaid(school)
    await meanwhile()
    return school.commit(
      consent.nothingSaidSince(school, said),
      audit.entry(school, 'message.dispatched', school.id),
    )
  }
  expect(await relying(async () => undefined)).toBe(true)
  const agree = () => school.write(consent.agreedByMis(school, [other]))
  expect(await relying(agree)).toBe(false)
  const withdraw = () => school.write(consent.withdrawnByMis(school, [other]))
  expect(await relying(withdraw)).toBe(false)
  expect(await relying(() => oakfield.write(consent.agreedByMis(oakfield, [other])))).toBe(true)
})

test('what is told of a number is of that number, channel and school, with who said it first', async () => {
  const asked = [phone, { ...phone, channel: 'email' as const }]
  const saidAtMs = clock.now()
  await school.write(consent.stoppedByMis(school, [phone, other]))
  clock.advance(60_000)
  await school.write(consent.stopped(school, 'sms', phone.fingerprint, 'stop'))
  clock.advance(60_000)
  await school.write(consent.stopped(school, 'sms', phone.fingerprint, 'stop'))
  expect(await consent.standingOf(school, asked)).toEqual([
    { ...phone, source: 'mis', atMs: saidAtMs },
    { ...phone, source: 'stop', atMs: saidAtMs + 60_000 },
  ])
  expect(await consent.standingOf(oakfield, asked)).toEqual([])
  expect(await consent.standingOf(school, [])).toEqual([])

  await school.write(consent.agreedByMis(school, [phone, other]))
  const agreed = await consent.agreementsOf(school, asked)
  expect(agreed.map(({ fingerprint }) => fingerprint)).toEqual([
    phone.fingerprint,
    phone.fingerprint,
  ])
  expect(agreed.at(-1)).toEqual({ ...phone, source: 'mis', atMs: clock.now(), endedAtMs: null })
  expect(await consent.agreementsOf(oakfield, [phone])).toEqual([])
})
