import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import * as audit from '#audit'
import * as delivery from '#delivery'
import { isRefusal, millipence, newId, stoppedClock, type UserId } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'
import * as messaging from './index.ts'
import { type Category, type Message, nobody } from './index.ts'

/** Texts have left St Botolph's, and no carrier has them yet, when something comes in about them. */
const clock = stoppedClock(Date.UTC(2026, 10, 23, 9))
const sender = { schoolName: 'St Botolph’s Primary', smsPriceMillipence: millipence(2.4) }
const okafor = { id: newId('user') as UserId, years: null, seesAll: true, sendsEmergencies: true }
const open = { isOpen: true }
const MR_ADEYEMI = '+447700900012'

let cast: Cast
let school: School
let carrier: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  school = cast.botolphs.school.as({ kind: 'user', id: okafor.id })
  carrier = cast.botolphs.school.as(system('carrier'))
})

beforeEach(() => clock.advance(60_000))

async function due(category: Category = 'operational', name = 'Amara Adeyemi'): Promise<Message> {
  const message = await messaging.compose(school, okafor, sender, {
    audience: { ...nobody, pupils: [cast.botolphs.pupil(name)] },
    contactRule: 'everyone',
    category,
    channel: 'sms',
    subject: null,
    text: `The coach is late. ${newId('request')}`,
  })
  if (isRefusal(message)) throw new Error(message.refused)
  const when = { dueAt: 'now', acceptsQuietHours: false } as const
  expect(await messaging.schedule(school, message, when, sender, okafor)).toBeUndefined()
  return message
}

async function left(category?: Category, name?: string): Promise<Message> {
  const message = await due(category, name)
  expect(await messaging.dispatch(school, message.id, open)).toBe('dispatched')
  return message
}

const statesOf = async ({ id }: Message) => {
  const parcels = await delivery.listByMessage(school, id, { limit: 50 })
  return Object.fromEntries(parcels.map(({ opened, state }) => [opened.address.slice(-3), state]))
}

const said = (text: string) =>
  messaging.receive(carrier, {
    from: MR_ADEYEMI,
    text,
    provider: 'larch',
    eventId: newId('request'),
    atMs: clock.now(),
  })

const order = (contact: string, pupil: string) =>
  messaging.restrict(school, {
    contactId: cast.botolphs.contact(contact),
    pupilId: cast.botolphs.pupil(pupil),
    scope: 'all-contact',
    record: { reason: 'Order of the family court', evidence: null, owner: null },
    startsAtMs: clock.now(),
    reviewAtMs: null,
  })

test('STOP keeps back what waits for that number, but neither an emergency nor attendance', async () => {
  const [news, absence, emergency] = [
    await left(),
    await left('attendance'),
    await left('emergency'),
  ]
  await said('STOP')
  expect(await statesOf(news)).toEqual({ '011': 'created', '012': 'cancelled' })
  expect(await statesOf(absence)).toEqual({ '011': 'created', '012': 'created' })
  expect(await statesOf(emergency)).toEqual({ '011': 'created', '012': 'created' })
  clock.advance(1_000)
  await said('START')
})

test('a STOP that was taken back before it is told of keeps nothing back', async () => {
  const news = await left()
  const eventId = newId('request')
  const old = {
    from: MR_ADEYEMI,
    text: 'STOP',
    provider: 'larch',
    eventId,
    atMs: clock.now() - 120_000,
  }
  await messaging.receive(carrier, old)
  expect(await statesOf(news)).toEqual({ '011': 'created', '012': 'created' })
})

/** The school as it is for somebody whose next commit something else comes before. */
function justBefore(happens: () => Promise<unknown>): School {
  const racing = school.as(school.actor)
  const commit = racing.commit.bind(racing)
  racing.commit = async (...writes) => {
    racing.commit = commit
    await happens()
    return commit(...writes)
  }
  return racing
}

