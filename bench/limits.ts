import { postAll } from './load.ts'
import type { World } from './world.ts'

/** What this runtime can do on this machine with nothing of ours around it, each a second. */
export type Limits = {
  insertedRows: number
  sealedPairs: number
  barePosts: number
  /** The same through Miniflare's front. */
  frontedPosts: number
  carrierCalls: number
}

const STATEMENTS = 20
const ROWS = 1_000
const PAIRS = 50_000
const POSTS = 10_000
const CONNECTIONS = 16
const CALLS = 6_000

/** As many rooms and connections as the product hands over with (`workers/queues.ts`, `provider.ts`). */
export const ROOMS = 8
export const WIDTH = 6

/** Measures each once after a short warm-up. */
export async function measureLimits(world: World): Promise<Limits> {
  await world.carrier({ latencyMs: 0, noReceipts: true })
  await world.act('insert-rows', { statements: 2, rows: ROWS })
  await world.act('seals', { pairs: 2_000 })
  await world.act('call-carrier', { calls: 500, rooms: ROOMS, width: WIDTH })

  const { hostname: host, port } = new URL(world.origin)
  return {
    insertedRows: await perSecond(STATEMENTS * ROWS, () =>
      world.act('insert-rows', { statements: STATEMENTS, rows: ROWS }),
    ),
    sealedPairs: await perSecond(PAIRS, () => world.act('seals', { pairs: PAIRS })),
    barePosts: await posts(world.direct),
    frontedPosts: await posts({ host, port: Number(port) }),
    carrierCalls: await perSecond(CALLS, () =>
      world.act('call-carrier', { calls: CALLS, rooms: ROOMS, width: WIDTH }),
    ),
  }
}

/** How many calls a second the carrier takes when it lets each wait this long. */
export async function slowCarrierCalls(
  world: World,
  latencyMs: number,
  calls: number,
): Promise<number> {
  await world.carrier({ latencyMs, noReceipts: true })
  return perSecond(calls, () => world.act('call-carrier', { calls, rooms: ROOMS, width: WIDTH }))
}

async function perSecond(count: number, act: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await act()
  return count / ((performance.now() - startedMs) / 1000)
}

async function posts(place: { host: string; port: number }): Promise<number> {
  const body = JSON.stringify({ events: [{ eventId: 'e', messageId: 'm', status: 'delivered' }] })
  const requests = Array.from({ length: POSTS }, () => ({ path: '/bench/bare', body }))
  await postAll(place, requests.slice(0, 500), CONNECTIONS)
  const { seconds } = await postAll(place, requests, CONNECTIONS)
  return POSTS / seconds
}
