import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { Webhook } from 'standardwebhooks'
import { secretOf } from '../sandbox/provider-secret.ts'
import { root } from '../scripts/places.ts'
import { postAll } from './load.ts'
import { newSecret } from '../workers/access/factors/totp.ts'
import { cpuMs } from './cpu.ts'
import { percentile, places, type Result, time } from './result.ts'
import { type School, send, sendAndWait } from './sending.ts'
import { type Asked, type Visitor, visitorAt } from './visitor.ts'
import { openWorld, type World } from './world.ts'

const PUPILS = 2_000
const RECIPIENTS = 1_500
const REPLIES = 100
const WARM_UPS = 3
const TIMES = 50
const REST_MS = 3_000
const PASSWORD = 'seven grey herons by the weir'
const TOTP = newSecret()
const AIM_MS = 150
const AIM_BYTES = 100_000
const AIM_JS_BYTES = 20_000

/** How long the pages of a large school take, and what the first one weighs. */
export async function benchPages(): Promise<Result[]> {
  const world = await openWorld()
  try {
    const school = await world.act<School>('settle', {
      pupils: PUPILS,
      password: PASSWORD,
      totp: TOTP,
    })
    await world.carrier({ latencyMs: 0, receiptDelayMs: 0 })
    const { message } = await sendAndWait(world, school, school.pupils.slice(0, RECIPIENTS))
    await replies(world)
    await quiet(world)
    const draft = await send(world, school, undefined, 'operational', true)
    const visitor = await visitorAt(world, school, { password: PASSWORD, totp: TOTP })
    const limit = await bareMs(world)

    const results: Result[] = []
    for (const [name, asked] of Object.entries(pagesOf(school, message, draft.message))) {
      results.push(await measure(name, asked, visitor, limit))
    }
    return [...results, await firstLoad(visitor)]
  } finally {
    await world.close()
  }
}

const pagesOf = ({ pupils }: School, message: string, draft: string): Record<string, Asked> => ({
  home: { path: '/school' },
  pupils: { path: '/school/pupils' },
  'search-as-you-type': { path: '/school/pupils', form: { q: 'ama' }, fragment: 'results' },
  'one-pupil': { path: `/school/pupils/${pupils[700]}` },
  compose: { path: '/school/messages/new' },
  'compose-search': { path: '/school/messages/new', form: { find: 'ama', step: 'find' } },
  'check-whole-school': { path: `/school/messages/${draft}/check` },
  'message-1500': { path: `/school/messages/${message}` },
  'message-progress': { path: `/school/messages/${message}`, fragment: 'progress' },
  messages: { path: '/school/messages' },
  replies: { path: '/school/replies' },
  trail: { path: '/school/trail' },
})

async function measure(
  name: string,
  asked: Asked,
  { ask, workerd }: Visitor,
  limit: number,
): Promise<Result> {
  for (let each = 0; each < WARM_UPS; each++) await ask(asked)
  const usedMs = cpuMs(workerd)
  const timesMs: number[] = []
  let bytes = 0
  for (let each = 0; each < TIMES; each++) {
    const { ms, text } = await ask(asked)
    timesMs.push(ms)
    bytes = gzipSync(text).length
  }
  const p95 = percentile(timesMs, 0.95)
  return time(
    { name: `pages.${name}`, ours: p95, limit, unit: 'ms p95', against: 'a bare Hono POST, p95' },
    {
      ...{
        aim: `p95 at most ${AIM_MS} ms`,
        met: p95 <= AIM_MS,
        p50: places(percentile(timesMs, 0.5), 1),
      },
      ...{ cpuMsEach: places((cpuMs(workerd) - usedMs) / TIMES, 1), gzipBytes: bytes },
    },
  )
}

/** The home page with everything that it loads. Cloudflare compresses what the runtime here does not. */
async function firstLoad({ ask }: Visitor): Promise<Result> {
  const { text } = await ask({ path: '/school' })
  const folder = join(root, 'dist', 'public', 'assets')
  const gzipped = (ending: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0)
  const [html, css, js, icon] = [
    gzipSync(text).length,
    gzipped('.css'),
    gzipped('.js'),
    gzipped('.svg'),
  ]
  const ours = (html + css + js + icon) / 1000
  return time(
    { name: 'pages.first-load', ours, limit: AIM_BYTES / 1000, unit: 'kB', against: 'the budget' },
    {
      ...{
        aim: 'at most 100 kB, of it at most 20 kB of scripts',
        met: ours <= 100 && js <= AIM_JS_BYTES,
      },
      ...{ html, css, js, icon },
    },
  )
}

async function bareMs(world: World): Promise<number> {
  const requests = Array.from({ length: TIMES * 4 }, () => ({ path: '/bench/bare', body: '{}' }))
  await postAll(world.direct, requests, 1)
  return percentile((await postAll(world.direct, requests, 1)).timesMs, 0.95)
}

/** Until the carrier has told what became of everything, and the system rests. */
async function quiet(world: World): Promise<void> {
  while ((await world.carried()).receiptsPending > 0) await delay(REST_MS / 10)
  await delay(REST_MS)
}

/** A hundred parents write back, as the carrier tells us. */
async function replies(world: World): Promise<void> {
  const requests = Array.from({ length: REPLIES }, (_, place) => {
    const at = new Date()
    const id = crypto.randomUUID()
    const said = {
      eventId: id,
      from: `+447700900${String(place).padStart(3, '0')}`,
      to: '+442079460999',
    }
    const body = JSON.stringify({
      ...said,
      text: 'Thank you, we will fetch her at noon.',
      at: at.toISOString(),
    })
    const signature = new Webhook(secretOf(world.secrets.SANDBOX_WEBHOOK_SECRET, 'larch')).sign(
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
    return { path: '/hooks/sms/larch/inbound', headers, body }
  })
  const { statuses } = await postAll(world.direct, requests, 4)
  if (statuses.get(204) !== REPLIES) throw new Error('A reply was not taken.')
}
