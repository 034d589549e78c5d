import { setTimeout as delay } from 'node:timers/promises'
import { measureLimits, slowCarrierCalls } from './limits.ts'
import { cpuMs } from './cpu.ts'
import { percentile, places, rate, type Result, time } from './result.ts'
import {
  attemptsOf,
  LOOK_EVERY_MS,
  PATIENCE_MS,
  referencesOf,
  type School,
  send,
  sendAndWait,
  underWay,
  untilDone,
} from './sending.ts'
import { openWorld, type World } from './world.ts'

const PUPILS = 2_000
/** Messages of one hand-over; with every contact of 2,000 pupils they make about 6,000 texts. */
const SENDS = 2
const WHOLE_SCHOOL = 1_500
const SLOW_CARRIER_MS = 200
const URGENT_TRIES = 20
const URGENT_AFTER_MS = 300

/** Hand-over of a send, of a whole school by a slow carrier, and of an urgent message that overtakes. */
export async function benchSend(): Promise<Result[]> {
  const world = await openWorld()
  try {
    const limits = await measureLimits(world)
    const school = await world.act<School>('settle', { pupils: PUPILS })
    await world.carrier({ latencyMs: 0, noReceipts: true })
    await warmUp(world, school)
    const bare = {
      limit: limits.carrierCalls,
      unit: 'messages/s',
      against: 'bare calls of the carrier',
    }
    const rows = { insertedRowsLimit: places(limits.insertedRows, 0) }

    const quiet = await handOver(world, school)
    await world.carrier({ noReceipts: false, receiptDelayMs: 0 })
    const loud = await handOver(world, school)
    const delivered = await untilReceiptsAreIn(world, loud)
    return [
      rate({ name: 'send.hand-over', ours: quiet.rate, ...bare }, { ...aimOfRate(quiet), ...rows }),
      rate(
        { name: 'send.hand-over-with-receipts', ours: loud.rate, ...bare },
        { ...aimOfRate(loud), ...delivered },
      ),
      await wholeSchool(world, school),
      ...(await urgent(world, school)),
    ]
  } finally {
    await world.close()
  }
}

const warmUp = (world: World, school: School) =>
  sendAndWait(world, school, school.pupils.slice(0, 200))

type HandOver = {
  rate: number
  texts: number
  cpuMsEach: number
  dueToFirstMs: number
  dueToLastMs: number
  pending: number
}

/** From the first claim to the last recorded Message ID, as the attempts say. */
async function handOver(world: World, school: School): Promise<HandOver> {
  const before = await attemptsOf(world, school)
  const usedMs = cpuMs(world.workerd)
  const startedMs = Date.now()
  for (let each = 0; each < SENDS; each++) await send(world, school)
  const expected = await untilDone(world, school)
  const after = await attemptsOf(world, school, startedMs)
  const texts = after.accepted
  if (before.accepted + texts !== expected) throw new Error('Some texts were not accepted.')
  const { receiptsPending } = await world.carried()
  return {
    rate: texts / ((after.lastMs - after.firstMs) / 1000),
    texts,
    cpuMsEach: places((cpuMs(world.workerd) - usedMs) / texts, 2),
    dueToFirstMs: after.firstMs - startedMs,
    dueToLastMs: after.lastMs - startedMs,
    pending: receiptsPending,
  }
}

const aimOfRate = ({ rate: ours, texts, cpuMsEach, dueToFirstMs, dueToLastMs }: HandOver) => ({
  aim: 'at least 500 messages/s and at most 2 ms of processor time each',
  met: ours >= 500 && cpuMsEach <= 2,
  texts,
  cpuMsEach,
  dueToFirstMs,
  dueToLastMs,
})

async function wholeSchool(world: World, school: School): Promise<Result> {
  const limit = await slowCarrierCalls(world, SLOW_CARRIER_MS, WHOLE_SCHOOL)
  const { dueAtMs } = await sendAndWait(world, school, school.pupils.slice(0, WHOLE_SCHOOL))
  const { lastMs, accepted } = await attemptsOf(world, school, dueAtMs)
  const ours = (lastMs - dueAtMs) / 1000
  const found = { name: 'send.whole-school', ours, limit: WHOLE_SCHOOL / limit, unit: 's' }
  const aim = { aim: 'at most 30 s for 1,500 by a carrier that takes 200 ms', met: ours <= 30 }
  return time(
    { ...found, against: 'bare calls of the same carrier' },
    { ...aim, recipients: accepted },
  )
}

/** An emergency while a large send of the same school is on its way, by a quick carrier and by a slow one. */
async function urgent(world: World, school: School): Promise<Result[]> {
  const results: Result[] = []
  for (const latencyMs of [0, SLOW_CARRIER_MS]) {
    await world.carrier({ latencyMs, noReceipts: true })
    const alone = await emergency(world, school)
    const timesMs: number[] = []
    for (let each = 0; each < URGENT_TRIES; each++) {
      await keepBusy(world, school)
      await delay(URGENT_AFTER_MS)
      timesMs.push(await emergency(world, school))
    }
    const p95 = percentile(timesMs, 0.95)
    const found = {
      name: `send.urgent-at-${latencyMs}-ms`,
      ours: p95 / 1000,
      limit: alone / 1000,
      unit: 's',
    }
    const details = { p50: places(percentile(timesMs, 0.5) / 1000, 2), tries: URGENT_TRIES }
    const aim = { aim: 'accepted within 5 s at p95 while a large send runs', met: p95 <= 5_000 }
    results.push(
      time({ ...found, against: 'the same when nothing else is sent' }, { ...aim, ...details }),
    )
    await untilDone(world, school)
  }
  return results
}

/** Sees to it that at least a thousand texts wait behind those that are on their way. */
async function keepBusy(world: World, school: School): Promise<void> {
  const { open, scheduled } = await underWay(world, school)
  if (open + scheduled * 1_000 < 2_000) await send(world, school)
  while ((await underWay(world, school)).open < 500) await delay(LOOK_EVERY_MS)
}

/** Milliseconds from "send it now" to the moment at which the carrier took it, by the carrier's own log. */
async function emergency(world: World, school: School): Promise<number> {
  const startedMs = Date.now()
  const { message } = await send(world, school, school.pupils.slice(0, 1), 'emergency')
  for (const untilMs = startedMs + PATIENCE_MS; Date.now() < untilMs; await delay(LOOK_EVERY_MS)) {
    const [reference] = await referencesOf(world, school, message)
    const takenMs = reference && (await world.takenAtMs(reference))
    if (takenMs) return takenMs - startedMs
  }
  throw new Error('An emergency was never accepted.')
}

async function untilReceiptsAreIn(world: World, { texts }: HandOver) {
  const startedMs = Date.now()
  while ((await world.carried()).receiptsPending > 0) {
    if (Date.now() - startedMs > PATIENCE_MS) throw new Error('Receipts never ended.')
    await delay(LOOK_EVERY_MS)
  }
  return { receipts: texts * 2, receiptsInAfterMs: Date.now() - startedMs }
}
