import { env } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import * as delivery from '#delivery'
import { type MessageId, newId, type ParcelId, stoppedClock } from '#kernel'
import { Directory, type School, system } from '#shards'
import { pretendCarrier, together } from '../../test/cast/pretend-carrier.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import type { ReceiptEvent } from './receipt-event.ts'

// One school’s parcels, two carriers that behave as they are told, and a clock that stands still.
const clock = stoppedClock(Date.UTC(2026, 10, 23, 6, 30))
const sender = { number: '+447700900200', email: 'office@st-botolphs.example' }
let schoolId = newId('organisation')
let school: School
let message: MessageId
let larch = pretendCarrier('larch')
let rowan = pretendCarrier('rowan')
let pair: delivery.Carriers

beforeEach(async () => {
  schoolId = newId('organisation')
  const premises = { ...(await premisesOf(env as unknown as Env)), clock }
  await premises.vault.create(schoolId)
  const directory = new Directory(premises)
  await directory.write([directory.placed(schoolId, 1)])
  school = (await directory.school(schoolId, system('outbox'))) as School
  message = newId('message')
  larch = pretendCarrier('larch')
  rowan = pretendCarrier('rowan')
  pair = await together(larch, rowan)
})

async function parcels(how: number, at = 0, urgency = 2): Promise<ParcelId[]> {
  const rows = await Promise.all(
    Array.from({ length: how }, async (_, count) => {
      const address = `+44770090${String(at + count).padStart(4, '0')}`
      return delivery.parcelOf(school, {
        messageId: message,
        channel: 'sms',
        urgency,
        address,
        fingerprint: await school.fingerprint('phone', address),
        subject: null,
        text: 'School is closed today.',
        parts: 1,
        priceMillipence: 2_400,
      })
    }),
  )
  await school.write(delivery.parcelsAdded(school, rows))
  return rows.map((row) => row.id as ParcelId)
}
const hand = (ids: ParcelId[]) => delivery.deliver(school, pair, sender, ids)
const states = () => delivery.countByState(school, message)
const one = async (id: ParcelId) => {
  const [found] = await delivery.listByIds(school, [id])
  if (!found) throw new Error('the parcel was added')
  return found
}
const event = (
  parcel: ParcelId,
  state: delivery.ParcelState,
  eventId = newId('entry') as string,
): ReceiptEvent => ({
  shard: 1,
  school: schoolId,
  parcel,
  provider: 'larch',
  eventId,
  providerMessageId: 'larch-1',
  state,
  code: null,
  atMs: clock.now(),
})

describe('handing over', () => {
  it('records the Message ID of each, and an attempt', async () => {
    const ids = await parcels(3)
    await hand(ids)
    expect(await states()).toEqual({ sent: 3 })
    const parcel = await one(ids[0]!) // three were added
    expect(parcel).toMatchObject({
      provider: 'larch',
      tries: 1,
      opened: { address: '+447700900000' },
    })
    expect(larch.accepted.map((took) => took.messageId)).toContain(parcel.providerMessageId)
    expect(await delivery.listAttempts(school, parcel.id)).toMatchObject([
      { outcome: 'accepted', provider: 'larch' },
    ])
  })

  it('done twice, or by two at once, offers each parcel once', async () => {
    const ids = await parcels(40)
    await Promise.all([hand(ids), hand(ids), hand([...ids].reverse())])
    await hand(ids)
    expect(larch.offers + rowan.offers).toBe(40)
    expect(await states()).toEqual({ sent: 40 })
  })

  it('the same text to the same number of one message is one parcel', async () => {
    await parcels(2)
    await parcels(2)
    expect(await states()).toEqual({ created: 2 })
  })

  it('a number that is refused fails at once and is named', async () => {
    larch.does = 'rejects'
    const [id] = await parcels(1)
    const refused = await hand([id!]) // one was added
    expect(refused).toMatchObject([{ id, code: 'invalid-number' }])
    expect(await states()).toEqual({ 'failed-permanent': 1 })
  })
})

describe('a carrier that is not available', () => {
  it('is left for the other one, after a wait', async () => {
    larch.does = 'unavailable'
    const ids = await parcels(1)
    await hand(ids)
    expect(await states()).toEqual({ created: 1 })
    expect(await delivery.release(school, 10)).toHaveLength(0)
    clock.advance(1_000)
    expect(await delivery.release(school, 10)).toHaveLength(1)
    await hand(ids)
    expect(rowan.accepted).toHaveLength(1)
    expect(await states()).toEqual({ sent: 1 })
  })

  it('never fills the queue for ever: after eight refusals it fails, technically', async () => {
    larch.does = 'unavailable'
    rowan.does = 'unavailable'
    const ids = await parcels(1)
    for (let tries = 0; tries < 10; tries++) {
      clock.advance(60_000)
      await hand(ids)
    }
    expect(larch.offers + rowan.offers).toBe(8)
    expect(await states()).toEqual({ 'failed-technical': 1 })
  })
})

