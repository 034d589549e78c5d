import { setTimeout as delay } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { secretOf } from '../sandbox/provider-secret.ts'
import { type Loaded, postAll, type Request } from './load.ts'
import { cpuMs } from './cpu.ts'
import { percentile, places, rate, type Result, time } from './result.ts'
import { referencesOf, type School, sendAndWait, shardOf } from './sending.ts'
import { openWorld, type World } from './world.ts'

const PUPILS = 2_000
const CONNECTIONS = 16
const AT_ONCE = 50
/** A steady load, to see how long a receipt takes when it does not wait behind a flood. */
const PACE_POSTS = 60
const PACE_EVERY_MS = 50
const PATIENCE_MS = 120_000

const HOOK = '/hooks/sms/larch/receipts'
const BARE = '/bench/bare'

type Event = {
  eventId: string
  messageId: string
  reference: string
  status: string
  code: string
  at: string
}

/** Signed receipts of texts that were sent: how fast they are taken in, and how soon they are applied. */
export async function benchReceipts(): Promise<Result[]> {
  const world = await openWorld()
  try {
    const school = await world.act<School>('settle', { pupils: PUPILS })
    await world.carrier({ latencyMs: 0, noReceipts: true })
    const [one, other] = [await sendAndWait(world, school), await sendAndWait(world, school)]
    const first = await referencesOf(world, school, one.message)
    const second = await referencesOf(world, school, other.message)
    const steady = await pace(world, school, first)
    return [
      await flood(
        world,
        school,
        first.map((reference) => [eventOf(reference, 'delivered')]),
      ),
      await flood(world, school, inFifties(second)),
      steady,
    ]
  } finally {
    await world.close()
  }
}

/** Every post at once, as fast as they are answered; beside it the same bodies to a POST that does nothing. */
async function flood(world: World, school: School, posts: readonly Event[][]): Promise<Result> {
  const events = posts.flat().length
  const bare = await postAll(
    world.direct,
    posts.map((some) => ({ ...signed(world, some), path: BARE })),
    CONNECTIONS,
  )
  const before = await notedOf(world, school)
  const usedMs = cpuMs(world.workerd)
  const startedMs = Date.now()
  const taken = await postAll(
    world.direct,
    posts.map((some) => signed(world, some)),
    CONNECTIONS,
  )
  expectAll(taken, posts.length)
  const ours = events / taken.seconds
  await untilNoted(world, school, before + events)
  const each = posts[0]?.length ?? 1
  return rate(
    {
      ...{ name: `receipts.${each}-a-post`, ours, limit: events / bare.seconds, unit: 'events/s' },
      against: 'a bare Hono POST of the same bodies',
    },
    {
      ...{ aim: 'at least 1,000 events/s', met: ours >= 1_000, posts: posts.length, events },
      appliedPerSecond: places(events / ((Date.now() - startedMs) / 1000), 0),
      postP95Ms: places(percentile(taken.timesMs, 0.95), 1),
      cpuMsEach: places((cpuMs(world.workerd) - usedMs) / events, 2),
    },
  )
}

/** A thousand events a second for a while: from each post to its row, by the row's own time. */
async function pace(world: World, school: School, references: readonly string[]): Promise<Result> {
  const before = await notedOf(world, school)
  const answered: Promise<Loaded>[] = []
  for (let each = 0; each < PACE_POSTS; each++) {
    const some = Array.from(
      { length: AT_ONCE },
      (_, at) => references[(each * AT_ONCE + at) % references.length] ?? '',
    )
    const post = signed(
      world,
      some.map((reference) => eventOf(reference, 'en-route')),
    )
    answered.push(postAll(world.direct, [post], 1))
    await delay(PACE_EVERY_MS)
  }
  for (const one of await Promise.all(answered)) expectAll(one, 1)
  await untilNoted(world, school, before + PACE_POSTS * AT_ONCE)
  const { results } = await (
    await shardOf(world, school)
  )
    .prepare(
      `select received_at_ms - at_ms as tookMs from provider_events where school_id = ? and state = 'sent'`,
    )
    .bind(school.school)
    .all<{ tookMs: number }>()
  const timesMs = results.map(({ tookMs }) => tookMs)
  const p95 = percentile(timesMs, 0.95)
  const limit = percentile(
    (await Promise.all(answered)).flatMap((one) => one.timesMs),
    0.95,
  )
  return time(
    {
      ...{ name: 'receipts.post-to-applied', ours: p95 / 1000, limit: limit / 1000, unit: 's' },
      against: 'the answer to the post itself, p95',
    },
    {
      ...{ aim: 'applied within 2 s at p95, at 1,000 events/s', met: p95 <= 2_000 },
      ...{ p50: places(percentile(timesMs, 0.5) / 1000, 3), events: timesMs.length },
    },
  )
}

/** Everything that happened to each text, fifty to a post. */
function inFifties(references: readonly string[]): Event[][] {
  const events = ['accepted', 'delivered'].flatMap((status) =>
    references.map((reference) => eventOf(reference, status)),
  )
  const whole = events.slice(0, Math.floor(events.length / AT_ONCE) * AT_ONCE)
  return Array.from({ length: whole.length / AT_ONCE }, (_, post) =>
    whole.slice(post * AT_ONCE, (post + 1) * AT_ONCE),
  )
}

const eventOf = (reference: string, status: string): Event => ({
  eventId: crypto.randomUUID(),
  messageId: `lar_${reference.slice(-20)}`,
  reference,
  status,
  code: 'none',
  at: new Date().toISOString(),
})

/** Signed as the carrier signs, by Standard Webhooks. */
function signed({ secrets }: World, events: readonly Event[]): Request {
  const body = JSON.stringify({ events })
  const id = crypto.randomUUID()
  const at = new Date()
  const signature = new Webhook(secretOf(secrets.SANDBOX_WEBHOOK_SECRET, 'larch')).sign(
    id,
    at,
    body,
  )
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  }
  return { path: HOOK, headers, body }
}

function expectAll({ statuses }: Loaded, count: number): void {
  if (statuses.get(204) !== count) {
    throw new Error(`Receipts were answered ${JSON.stringify([...statuses])} instead of 204.`)
  }
}

async function notedOf(world: World, school: School): Promise<number> {
  const found = await (
    await shardOf(world, school)
  )
    .prepare('select count(*) as noted from provider_events where school_id = ?')
    .bind(school.school)
    .first<{ noted: number }>()
  return found?.noted ?? 0
}

async function untilNoted(world: World, school: School, count: number): Promise<void> {
  for (const untilMs = Date.now() + PATIENCE_MS; Date.now() < untilMs; await delay(PACE_EVERY_MS)) {
    if ((await notedOf(world, school)) >= count) return
  }
  throw new Error('Receipts were never applied.')
}
