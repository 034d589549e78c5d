import { newSecret } from '../workers/access/factors/totp.ts'
import { percentile, places, type Result, time } from './result.ts'
import type { School } from './sending.ts'
import { visitorAt } from './visitor.ts'
import { openWorld, type World } from './world.ts'
import type { Opened } from './worker/import.ts'

const PUPILS = 1_500
const CONTACTS = 3_000
/** DESIGN §6. */
const AIM_WHOLE_MS = 3_000
const AIM_AGAIN_MS = 500
/** Issue 4: one pupil's year of registers is shown in this. */
const AIM_YEAR_MS = 150
const AGAIN_TIMES = 5
const CHANGED = PUPILS / 100
/** 19 school days in each of ten months are 190: mornings and afternoons of all are 570,000 marks. */
const DAYS = 19
const LOOKS = 40
const SECRETS = { password: 'four grey herons by the weir', totp: newSecret() }

type Place = { world: World; school: School }

/** The night's roster, and a year of registers, from a body in the bucket to the commit. */
export async function benchImport(): Promise<Result[]> {
  const world = await openWorld()
  try {
    const school = await world.act<School>('settle', { pupils: 0, ...SECRETS })
    const place = { world, school }
    return [...(await rosters(place)), ...(await registers(place))]
  } finally {
    await world.close()
  }
}

/** Whole, the same again, and with one pupil in a hundred changed; beside the same bodies as bare rows. */
async function rosters(place: Place): Promise<Result[]> {
  const limit = await bare(place, 'post-roster', { pupils: PUPILS, changed: 0 })
  const whole = await opened(place, 'post-roster', { pupils: PUPILS, changed: 0 })
  expectApplied(whole.answer, { added: PUPILS, changed: 0 })
  const timesMs: number[] = []
  for (let each = 0; each < AGAIN_TIMES; each++) {
    const again = await opened(place, 'post-roster', { pupils: PUPILS, changed: 0 })
    expectApplied(again.answer, { added: 0, changed: 0 })
    timesMs.push(again.ms)
  }
  const some = await opened(place, 'post-roster', { pupils: PUPILS, changed: CHANGED })
  expectApplied(some.answer, { added: 0, changed: CHANGED })
  const result = (name: string, ours: number, aimMs: number) =>
    time(
      { name: `import.${name}`, ours, limit, unit: 'ms', against: 'the body as bare rows' },
      {
        ...{ aim: `at most ${aimMs} ms`, met: ours <= aimMs },
        ...{ pupils: PUPILS, contacts: CONTACTS, times: places(ours / limit, 1) },
      },
    )
  return [
    result('whole', whole.ms, AIM_WHOLE_MS),
    result('same-again', percentile(timesMs, 0.5), AIM_AGAIN_MS),
    result('1%-changed', some.ms, AIM_WHOLE_MS),
  ]
}

/** Ten months, one push each, and then the page of one pupil after another. */
async function registers(place: Place): Promise<Result[]> {
  const took = { ours: 0, limit: 0, entries: 0 }
  for (const month of schoolYear()) {
    const asked = { pupils: PUPILS, month, days: DAYS }
    took.limit += await bare(place, 'post-marks', asked)
    const { ms, answer } = await opened(place, 'post-marks', asked)
    took.ours += ms
    took.entries += answer.entries
  }
  const { entries } = took
  const loads = time(
    { name: 'import.registers', ...took, unit: 'ms a year', against: 'the bodies as bare rows' },
    {
      ...{ aim: '570,000 marks', met: entries === PUPILS * DAYS * 2 * 10 },
      ...{ marks: entries, marksASecond: Math.round(entries / (took.ours / 1000)) },
    },
  )
  return [loads, await pages(place)]
}

/**
 * A whole year of one pupil after another, read and counted up as their page does it; and the page itself, of
 * the year that has begun: marks of days to come would be held, so that no page of today has a whole one.
 */
async function pages({ world, school }: Place): Promise<Result> {
  const visitor = await visitorAt(world, school, SECRETS)
  const list = await visitor.ask({ path: '/school/pupils' })
  const pupils = [...new Set(list.text.match(/pup_[0-9a-z]{26}/g))]
  const at = { school: school.school, shard: school.shard, onDay: `${schoolYear().at(-1)}-30` }
  const took = { year: [] as number[], page: [] as number[] }
  for (let each = 0; each < LOOKS; each++) {
    const pupil = pupils[each % pupils.length]
    const startedMs = performance.now()
    const marks = await world.act<number>('year-of', { ...at, pupil })
    took.year.push(performance.now() - startedMs)
    if (marks !== DAYS * 2 * 10) throw new Error(`A year of one pupil has ${marks} marks.`)
    took.page.push((await visitor.ask({ path: `/school/pupils/${pupil}/attendance` })).ms)
  }
  const [year, page] = [percentile(took.year, 0.95), percentile(took.page, 0.95)]
  const ours = year + page
  return time(
    { name: 'import.one-year', ours, limit: AIM_YEAR_MS, unit: 'ms p95', against: 'the aim' },
    {
      ...{ aim: `year and page at most ${AIM_YEAR_MS} ms`, met: ours <= AIM_YEAR_MS },
      ...{ yearMs: places(year, 1), pageMs: places(page, 1), looks: LOOKS },
    },
  )
}

/** September to June of the school year that ended last: marks of days to come would be held. */
function schoolYear(now = new Date()): string[] {
  const isSummer = now.getUTCMonth() === 6 || now.getUTCMonth() === 7
  const start = now.getUTCFullYear() - (now.getUTCMonth() >= 6 && isSummer ? 1 : 2)
  return Array.from({ length: 10 }, (_, at) => {
    const month = (8 + at) % 12
    return `${month < 8 ? start + 1 : start}-${String(month + 1).padStart(2, '0')}`
  })
}

/** From the moment the job would begin until its import is closed. */
async function opened({ world, school }: Place, post: string, asked: object) {
  const at = { school: school.school, shard: school.shard }
  const importId = await world.act<string>(post, { ...at, ...asked })
  const startedMs = performance.now()
  const answer = await world.act<Opened>('open-push', { ...at, importId })
  return { ms: performance.now() - startedMs, answer }
}

async function bare({ world, school }: Place, post: string, asked: object): Promise<number> {
  const at = { school: school.school, shard: school.shard }
  const importId = await world.act<string>(post, { ...at, ...asked })
  const startedMs = performance.now()
  await world.act<number>('insert-push', { ...at, importId })
  return performance.now() - startedMs
}

function expectApplied({ state, added, changed }: Opened, expected: Partial<Opened>): void {
  const isSo = state === 'applied' && added === expected.added && changed === expected.changed
  if (!isSo) throw new Error(`It came to ${state}: ${added} added and ${changed} changed.`)
}
