import { setTimeout as pause } from 'node:timers/promises'
import { isPassing, pauseMs } from './back-off.ts'
import type { Config, Feed } from './config.ts'
import { greet, type Greeted } from './hello.ts'
import { readHistory, writeHistory } from './history.ts'
import { listYoung, pushFeed, type Pushed, resume, sendAll } from './push.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import type { Told } from './talk.ts'
import type { World } from './world.ts'
import { collectWriteBacks } from './write-back.ts'
import type { NotWritten } from './write-back-folder.ts'

/** How often something is tried whose failure may pass: about a quarter of an hour altogether. */
const TRIES = 8

export type Done = {
  /** As they are after it. */
  readonly secrets: Secrets
  readonly results: ReadonlyMap<string, Pushed>
  readonly clockAheadMs: number
}

/**
 * Pushes these feeds, after whatever an earlier stop left behind, and remembers how each went. What may pass
 * is tried again with growing pauses, or after as long as Schoolgate asks for; a refusal is not.
 */
export async function pushFeeds(
  world: World,
  feeds: readonly Feed[],
  tries: number = TRIES,
): Promise<Told<Done>> {
  const greeted = await greetPatiently(world, tries)
  if (!greeted.ok) {
    await remember(world, new Map(feeds.map(({ name }) => [name, failed(greeted.code)])))
    return greeted
  }
  const { secrets, clockAheadMs } = greeted.value
  const results = new Map(await resume(world, secrets))
  const faults: unknown[] = []
  for (const feed of feeds) {
    try {
      // What was just received is read again all the same: it may have changed since.
      results.set(feed.name, await pushPatiently(world, greeted.value, feed, tries))
    } catch (error) {
      // One feed's fault does not keep back the others, such as the registers after a list of people.
      faults.push(error)
      results.set(feed.name, failed(FAULT))
    }
  }
  await remember(world, results, clockAheadMs)
  if (faults.length > 0) throw faults[0]
  return { ok: true, value: { secrets, results, clockAheadMs } }
}

/** What the history says of a feed that this machine failed, as its disk is full. */
export const FAULT = 'fault'

const failed = (problem: string): Pushed => ({
  ok: false,
  problem,
  isPassing: true,
  importIds: [],
})

/** Greets Schoolgate with the secrets as they are on the disk. */
export async function greetPatiently(world: World, tries: number = TRIES): Promise<Told<Greeted>> {
  for (let attempt = 0; ; attempt++) {
    const read = await readSecrets(world.state)
    if (!read.ok) return { ok: false, reason: 'refused', code: read.reason }
    const greeted = await greet(world, read.secrets)
    if (greeted.ok) return greeted
    world.log('greeting.failed', { reason: greeted.reason, code: greeted.code, attempt })
    const mayPass =
      greeted.reason === 'refused' ? isPassing(greeted.status ?? 0) : greeted.reason !== 'nonsense'
    if (!mayPass || attempt + 1 >= tries) return greeted
    await pause(pauseMs(attempt, greeted.askedMs))
  }
}

/**
 * Sends the same bytes again while they are young, so that what arrived unheard is not imported twice; after a long
 * wait for a Schoolgate that is busy it reads afresh.
 */
async function pushPatiently(
  world: World,
  greeted: Greeted,
  feed: Feed,
  tries: number,
): Promise<Pushed> {
  let pushed = await pushFeed(world, greeted, feed)
  for (let attempt = 0; !pushed.ok && pushed.isPassing && attempt + 1 < tries; attempt++) {
    await pause(pauseMs(attempt, pushed.askedMs))
    const waiting = (await listYoung(world)).filter((one) => one.feed === feed.name)
    const next =
      waiting.length > 0
        ? await sendAll(world, greeted.secrets, waiting)
        : await pushFeed(world, greeted, feed)
    pushed = { ...next, importIds: [...pushed.importIds, ...next.importIds] }
  }
  return pushed
}

async function remember(
  { state, log }: World,
  results: ReadonlyMap<string, Pushed>,
  clockAheadMs?: number,
): Promise<void> {
  const history = await readHistory(state)
  const triedAtMs = Date.now()
  for (const [name, pushed] of results) {
    const before = history.feeds[name]
    const importId = pushed.importIds.at(-1) ?? before?.importId
    const exportedAtMs = (pushed.ok && pushed.exportedAtMs) || before?.exportedAtMs
    history.feeds[name] = pushed.ok
      ? { triedAtMs, pushedAtMs: triedAtMs, importId, exportedAtMs }
      : {
          triedAtMs,
          pushedAtMs: before?.pushedAtMs,
          importId,
          exportedAtMs,
          problem: pushed.problem,
        }
    if (!pushed.ok) log('feed.failed', { feed: name, problem: pushed.problem })
  }
  await writeHistory(state, { ...history, ...(clockAheadMs !== undefined && { clockAheadMs }) })
}

/** Collects write-backs where the configuration has a folder for them, and remembers how it went. */
export async function writeBacksOf(
  world: World,
  { writeBacks }: Config,
  secrets: Secrets,
): Promise<Told<number> | NotWritten> {
  if (!writeBacks) return { ok: true, value: 0 }
  const told = await collectWriteBacks(world, secrets, writeBacks)
  const history = await readHistory(world.state)
  const problem = told.ok ? undefined : told.code
  const triedAtMs = Date.now()
  await writeHistory(world.state, { ...history, writeBacks: { triedAtMs, problem } })
  if (told.ok) return told
  const { reason, code } = told
  world.log('write-backs.failed', {
    reason,
    code,
    ...('detail' in told && { detail: told.detail }),
  })
  return told
}
