import { env } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import * as delivery from '#delivery'
import { inBatches, invariant, type MessageId, newId, type ParcelId, stoppedClock } from '#kernel'
import * as messaging from '#messaging'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { type PretendCarrier, pretendCarrier, together } from '../../test/cast/pretend-carrier.ts'
import { settle } from '../../test/cast/settle.ts'
import { blank, type Reach, step } from './step.ts'

// A whole-school text in bad weather, under a seed: queues lose jobs or deliver them twice, consumers
// die with parcels in hand, carriers refuse, keep quiet or never get it, receipts come twice and out
// of order. Then the weather clears. Nothing may be lost, and nothing may have been sent twice.
const MORNING_MS = Date.UTC(2026, 10, 23, 8, 30)
const STORM_LOOKS = 120
const MAX_LOOKS = 1_500

/** mulberry32: small, seeded, good enough to make weather. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const clock = stoppedClock(MORNING_MS)
const sender = { number: '+447700900001', email: 'office@st-botolphs.example' }

async function scheduled(
  school: School,
  id: schools.Organisation['id'],
  author: string,
): Promise<MessageId> {
  const directory = new Directory({ ...(await premisesOf(env as unknown as Env)), clock })
  const organisation = await schools.find(directory, id)
  invariant(organisation, 'the cast has a school')
  const from = {
    schoolName: organisation.name,
    smsPriceMillipence: organisation.smsPriceMillipence,
  }
  const writer = { id: author as never, years: null, seesAll: true }
  const message = await messaging.compose(
    school.as({ kind: 'user', id: author as never }),
    writer,
    from,
    {
      channel: 'sms',
      category: 'operational',
      contactRule: 'everyone',
      audience: { ...messaging.nobody, everyPupil: true },
      subject: null,
      text: 'School is closed today because of snow. ((pupil first name)) should stay at home.',
    },
  )
  invariant(!('refused' in message), 'the text is a good one')
  const when = { dueAt: 'now', acceptsQuietHours: true } as const
  expect(await messaging.schedule(school, message, when, from, writer)).toBeUndefined()
  return message.id
}

const behaviours = ['accepts', 'unavailable', 'keeps-quiet', 'never-gets-it'] as const
/** Small jobs, so that there are many, each in its own weather. */
const PARCELS_A_JOB = 4

function weather(
  school: School,
  carriers: delivery.Carriers,
  pretend: PretendCarrier[],
  chance: () => number,
) {
  const queue: (() => Promise<unknown>)[] = []
  let isStorm = true
  const stormy = (share: number) => isStorm && chance() < share
  const enqueue = (job: () => Promise<unknown>) => {
    if (!stormy(0.2)) queue.push(job)
    if (stormy(0.2)) queue.push(job)
  }
  const reach: Reach = {
    startSend: async (message) =>
      enqueue(() => messaging.dispatch(school, message, { isOpen: true })),
    deliver: async (batches) =>
      inBatches(batches.flat(), PARCELS_A_JOB).forEach((ids) => enqueue(() => handOver(ids))),
    putAside: (message) => messaging.putAside(school, message, 'fault'),
    lookUp: async () => void (await delivery.resolve(school, carriers)),
  }
  /** A consumer that dies does so after the carrier was called, before it could write down what came of it. */
  const handOver = async (ids: ParcelId[]) => {
    const dies = stormy(0.2)
    if (!dies) return delivery.deliver(school, carriers, sender, ids)
    const fatal = {
      ...carriers,
      record: () => {
        throw new Error('killed')
      },
    }
    return delivery.deliver(school, fatal, sender, ids).catch(() => undefined)
  }
  return {
    reach,
    clear: () => {
      isStorm = false
      for (const carrier of pretend) carrier.does = 'accepts'
    },
    pass: async () => {
      for (const job of queue.splice(0).toSorted(() => chance() - 0.5)) {
        for (const carrier of pretend) {
          if (stormy(0.7))
            carrier.does = behaviours[Math.floor(chance() * behaviours.length)] ?? 'accepts'
        }
        await job()
      }
    },
  }
}

