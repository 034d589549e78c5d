import { env } from 'cloudflare:test'
import { beforeEach, expect, it } from 'vitest'
import * as delivery from '#delivery'
import { newId, type ParcelId, stoppedClock } from '#kernel'
import { Directory, type School, system } from '#shards'
import { type PretendCarrier, pretendCarrier, together } from '../../test/cast/pretend-carrier.ts'
import { type Env, premisesOf } from '#workers/env.ts'

// A carrier took a text and no receipt of it ever comes.
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const clock = stoppedClock(Date.UTC(2026, 10, 23, 6, 30))
const sender = { number: '+447700900200', email: 'office@st-botolphs.example' }
const message = newId('message')
let directory: Directory
let school: School
let larch: PretendCarrier
let carriers: delivery.Carriers
let parcel: ParcelId
let lookUps: number
let found: 'sent' | 'delivered' | 'never-had-it'

beforeEach(async () => {
  const id = newId('organisation')
  const premises = { ...(await premisesOf(env as unknown as Env)), clock }
  await premises.vault.create(id)
  directory = new Directory(premises)
  await directory.write([directory.placed(id, 1)])
  school = (await directory.school(id, system('outbox'))) as School
  larch = pretendCarrier('larch')
  lookUps = 0
  found = 'sent'
  larch.lookUp = async () => {
    lookUps++
    if (found === 'never-had-it') return { found }
    return { found: 'there', providerMessageId: 'larch-1', state: found }
  }
  carriers = await together(larch)
  parcel = await textSent()
})

async function textSent(): Promise<ParcelId> {
  const row = await delivery.parcelOf(school, {
    messageId: message,
    channel: 'sms',
    urgency: 2,
    address: '+447700900001',
    fingerprint: await school.fingerprint('phone', '+447700900001'),
    subject: null,
    text: 'School is closed today.',
    parts: 1,
    priceMillipence: 2_400,
  })
  await school.write(delivery.parcelsAdded(school, [row]))
  await delivery.deliver(school, carriers, sender, [row.id as ParcelId])
  return row.id as ParcelId
}
const states = () => delivery.countByState(school, message)
const schoolsDue = () => directory.schoolsHaving(1, delivery.schoolsWithSilent(clock.now()))
const look = async (afterMs: number) => {
  clock.advance(afterMs)
  return delivery.resolve(school, carriers)
}

it('is left alone while a receipt may still come, then looked up', async () => {
  expect(await look(2 * MINUTE_MS - 1)).toEqual([])
  expect(await schoolsDue()).not.toContain(school.id)
  found = 'delivered'
  clock.advance(1)
  expect(await schoolsDue()).toContain(school.id)
  expect(await look(0)).toMatchObject([{ id: parcel, state: 'delivered' }])
  expect(await states()).toEqual({ delivered: 1 })
  expect(await schoolsDue()).not.toContain(school.id)
})

it('is asked about ever more rarely, and not for ever', async () => {
  for (let tens = 0; tens < 90 * 6; tens++) await look(10 * MINUTE_MS)
  expect(lookUps).toBeGreaterThan(6)
  expect(lookUps).toBeLessThan(14)
  const asked = lookUps
  await look(24 * HOUR_MS)
  expect(lookUps).toBe(asked)
  expect(await states()).toEqual({ sent: 1 })
  expect(await schoolsDue()).not.toContain(school.id)
})

it('is never sent again, though the carrier denies having had it', async () => {
  found = 'never-had-it'
  for (let hours = 0; hours < 73; hours++) await look(HOUR_MS)
  expect(await delivery.release(school, 10)).toHaveLength(0)
  expect(larch.offers).toBe(1)
  expect(await states()).toEqual({ sent: 1 })
})

it('a receipt that comes after all has the last word', async () => {
  found = 'delivered'
  await delivery.applyReceipts(school, [
    {
      shard: 1,
      school: school.id,
      parcel,
      provider: 'larch',
      eventId: newId('entry'),
      providerMessageId: 'larch-1',
      state: 'failed-permanent',
      code: 'absent',
      atMs: clock.now(),
    },
  ])
  expect(await look(3 * HOUR_MS)).toEqual([])
  expect(await states()).toEqual({ 'failed-permanent': 1 })
})
