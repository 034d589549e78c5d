import { newSecret } from '../workers/access/factors/totp.ts'
import { percentile, places, type Result, time } from './result.ts'
import { type School, shardOf } from './sending.ts'
import { type Asked, type Visitor, visitorAt } from './visitor.ts'
import { openWorld, type World } from './world.ts'

const PUPILS = 500
const LOOKS = 100_000
const USERS = 20
const WARM_UPS = 10
const TIMES = 150
const ENTRIES = 300
const ROUNDS = 6
const AIM_MS = 150
/** Issue 3, "what it must show": page cost of the trail ≤ 10%. */
const AIM_COST = 1.1
const SECRETS = { password: 'seven grey herons by the weir', totp: newSecret() }

/** The product, but that nobody writes down who looked. Bundled so: there is no switch for it in the product. */
const UNSEEN = {
  path: 'workers/audit/viewed.ts',
  code: 'export const viewed = async () => {}; export const listed = viewed',
}
/** What the pages of the trail ask for, beyond what the chain needs. */
const INDEXES = ['trail_by_subject', 'trail_by_actor', 'trail_by_action', 'trail_by_operator']

type Place = { world: World; school: School; visitor: Visitor }

/** What it costs a page that somebody's look is written down, a commit that its entry is indexed, and the trail's own pages. */
export async function benchTrail(): Promise<Result[]> {
  const seen = await openPlace()
  try {
    const unseen = await openPlace(UNSEEN)
    try {
      const results: Result[] = []
      for (const [name, asked] of Object.entries(pagesOf(seen, unseen))) {
        results.push(await compared(name, asked, seen.visitor, unseen.visitor))
      }
      results.push(await commits(seen, unseen))
      return [...results, ...(await ownPages(seen))]
    } finally {
      await unseen.world.close()
    }
  } finally {
    await seen.world.close()
  }
}

async function openPlace(instead?: typeof UNSEEN): Promise<Place> {
  const world = await openWorld(instead ? { instead } : {})
  const school = await world.act<School>('settle', { pupils: PUPILS, ...SECRETS })
  await world.act('look', { ...school, looks: LOOKS, users: USERS })
  return { world, school, visitor: await visitorAt(world, school, SECRETS) }
}

/** The same page of each, since each place made its own pupils. */
type Pair = [seen: Asked, unseen: Asked]

const pagesOf = (...both: [Place, Place]): Record<string, Pair> => {
  const page = (path: (place: Place) => string): Pair => [
    { path: path(both[0]) },
    { path: path(both[1]) },
  ]
  return {
    'one-pupil': page(({ school }) => `/school/pupils/${school.pupils[70]}`),
    pupils: page(() => '/school/pupils'),
    staff: page(() => '/school/staff'),
    'contacts-to-fix': page(() => '/school/contacts-to-fix'),
  }
}

/** One of each in turn, so that whatever else the machine does falls on both. */
async function compared(
  name: string,
  [with_, without]: Pair,
  seen: Visitor,
  unseen: Visitor,
): Promise<Result> {
  const timesMs = { seen: [] as number[], unseen: [] as number[] }
  for (let each = -WARM_UPS; each < TIMES; each++) {
    const ask = [
      async () => void (each < 0 || timesMs.seen.push((await seen.ask(with_)).ms)),
      async () => void (each < 0 || timesMs.unseen.push((await unseen.ask(without)).ms)),
    ]
    for (const one of each % 2 === 0 ? ask : ask.toReversed()) await one()
  }
  const [ours, limit] = [percentile(timesMs.seen, 0.5), percentile(timesMs.unseen, 0.5)]
  const p95 = [percentile(timesMs.seen, 0.95), percentile(timesMs.unseen, 0.95)] as const
  return time(
    { name: `trail.${name}`, ours, limit, unit: 'ms p50', against: 'the page without its entry' },
    {
      ...{ aim: 'at most 10% more', met: ours <= limit * AIM_COST },
      ...{ cost: places(ours / limit, 3), p95: places(p95[0], 1), p95Without: places(p95[1], 1) },
    },
  )
}

/** A commit of an entry alone, with what its pages ask for and without. */
async function commits(seen: Place, unseen: Place): Promise<Result> {
  const database = await shardOf(unseen.world, unseen.school)
  for (const index of INDEXES) await database.exec(`drop index ${index}`)
  const took = { indexed: [] as number[], plain: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    took.indexed.push(await entered(seen))
    took.plain.push(await entered(unseen))
  }
  const [ours, limit] = [percentile(took.indexed, 0.5), percentile(took.plain, 0.5)]
  return time(
    { name: 'trail.commit', ours, limit, unit: 'ms', against: 'without the four indexes' },
    { entries: LOOKS, cost: places(ours / limit, 3) },
  )
}

const entered = async ({ world, school }: Place): Promise<number> =>
  (await world.act<number>('enter', { ...school, entries: ENTRIES })) / ENTRIES

/** The trail's own pages, in a trail of some years. */
async function ownPages({ world, school, visitor }: Place): Promise<Result[]> {
  const database = await shardOf(world, school)
  const busiest = await database
    .prepare(`select actor_id as actor, subject from trail where action = 'pupil.viewed' limit 1`)
    .first<{ actor: string; subject: string }>()
  const pages: Record<string, string> = {
    'newest-100000': '/school/trail',
    'by-person': `/school/trail?who=${busiest?.actor}`,
    'by-action': '/school/trail?what=looks',
    'by-subject': `/school/trail?subject=${busiest?.subject}`,
    'by-support': '/school/trail?who=operator',
    'by-day': '/school/trail?to=2100-01-01&from=2020-01-01',
  }
  const results: Result[] = []
  for (const [name, path] of Object.entries(pages)) {
    const timesMs: number[] = []
    for (let each = 0; each < TIMES / 3; each++) timesMs.push((await visitor.ask({ path })).ms)
    const ours = percentile(timesMs, 0.95)
    const found = { name: `trail.${name}`, ours, limit: AIM_MS, unit: 'ms p95', against: 'the aim' }
    results.push(
      time(found, { aim: `p95 at most ${AIM_MS} ms`, met: ours <= AIM_MS, entries: LOOKS }),
    )
  }
  return results
}
