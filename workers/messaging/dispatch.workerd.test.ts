import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import * as consent from '#consent'
import * as delivery from '#delivery'
import { isRefusal, millipence, newId, stoppedClock, type UserId } from '#kernel'
import * as people from '#people'
import * as schools from '#schools'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'
import * as messaging from './index.ts'
import { type Draft, type Message, nobody } from './index.ts'

/** St Botolph's on the morning of Monday 23 November 2026, at 8:15. */
const MORNING = Date.UTC(2026, 10, 23, 8, 15)
const HOUR_MS = 3_600_000
const clock = stoppedClock(MORNING)
const sender = { schoolName: 'St Botolph’s Primary', smsPriceMillipence: millipence(2.4) }
const okafor = { id: newId('user') as UserId, years: null, seesAll: true, sendsEmergencies: true }

const open = { isOpen: true }

let cast: Cast
let school: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  cast = await settle(directory)
  const opened = await directory.school(cast.botolphs.id, { kind: 'user', id: okafor.id })
  if (!opened) throw new Error('St Botolph’s is settled')
  school = opened
})

const draft = (more: Partial<Draft> = {}): Draft => ({
  audience: { ...nobody, everyPupil: true },
  contactRule: 'everyone',
  category: 'operational',
  channel: 'sms',
  subject: null,
  text: '((pupil first name)): school is closed today. ((school))',
  ...more,
})

const to = (...names: string[]) => ({
  ...nobody,
  pupils: names.map((name) => cast.botolphs.pupil(name)),
})

async function composed(more: Partial<Draft> = {}): Promise<Message> {
  const message = await messaging.compose(school, okafor, sender, draft(more))
  if (isRefusal(message)) throw new Error(message.refused)
  return message
}

async function scheduled(
  more: Partial<Draft> = {},
  dueAt: number | 'now' = 'now',
): Promise<Message> {
  const message = await composed(more)
  const when = { dueAt, acceptsQuietHours: false }
  expect(await messaging.schedule(school, message, when, sender, okafor)).toBeUndefined()
  return fresh(message)
}

async function fresh({ id }: Message): Promise<Message> {
  const found = await messaging.find(school, id)
  if (!found) throw new Error('the message is there')
  return found
}

const sentTo = async (message: Message) => {
  const parcels = await delivery.listByMessage(school, message.id, { limit: 500 })
  return new Map(parcels.map((parcel) => [parcel.opened.address, parcel.opened.text]))
}

const mobile = (last: number) => `+447700900${String(last).padStart(3, '0')}`
const MRS_ADEYEMI = mobile(11)
const MS_MARSH = mobile(21)
const MR_MARSH = mobile(22)
const LINDQVISTS = mobile(41)
const MRS_NOWAK = mobile(51)
const MRS_PETROVA = mobile(61)

