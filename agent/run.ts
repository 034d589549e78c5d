import { setTimeout as pause } from 'node:timers/promises'
import type { Config, Feed, Schedule } from './config.ts'
import { readHistory } from './history.ts'
import { FAULT, greetPatiently, pushFeeds, writeBacksOf } from './push-feeds.ts'
import { nextDue } from './schedule.ts'
import { alone } from './single.ts'
import { VERSION } from './version.ts'
import type { World } from './world.ts'

/** A machine that slept, or whose clock was set, is noticed within this time. */
const LOOK_MS = 30_000
/** So many minutes after its time, drawn anew each night, may a push of the night begin. */
const SPREAD_MS = 10 * 60_000
const WRITE_BACKS: Schedule = { everyMinutes: 15, from: '07:00', until: '18:00' }

/**
 * Pushes every feed when it is due and collects write-backs, until it is told to stop. What was due while the
 * machine was off is done at once.
 */
export async function run(
  world: World,
  config: Config,
  stop: AbortSignal,
  lookMs: number = LOOK_MS,
): Promise<void> {
  world.log('agent.started', { version: VERSION, feeds: config.feeds.length })
  const due = await firstDue(world, config)
  while (!stop.aborted) {
    const nowMs = Date.now()
    const feeds = config.feeds.filter(({ name }) => (due.feeds.get(name) ?? 0) <= nowMs)
    if (feeds.length > 0) {
      const went = await attempt(world, 'push', () => pushFeeds(world, feeds))
      for (const { name, schedule } of feeds) {
        due.feeds.set(name, dueAfter(went, due.feeds.get(name) ?? 0, spread(schedule, Date.now())))
      }
    }
    if (config.writeBacks && due.writeBacks <= nowMs) {
      const went = await attempt(world, 'writeback', () => writeBacksNow(world, config))
      const next = nextDue(config.writeBacks.schedule ?? WRITE_BACKS, Date.now())
      due.writeBacks = dueAfter(went, due.writeBacks, next)
    }
    await pause(lookMs, undefined, { signal: stop }).catch(() => undefined)
  }
  world.log('agent.stopped')
}

/** How a turn went: not had, as another agent is at it; broken, so that the same would break again at once. */
type Went = 'done' | 'not-had' | 'broken'

/**
 * Does something alone, whatever comes of it: a fault of one turn must not end the program, which would only be
 * started again to run into it.
 */
async function attempt(
  { state, log }: World,
  act: string,
  deed: () => Promise<{ readonly ok: boolean; readonly reason?: string }>,
): Promise<Went> {
  try {
    const told = await alone(state, deed)
    if (told) return told.reason === 'unwritable' ? 'broken' : 'done'
    log('turn.postponed', { act, because: 'running' })
    return 'not-had'
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException
    log('turn.failed', { act, code: code ?? name })
    return 'broken'
  }
}

/** What was not had stays due. What is broken is tried again after a pause, by when somebody may have mended it. */
function dueAfter(went: Went, dueMs: number, nextMs: number): number {
  if (went === 'not-had') return dueMs
  return went === 'broken' ? Date.now() + BROKEN_MS : nextMs
}

const BROKEN_MS = 15 * 60_000

type Due = { feeds: Map<string, number>; writeBacks: number }

/** A feed that was never tried is due now, as is one whose last time was missed or broken. */
async function firstDue({ state }: World, { feeds }: Config): Promise<Due> {
  const history = await readHistory(state)
  const dueOf = ({ name, schedule }: Feed) => {
    const { triedAtMs, problem } = history.feeds[name] ?? {}
    return triedAtMs === undefined || problem === FAULT ? 0 : nextDue(schedule, triedAtMs)
  }
  return { feeds: new Map(feeds.map((feed) => [feed.name, dueOf(feed)])), writeBacks: 0 }
}

/** Thousands of schools push at a quarter past two: each a little later than the others. */
const spread = (schedule: Schedule, nowMs: number): number =>
  nextDue(schedule, nowMs) + ('at' in schedule ? Math.floor(Math.random() * SPREAD_MS) : 0)

async function writeBacksNow(world: World, config: Config) {
  const greeted = await greetPatiently(world, 3)
  return greeted.ok ? writeBacksOf(world, config, greeted.value.secrets) : greeted
}