const receiptsOf = (
  school: School,
  pretend: readonly PretendCarrier[],
  states: Map<string, ParcelId>,
  chance: () => number,
) =>
  pretend
    .flatMap((carrier) => carrier.accepted.map((took) => ({ carrier, took })))
    .flatMap(({ carrier, took }) => {
      const parcel = states.get(took.reference)
      const told = ['sent', 'delivered', 'sent', 'delivered'] as const
      return told.map((state, at) => ({
        shard: school.shard,
        school: school.id,
        parcel: parcel as ParcelId,
        provider: carrier.name,
        eventId: `${took.messageId}-${state}-${at % 2}`,
        providerMessageId: took.messageId,
        state,
        code: null,
        atMs: clock.now(),
      }))
    })
    .toSorted(() => chance() - 0.5)

describe.each([7, 1066])('under seed %i', (seed) => {
  it('a whole-school text loses nobody and reaches nobody twice', async () => {
    const chance = chances(seed)
    const directory = new Directory({ ...(await premisesOf(env as unknown as Env)), clock })
    const school = await oneSchool(directory)
    const message = await scheduled(school, school.id, newId('user'))

    const pretend = [pretendCarrier('larch'), pretendCarrier('rowan')]
    const carriers = await together(...(pretend as [PretendCarrier, PretendCarrier]))
    const storm = weather(school, carriers, pretend, chance)
    let memory = blank()
    let looks = 0
    for (; looks < MAX_LOOKS; looks++) {
      if (looks === STORM_LOOKS) storm.clear()
      if (looks < STORM_LOOKS && chance() < 0.1) memory = blank()
      const nextMs = await step(school, memory, storm.reach)
      await storm.pass()
      clock.advance(looks < STORM_LOOKS ? 1_000 : 5_000)
      if (nextMs === null && looks > STORM_LOOKS) break
    }
    expect(looks, `seed ${seed}: the outbox comes to rest`).toBeLessThan(MAX_LOOKS)

    const lines = await delivery.listByMessage(school, message, { limit: 500 })
    expect(lines.length).toBeGreaterThan(60)
    const accepted = pretend.flatMap((carrier) => carrier.accepted.map((took) => took.reference))
    const offers = pretend.reduce((sum, carrier) => sum + carrier.offers, 0)
    expect(offers, `seed ${seed}: the storm was one`).toBeGreaterThan(accepted.length + 10)
    expect(new Set(accepted).size, `seed ${seed}: nothing twice`).toBe(accepted.length)
    const states = await delivery.countByState(school, message)
    expect((states.sent ?? 0) + (states['failed-technical'] ?? 0), `seed ${seed}`).toBe(
      lines.length,
    )
    expect(accepted.length, `seed ${seed}: accepted = sum of final states`).toBe(states.sent ?? 0)
    expect((await messaging.find(school, message))?.state).toBe('sent')

    await receiptsEnd(school, lines, pretend, chance, states)
  })
})

/** However receipts come, every parcel that a carrier took ends delivered. */
async function receiptsEnd(
  school: School,
  lines: readonly delivery.ParcelLine[],
  pretend: readonly PretendCarrier[],
  chance: () => number,
  before: Partial<Record<delivery.ParcelState, number>>,
): Promise<void> {
  const ours = await delivery.references('test')
  const byReference = new Map<string, ParcelId>()
  for (const { id } of lines) {
    byReference.set(await ours.make({ shard: school.shard, school: school.id, parcel: id }), id)
  }
  const events = receiptsOf(school, pretend, byReference, chance)
  for (let at = 0; at < events.length; at += 17) {
    await delivery.applyReceipts(school, events.slice(at, at + 17))
  }
  const after = await delivery.countByState(school, lines[0]?.messageId as MessageId)
  expect(after.delivered).toBe(before.sent)
  expect(after.sent).toBeUndefined()
}

let world: Awaited<ReturnType<typeof settle>> | undefined
/** St Botolph’s for the first seed; every further one sends from the same school on another day. */
async function oneSchool(directory: Directory): Promise<School> {
  world ??= await settle(directory, { furtherPupils: 60 })
  clock.advance(24 * 60 * 60 * 1000)
  return world.botolphs.school.as(system('outbox'))
}