describe('a text to everyone', () => {
  let message: Message

  test('is checked before it goes: who, who not, why, and what it costs', async () => {
    message = await composed()
    const preview = await messaging.check(school, message, sender)
    const before = await schools.balance(school)

    expect(preview.problems).toEqual([])
    expect(preview.creditBefore).toBe(before)
    expect(preview.price).toBe(preview.parts * 2_400)
    expect(preview.creditAfter).toBe(before - preview.price)
    expect(preview.longest).toMatchObject({ encoding: 'GSM-7', parts: 1 })
    expect(preview.leftOut.find(({ rule }) => rule === 'restricted')?.names).toEqual([
      'Mr Dean Marsh, for Teddy Marsh',
    ])
    expect(preview.leftOut.find(({ rule }) => rule === 'no-number')?.names).toEqual([
      'Mr Idris Vaughan, for Wren Holloway',
    ])
    expect(preview.samples.map(({ text }) => text)).toContain(
      "Amara: school is closed today. St Botolph's Primary",
    )
    expect(await delivery.countByState(school, message.id)).toEqual({})
  })

  test('goes once, to whom it may, and is paid for once, however often the job is told', async () => {
    const before = await schools.balance(school)
    expect(
      await messaging.schedule(
        school,
        message,
        { dueAt: 'now', acceptsQuietHours: false },
        sender,
        okafor,
      ),
    ).toBeUndefined()
    expect(await messaging.nextDue(school, clock.now())).toEqual([{ id: message.id, urgency: 2 }])

    const told = await Promise.all(
      [1, 2, 3].map(() => messaging.dispatch(school, message.id, open)),
    )
    expect(told.toSorted()).toEqual(['already', 'already', 'dispatched'])
    expect(await messaging.dispatch(school, message.id, open)).toBe('already')

    const sent = await sentTo(message)
    expect(sent.get(LINDQVISTS)).toBe("Elsa and Otto: school is closed today. St Botolph's Primary")
    expect([...sent.keys()]).toEqual(
      expect.arrayContaining([MRS_ADEYEMI, mobile(12), MS_MARSH, MRS_NOWAK]),
    )
    expect(sent.has(MR_MARSH)).toBe(false)
    expect(sent.has(MRS_PETROVA)).toBe(false)

    const after = await fresh(message)
    expect(after).toMatchObject({ state: 'sending', parcels: sent.size, startedAtMs: clock.now() })
    expect(await schools.balance(school)).toBe(before - after.priceMillipence)
    expect(after.priceMillipence).toBe(sent.size * 2_400)
    expect(await messaging.inProgress(school)).toEqual([message.id])
    const entries = await audit.about(school, message.id, 10)
    expect(entries.map(({ action }) => action).toSorted()).toEqual([
      'message.composed',
      'message.dispatched',
      'message.scheduled',
    ])
  })

  test('keeps a trace: both parents of the twins are credited with their one text', async () => {
    const parcels = await delivery.listByMessage(school, message.id, { limit: 500 })
    const theirs = parcels.find((parcel) => parcel.opened.address === LINDQVISTS)
    const credited = await messaging.listByParcels(school, theirs ? [theirs.id] : [])
    expect(new Set(credited.map(({ personId }) => personId))).toEqual(
      new Set([cast.botolphs.contact('Astrid Lindqvist'), cast.botolphs.contact('Nils Lindqvist')]),
    )
    expect(new Set(credited.map(({ pupilId }) => pupilId)).size).toBe(2)

    expect(await messaging.countLeftOut(school, message.id)).toEqual({
      restricted: 1,
      'no-number': 1,
    })
    const restricted = await messaging.listLeftOut(school, message.id, {
      rule: 'restricted',
      limit: 10,
      offset: 0,
    })
    expect(restricted).toEqual([
      {
        pupilId: cast.botolphs.pupil('Teddy Marsh'),
        personKind: 'contact',
        personId: cast.botolphs.contact('Dean Marsh'),
        rule: 'restricted',
        parcelId: null,
      },
    ])
  })

  test('is over when nothing of it is under way', async () => {
    await school.write(messaging.finished(school, [message.id]))
    expect(await fresh(message)).toMatchObject({ state: 'sent', finishedAtMs: clock.now() })
    await school.write(messaging.finished(school, [message.id]))
    expect(await messaging.inProgress(school)).toEqual([])
  })
})