describe('an answer that was lost', () => {
  it('is uncertain, is not offered again, and is found by a look-up', async () => {
    larch.does = 'keeps-quiet'
    const ids = await parcels(1)
    await hand(ids)
    await hand(ids)
    expect(await states()).toEqual({ uncertain: 1 })
    expect(await delivery.release(school, 10)).toHaveLength(0)

    expect(await delivery.resolve(school, pair)).toEqual([])
    clock.advance(15_000)
    expect(await delivery.resolve(school, pair)).toMatchObject([{ id: ids[0], state: 'sent' }])
    expect(await states()).toEqual({ sent: 1 })
    expect(larch.accepted).toHaveLength(1)
    expect((await one(ids[0]!)).providerMessageId).toBe('larch-1') // one was added
  })

  it('is resolved by a receipt that comes first', async () => {
    larch.does = 'keeps-quiet'
    const ids = await parcels(1)
    await hand(ids)
    await delivery.applyReceipts(school, [event(ids[0]!, 'delivered')]) // one was added
    clock.advance(15_000)
    expect(await delivery.resolve(school, pair)).toEqual([])
    expect(await states()).toEqual({ delivered: 1 })
  })

  it('goes out once more only when the carrier said twice that it never had it', async () => {
    larch.does = 'never-gets-it'
    const ids = await parcels(1)
    await hand(ids)
    clock.advance(15_000)
    await delivery.resolve(school, pair)
    expect(await states()).toEqual({ uncertain: 1 })
    clock.advance(15_000)
    await delivery.resolve(school, pair)
    expect(await states()).toEqual({ created: 1 })
    await hand(ids)
    expect(larch.accepted.length + rowan.accepted.length).toBe(1)
  })

  it('stays uncertain while the carrier cannot say', async () => {
    larch.does = 'keeps-quiet'
    larch.lookUp = async () => ({ found: 'unknown' })
    await hand(await parcels(1))
    for (let looks = 0; looks < 5; looks++) {
      clock.advance(15_000)
      await delivery.resolve(school, pair)
    }
    expect(await states()).toEqual({ uncertain: 1 })
    expect(larch.offers).toBe(1)
  })
})

describe('a consumer that died', () => {
  it('with parcels in hand leaves them uncertain when its lease is over, not before', async () => {
    const ids = await parcels(2)
    larch.send = () => new Promise(() => undefined)
    void hand(ids)
    await expect.poll(states).toEqual({ sending: 2 })
    await school.write([delivery.leasesExpired(school)])
    expect(await states()).toEqual({ sending: 2 })

    clock.advance(delivery.LEASE_MS + 1)
    await school.write([delivery.leasesExpired(school)])
    expect(await states()).toEqual({ uncertain: 2 })
  })

  it('a queue that forgot gives its parcels back to be queued again', async () => {
    await parcels(2)
    expect(await delivery.release(school, 10)).toHaveLength(2)
    await school.write([delivery.queueForgot(school, 20_000)])
    expect(await states()).toEqual({ queued: 2 })
    clock.advance(20_001)
    await school.write([delivery.queueForgot(school, 20_000)])
    expect(await states()).toEqual({ created: 2 })
    await delivery.release(school, 10)
    const left = await delivery.listByMessage(school, message, { limit: 10 })
    await hand(left.map((parcel) => parcel.id))
  })
})

describe('receipts', () => {
  it('in any order and any number end the same', async () => {
    const told: delivery.ParcelState[] = ['sent', 'failed-temporary', 'delivered', 'sent']
    const [a, b, c] = await parcels(3)
    await hand([a!, b!, c!]) // three were added
    const orders = [told, told.toReversed(), [...told, ...told]]
    for (const [at, id] of [a!, b!, c!].entries()) {
      for (const state of orders[at] ?? []) await delivery.applyReceipts(school, [event(id, state)])
    }
    expect(await states()).toEqual({ delivered: 3 })
  })

  it('of one parcel in one batch take it to the furthest', async () => {
    const [id] = await parcels(1)
    await hand([id!]) // one was added
    const moved = await delivery.applyReceipts(school, [
      event(id!, 'delivered'),
      event(id!, 'sent'),
    ])
    expect(moved).toMatchObject([{ id, state: 'delivered' }])
  })

  it('told twice count once', async () => {
    const [id] = await parcels(1)
    await hand([id!]) // one was added
    const same = event(id!, 'delivered', 'event-1')
    expect(await delivery.applyReceipts(school, [same, same])).toHaveLength(1)
    expect(await delivery.applyReceipts(school, [same])).toHaveLength(0)
  })

  it('that overtake the answer are not undone by it', async () => {
    const [id] = await parcels(1)
    const send = larch.send
    larch.send = async (offers, options) => {
      const answers = await send(offers, options)
      await delivery.applyReceipts(school, [event(id!, 'delivered')]) // one was added
      return answers
    }
    await hand([id!])
    expect(await one(id!)).toMatchObject({ state: 'delivered', providerMessageId: 'larch-1' })
  })

  it('for another school’s parcel move nothing', async () => {
    const [id] = await parcels(1)
    const next = { ...event(id!, 'delivered') }
    const other = new Directory({ ...(await premisesOf(env as unknown as Env)), clock })
    const stranger = other.schoolAt(1, newId('organisation'), system('carrier'))
    expect(await delivery.applyReceipts(stranger as School, [next])).toHaveLength(0)
    expect(await states()).toEqual({ created: 1 })
  })
})