test('STOP in the very moment of sending: nobody is sent what was worked out before it', async () => {
  const message = await due()
  const racing = justBefore(() => said('STOP'))
  expect(await messaging.dispatch(racing, message.id, open)).toBe('dispatched')
  expect(await statesOf(message)).toEqual({ '011': 'created' })
  expect(await messaging.countLeftOut(school, message.id)).toEqual({ 'asked-to-stop': 1 })
  clock.advance(1_000)
  await said('START')
})

test('a restriction and what it keeps back are one commit', async () => {
  const zofia = await left('emergency', 'Zofia Nowak')
  const before = await audit.list(school, { limit: 1 })
  clock.advance(1_000)
  const laid = await order('Agnieszka Nowak', 'Zofia Nowak')
  if (isRefusal(laid)) throw new Error(laid.refused)
  expect(await statesOf(zofia)).toEqual({ '051': 'cancelled' })
  const [parcel] = await delivery.listByMessage(school, zofia.id, { limit: 1 })
  const released = await delivery.release(school, 1_000)
  expect(released.length).toBeGreaterThan(0)
  expect(released.map(({ id }) => id)).not.toContain(parcel?.id)

  // One entry, so one commit; it names the contact.
  const [newest, previous] = await audit.list(school, { limit: 2 })
  expect(newest).toMatchObject({
    action: 'restriction.added',
    subject: laid,
    facts: { contact: cast.botolphs.contact('Agnieszka Nowak') },
  })
  expect(previous?.id).toBe(before[0]?.id)
})

test('a restriction that is refused keeps nothing back', async () => {
  const again = await left()
  expect(isRefusal(await order('Dean Marsh', 'Amara Adeyemi'))).toBe(true)
  expect(await statesOf(again)).toEqual({ '011': 'created', '012': 'created' })
})

test('what no carrier took is paid back once, and counts as left out', async () => {
  const message = await left()
  const paid = await schools.balance(school)
  await said('STOP')
  await school.write([
    {
      sql: "update parcels set state = 'sent', state_rank = 4, provider_message_id = 'm-1' where message_id = ? and state = 'created'",
      params: [message.id],
    },
  ])
  await school.write(messaging.finished(school, [message.id]))
  await school.write(messaging.finished(school, [message.id]))

  expect(await schools.balance(school)).toBe(paid + 2_400)
  expect(await schools.returnedFor(school, message.id)).toBe(2_400)
  expect(await messaging.countLeftOut(school, message.id)).toEqual({ 'stopped-since': 1 })
  const who = { rule: 'stopped-since', limit: 5, offset: 0 } as const
  expect(await messaging.listLeftOut(school, message.id, who)).toMatchObject([
    { personId: cast.botolphs.contact('Tunde Adeyemi') },
  ])
})

test('what failed before a carrier had it is paid back; what a carrier took is not', async () => {
  const [never, taken] = [await left('attendance'), await left('attendance')]
  const paid = await schools.balance(school)
  const fail = (id: string, carrierId: string | null) => ({
    sql: "update parcels set state = 'failed-technical', state_rank = 6, provider_message_id = ? where message_id = ?",
    params: [carrierId, id],
  })
  await school.write([fail(never.id, null), fail(taken.id, 'm-2')])
  await school.write(messaging.finished(school, [never.id, taken.id]))
  expect(await schools.balance(school)).toBe(paid + 2 * 2_400)
  expect(await schools.returnedFor(school, taken.id)).toBe(0)
})

test('a locked school sends nothing, not even an emergency', async () => {
  const message = await due('emergency')
  expect(await messaging.dispatch(school, message.id, { isOpen: false })).toBe('held')
  expect(await messaging.find(school, message.id)).toMatchObject({
    state: 'held',
    heldBecause: 'locked',
  })
  expect(await statesOf(message)).toEqual({})
})

test('the numbers of a contact are known without opening them', async () => {
  const id = cast.botolphs.contact('Tunde Adeyemi')
  const known = await people.fingerprintsOf(school, [id])
  expect(known).toContain(await school.fingerprint('phone', MR_ADEYEMI))
})