describe('what changes after it was scheduled', () => {
  test('a restriction laid on a mother since keeps it from her', async () => {
    const message = await scheduled(
      { audience: to('Zofia Nowak', 'Amara Adeyemi') },
      clock.now() + HOUR_MS,
    )
    expect(await messaging.dispatch(school, message.id, open)).toBe('not-due')
    const laid = await people.addRestriction(school, {
      contactId: cast.botolphs.contact('Agnieszka Nowak'),
      pupilId: cast.botolphs.pupil('Zofia Nowak'),
      scope: 'all-contact',
      record: { reason: 'Order of the family court', evidence: null, owner: null },
      startsAtMs: clock.now(),
      reviewAtMs: null,
    })
    expect(isRefusal(laid)).toBe(false)
    clock.advance(HOUR_MS)
    expect(await messaging.dispatch(school, message.id, open)).toBe('dispatched')
    expect([...(await sentTo(message)).keys()].toSorted()).toEqual([MRS_ADEYEMI, mobile(12)])
    expect(await messaging.countLeftOut(school, message.id)).toEqual({
      restricted: 1,
      'nobody-reached': 1,
    })
  })

  test('STOP since keeps what is not essential from that number', async () => {
    const message = await scheduled({ audience: to('Amara Adeyemi') }, clock.now() + HOUR_MS)
    const stopped = await school.fingerprint('phone', mobile(12))
    await school.write(consent.stopped(school, 'sms', stopped, 'stop'))
    clock.advance(HOUR_MS)
    expect(await messaging.dispatch(school, message.id, open)).toBe('dispatched')
    expect([...(await sentTo(message)).keys()]).toEqual([MRS_ADEYEMI])
    await school.write(consent.resumed(school, 'sms', stopped))
  })

  test('if nobody may have it any more it is over at once, costs nothing, and says why', async () => {
    const before = await schools.balance(school)
    const message = await scheduled({ audience: to('Elsa Lindqvist') }, clock.now() + HOUR_MS)
    const fingerprint = await school.fingerprint('phone', LINDQVISTS)
    await school.write(people.pointsFailed(school, [{ fingerprint, because: 'unknown-number' }]))
    clock.advance(HOUR_MS)
    expect(await messaging.dispatch(school, message.id, open)).toBe('dispatched')
    expect(await fresh(message)).toMatchObject({ state: 'sent', parcels: 0, priceMillipence: 0 })
    expect(await messaging.countLeftOut(school, message.id)).toEqual({
      'number-failing': 2,
      'nobody-reached': 1,
    })
    expect(await schools.balance(school)).toBe(before)
    await school.write(people.pointsWorking(school, [fingerprint]))
  })
})

describe('cancelling against leaving', () => {
  test('exactly one of them wins, every time', async () => {
    const outcomes = new Set<string>()
    for (let round = 0; round < 8; round++) {
      const message = await scheduled({ audience: to('Amara Adeyemi') })
      const race = [
        () => messaging.dispatch(school, message.id, open),
        () => messaging.cancel(school, message),
        () => messaging.dispatch(school, message.id, open),
      ]
      const [first, cancelled, second] = await Promise.all(
        (round % 2 ? race : race.toReversed()).map((start) => start()),
      ).then((done) => (round % 2 ? done : done.toReversed()))
      const left = [first, second].filter((one) => one === 'dispatched').length
      const { state } = await fresh(message)
      outcomes.add(state)
      expect(left).toBe(state === 'sending' ? 1 : 0)
      expect(cancelled).toEqual(state === 'cancelled' ? undefined : { refused: 'already-left' })
      expect((await sentTo(message)).size).toBe(state === 'sending' ? 2 : 0)
    }
    expect([...outcomes].every((state) => state === 'sending' || state === 'cancelled')).toBe(true)
  })

  test('either order alone', async () => {
    const stopped = await scheduled({ audience: to('Amara Adeyemi') })
    expect(await messaging.cancel(school, stopped)).toBeUndefined()
    expect(await messaging.dispatch(school, stopped.id, open)).toBe('already')
    expect(await messaging.cancel(school, await fresh(stopped))).toEqual({
      refused: 'already-left',
    })

    const gone = await scheduled({ audience: to('Amara Adeyemi') })
    expect(await messaging.dispatch(school, gone.id, open)).toBe('dispatched')
    expect(await messaging.cancel(school, gone)).toEqual({ refused: 'already-left' })
    expect(
      await messaging.schedule(
        school,
        await fresh(gone),
        { dueAt: 'now', acceptsQuietHours: true },
        sender,
        okafor,
      ),
    ).toEqual({
      refused: 'already-left',
    })
  })
})