describe('releasing', () => {
  it('lets the most urgent go first, within the room there is', async () => {
    await parcels(5, 100)
    const address = '+447700900999'
    const urgent = await delivery.parcelOf(school, {
      messageId: message,
      channel: 'sms',
      urgency: 0,
      address,
      fingerprint: await school.fingerprint('phone', address),
      subject: null,
      text: 'Keep away from the school.',
      parts: 1,
      priceMillipence: 2_400,
    })
    await school.write(delivery.parcelsAdded(school, [urgent]))
    const before = await delivery.countMoving(school)
    const released = await delivery.release(school, 2)
    expect(released.map(({ id }) => id)).toContain(urgent.id)
    expect(released).toHaveLength(2)
    expect(await delivery.countMoving(school)).toBe(before + 2)
  })

  it('sends an emergency on the queue along with the next job, and once', async () => {
    const ids = await parcels(1)
    const emergencies = await parcels(2, 100, delivery.EMERGENCY)
    await delivery.release(school, 10, delivery.EMERGENCY)
    expect(await states()).toEqual({ created: 1, queued: 2 })
    await hand(ids)
    await hand(emergencies)
    expect(await states()).toEqual({ sent: 3 })
    expect(larch.offers + rowan.offers).toBe(3)
  })
})

describe('parcels that are withheld', () => {
  const numberOf = (at: number) =>
    school.fingerprint('phone', `+44770090${String(at).padStart(4, '0')}`)
  const withhold = async (...at: number[]) =>
    school.write(
      delivery.withheld(school, await Promise.all(at.map(numberOf)), { because: 'restricted' }),
    )

  it('do not go, and the others do', async () => {
    const ids = await parcels(3)
    await delivery.release(school, 10)
    await withhold(1)
    await hand(ids)
    expect(await states()).toEqual({ sent: 2, cancelled: 1 })
    expect(await one(ids[1]!)).toMatchObject({ state: 'cancelled', code: 'restricted' }) // three were added
  })

  it('in a consumer’s hand are not offered again where the carrier did not take them', async () => {
    const ids = await parcels(1)
    const send = larch.send
    larch.does = 'unavailable'
    larch.send = async (offers, options) => {
      await withhold(0)
      return send(offers, options)
    }
    await hand(ids)
    expect(await states()).toEqual({ cancelled: 1 })
  })

  it('that a carrier took already say so', async () => {
    const ids = await parcels(1)
    const send = larch.send
    larch.send = async (offers, options) => {
      await withhold(0)
      return send(offers, options)
    }
    await hand(ids)
    expect(await states()).toEqual({ sent: 1 })
  })

  it('of which nobody knows end when the carrier says that it never had them', async () => {
    larch.does = 'never-gets-it'
    const ids = await parcels(1)
    await hand(ids)
    await withhold(0)
    clock.advance(15_000)
    await delivery.resolve(school, pair)
    expect(await states()).toEqual({ cancelled: 1 })
    await hand(ids)
    expect(larch.offers + rowan.offers).toBe(1)
  })

  it('by STOP leave what is more urgent alone', async () => {
    const ids = await parcels(1)
    const whose = [await numberOf(0)]
    await school.write(delivery.withheld(school, whose, { because: 'stopped', urgencyFrom: 3 }))
    await hand(ids)
    expect(await states()).toEqual({ sent: 1 })
  })
})

describe('a parcel that cannot be read', () => {
  it('fails by itself, and those beside it go', async () => {
    const ids = await parcels(3)
    const other = await one(ids[0]!) // three were added
    await school.rows({
      sql: 'update parcels set content = ? where id = ?',
      params: [other.content, ids[1]],
    })
    await hand(ids)
    expect(await states()).toEqual({ sent: 2, 'failed-technical': 1 })
  })
})

describe('a job that has no time left', () => {
  it('gives its parcels back untried, and blames no carrier', async () => {
    const ids = await parcels(1)
    const sends = [larch.send, rowan.send] as const
    larch.send = async (offers) =>
      offers.map(() => ({ outcome: 'not-offered', code: 'no-time-left' }))
    rowan.send = larch.send
    for (let times = 0; times < 10; times++) await hand(ids)
    expect(await one(ids[0]!)).toMatchObject({ state: 'created', tries: 0 }) // one was added
    larch.send = sends[0]
    rowan.send = sends[1]
    await hand(ids)
    expect(larch.accepted.length + rowan.accepted.length).toBe(1)
  })
})
