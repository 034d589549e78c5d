import { setTimeout as delay } from 'node:timers/promises'
import { percentile, places, type Result, time } from './result.ts'
import type { School } from './sending.ts'
import { openWorld, type World } from './world.ts'

/** Each is guessed at less often than would stop it (PRODUCT 3.2: ten in five minutes). */
const ACCOUNTS = 30
const GUESSES_EACH = 8
const WARM_UPS = 10
/** What is noted of a guess at an account there is comes after the answer: it is not to slow the next one. */
const REST_MS = 100
const AIM = 0.05
const PASSWORD = 'seven grey herons by the weir'

/** Whether the time that a wrong password takes says if there is such an account. */
export async function benchSignIn(): Promise<Result[]> {
  const world = await openWorld({ isQuiet: true })
  try {
    const school = await world.act<School>('settle', { pupils: 0 })
    const asked = { ...school, count: ACCOUNTS, password: PASSWORD }
    const known = await world.act<string[]>('accounts', asked)
    await guesses(world, known.slice(0, 1), WARM_UPS / 2)
    await guesses(world, ['nobody@example.org'], WARM_UPS / 2)
    return [compared(await measured(world, known.slice(1)))]
  } finally {
    await world.close()
  }
}

type Times = { known: number[]; unknown: number[] }

/** In pairs, each in an order by chance, so that what else the machine does falls on both alike. */
async function measured(world: World, known: readonly string[]): Promise<Times> {
  const times: Times = { known: [], unknown: [] }
  for (let round = 0; round < GUESSES_EACH; round++) {
    for (const email of known) {
      const pair = [
        { email, kind: 'known' as const },
        { email: `${round}-${email.replace('@', '-is-nobody@')}`, kind: 'unknown' as const },
      ]
      for (const one of Math.random() < 0.5 ? pair : pair.toReversed()) {
        times[one.kind].push(await guess(world, one.email))
        await delay(REST_MS)
      }
    }
  }
  return times
}

async function guesses(world: World, emails: readonly string[], times: number): Promise<void> {
  for (let each = 0; each < times; each++) {
    for (const email of emails) await guess(world, email)
  }
}

let guessers = 0

/** From another network each time, as whoever has many would. */
async function guess({ direct }: World, email: string): Promise<number> {
  const origin = `http://${direct.host}:${direct.port}`
  const from = `2001:db8:${(++guessers).toString(16)}::1`
  const startedMs = performance.now()
  const answer = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    headers: { origin, 'sec-fetch-site': 'same-origin', 'cf-connecting-ip': from },
    body: new URLSearchParams({ email, password: 'a gate left open' }),
    redirect: 'manual',
  })
  await answer.text()
  const ms = performance.now() - startedMs
  if (answer.status !== 422) throw new Error(`A wrong password was answered ${answer.status}.`)
  return ms
}

function compared({ known, unknown }: Times): Result {
  const [ours, limit] = [percentile(known, 0.5), percentile(unknown, 0.5)]
  const apart = Math.abs(ours - limit) / limit
  return time(
    {
      name: 'sign-in.known-against-unknown',
      ours,
      limit,
      unit: 'ms p50',
      against: 'the same for an account there is not',
    },
    {
      aim: `medians within ${AIM * 100}%`,
      met: apart <= AIM,
      apartPercent: places(apart * 100, 2),
      guesses: known.length + unknown.length,
      ...{
        p5: places(percentile(known, 0.05), 1),
        p5Unknown: places(percentile(unknown, 0.05), 1),
      },
      ...{
        p95: places(percentile(known, 0.95), 1),
        p95Unknown: places(percentile(unknown, 0.95), 1),
      },
    },
  )
}