describe('time', () => {
  const at = async (more: Partial<Draft>, dueAt: number | 'now', acceptsQuietHours = false) =>
    messaging.schedule(
      school,
      await composed({ audience: to('Amara Adeyemi'), ...more }),
      { dueAt, acceptsQuietHours },
      sender,
      okafor,
    )

  test('a time gone by, or too far off, is refused at its field', async () => {
    expect(await at({}, clock.now() - 1)).toEqual({ refused: 'time-passed', field: 'at' })
    expect(await at({}, clock.now() + 367 * 24 * HOUR_MS)).toEqual({
      refused: 'too-far-ahead',
      field: 'at',
    })
  })

  test('quiet hours hold all but an emergency, unless somebody says so', async () => {
    const night = Date.UTC(2026, 10, 25, 22)
    expect(await at({}, night)).toEqual({ refused: 'quiet-hours', field: 'quiet' })
    expect(await at({ category: 'emergency' }, night)).toBeUndefined()
    expect(await at({}, night, true)).toBeUndefined()
    expect(await messaging.nextDueAt(school)).toBe(night)
  })

  test('the urgent is due before what has waited longer', async () => {
    const ordinary = await scheduled({ audience: to('Amara Adeyemi') })
    clock.advance(1000)
    const emergency = await scheduled({ audience: to('Amara Adeyemi'), category: 'emergency' })
    const due = await messaging.nextDue(school, clock.now())
    expect(due.map(({ id }) => id)).toEqual([emergency.id, ordinary.id])
    for (const { id } of due) expect(await messaging.dispatch(school, id, open)).toBe('dispatched')
  })
})

// Last, since it spends what the school has.
describe('credit', () => {
  test('a message that cannot be paid when it is due is held, an emergency goes, and credit lets it go', async () => {
    const waiting = await scheduled({ audience: to('Amara Adeyemi') }, clock.now() + HOUR_MS)
    const urgent = await scheduled(
      { audience: to('Amara Adeyemi'), category: 'emergency' },
      clock.now() + HOUR_MS,
    )
    const left = await schools.balance(school)
    await school.write([schools.spent(school, 'all-but-two', (left - 4_799) as typeof left)])

    const broke = await composed({ audience: to('Amara Adeyemi') })
    const now = { dueAt: 'now' as const, acceptsQuietHours: false }
    expect((await messaging.check(school, broke, sender)).problems).toEqual(['not-enough-credit'])
    expect(await messaging.schedule(school, broke, now, sender, okafor)).toEqual({
      refused: 'not-enough-credit',
    })

    clock.advance(HOUR_MS)
    expect(await messaging.dispatch(school, waiting.id, open)).toBe('held')
    expect(await fresh(waiting)).toMatchObject({
      state: 'held',
      heldBecause: 'no-credit',
      parcels: 0,
    })
    expect(await messaging.dispatch(school, waiting.id, open)).toBe('already')
    expect(await schools.balance(school)).toBe(4_799)

    expect(await messaging.dispatch(school, urgent.id, open)).toBe('dispatched')
    expect(await schools.balance(school)).toBe(-1)

    const overdrawn = schools.spent(school, 'to-the-floor', messaging.EMERGENCY_OVERDRAFT)
    await school.write([overdrawn])
    const beyond = await composed({ audience: to('Amara Adeyemi'), category: 'emergency' })
    expect((await messaging.check(school, beyond, sender)).problems).toEqual(['not-enough-credit'])
    await school.write([schools.returned(school, 'to-the-floor', messaging.EMERGENCY_OVERDRAFT)])

    await schools.bought(school, millipence(20))
    expect(
      await messaging.schedule(school, await fresh(waiting), now, sender, okafor),
    ).toBeUndefined()
    expect(await messaging.dispatch(school, waiting.id, open)).toBe('dispatched')
    expect(await fresh(waiting)).toMatchObject({ state: 'sending', heldBecause: null })
  })

  test('two sends racing for the last pennies: one goes, the other is held, nothing is overspent', async () => {
    const left = await schools.balance(school)
    await school.write([schools.spent(school, 'all-but-one', (left - 5_000) as typeof left)])
    const both = [
      await scheduled({ audience: to('Amara Adeyemi') }),
      await scheduled({ audience: to('Amara Adeyemi') }),
    ]
    const outcomes = await Promise.all(both.map(({ id }) => messaging.dispatch(school, id, open)))
    expect(outcomes.toSorted()).toEqual(['dispatched', 'held'])
    expect(await schools.balance(school)).toBe(200)
  })
})
