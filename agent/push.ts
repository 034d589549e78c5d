import { isStale } from '../workers/agents/push.ts'
import { receivedSchema } from '../workers/mis/push/answers.ts'
import { MAX_CLOCK_DIFFERENCE_MS, MAX_PUSH_BYTES } from '../workers/mis/push/wire.ts'
import { isPassing } from './back-off.ts'
import type { Feed } from './config.ts'
import { prepare, type Prepared } from './prepare.ts'
import type { Greeted } from './hello.ts'
import { sealParts } from './seal-parts.ts'
import type { Secrets } from './secrets.ts'
import { clearSpool, listSpool, removeFromSpool, type Waiting } from './spool.ts'
import { tell } from './talk.ts'
import type { World } from './world.ts'

/** `importIds` has one for each part that was received, in order. */
export type Pushed =
  /** None where there was nothing to send: no register has been taken yet. */
  | {
      readonly ok: true
      readonly importIds: readonly string[]
      /** When the export was made; not known of what waited since another run. */
      readonly exportedAtMs?: number
    }
  | {
      readonly ok: false
      readonly problem: string
      readonly detail?: string
      /** Whether the same may work later. */
      readonly isPassing: boolean
      readonly askedMs?: number
      readonly importIds: readonly string[]
    }

/** Reads one feed, seals what Schoolgate may have of it, and sends it: in parts, where there is too much for one. */
export async function pushFeed(world: World, greeted: Greeted, feed: Feed): Promise<Pushed> {
  const prepared = await prepare(feed, greeted.allowList, world.network)
  if (!prepared.ok) {
    return { ...prepared, isPassing: isPassingProblem(prepared.problem), importIds: [] }
  }
  const { records, rejected } = prepared.kept.batch
  if (records.length + rejected.length === 0 && feed.data === 'registers') {
    world.log('feed.empty', { feed: feed.name })
    return { ok: true, importIds: [] }
  }
  tellOf(world, feed, prepared)
  const waiting = await sealParts(world, greeted, feed, prepared)
  if (waiting.some(({ bytes }) => bytes > MAX_PUSH_BYTES)) {
    await remove(world, waiting)
    return { ok: false, problem: 'export-too-big', isPassing: false, importIds: [] }
  }
  const sent = await sendAll(world, greeted.secrets, waiting)
  return sent.ok ? { ...sent, exportedAtMs: prepared.takenAtMs } : sent
}

/** What may be different in a minute: a file that is being written, a system that is being restarted. */
const isPassingProblem = (problem: string): boolean =>
  ['still-being-written', 'source-unreachable', 'no-file'].includes(problem)

function tellOf({ log }: World, feed: Feed, { kept, parts, takenAtMs }: Prepared): void {
  const nowMs = Date.now()
  if (isStale(takenAtMs, nowMs)) {
    log('export.stale', { feed: feed.name, hours: Math.round((nowMs - takenAtMs) / 3_600_000) })
  }
  const { batch } = kept
  log('feed.read', {
    feed: feed.name,
    records: batch.records.length,
    rejected: batch.rejected.length + batch.moreRejected,
    'dropped-columns': batch.dropped.length,
    scope: batch.about.scope,
    parts: parts.length,
  })
}

const remove = async ({ state }: World, waiting: readonly Waiting[]): Promise<void> => {
  for (const each of waiting) await removeFromSpool(state, each)
}

/**
 * Sends the bodies of one feed that wait, in order, until one is not taken. Where that may pass, it and those
 * after it go on waiting; else they are all taken away.
 */
export async function sendAll(
  world: World,
  secrets: Secrets,
  waiting: readonly Waiting[],
): Promise<Pushed> {
  const importIds: string[] = []
  for (const [at, each] of waiting.entries()) {
    const sent = await send(world, secrets, each)
    if (sent.ok) {
      importIds.push(sent.importId)
      continue
    }
    const { isKept, ...refused } = sent
    if (!isKept) await remove(world, waiting.slice(at))
    return { ...refused, importIds }
  }
  return { ok: true, importIds }
}

/** What was sent before and after, of one feed: it is well only where both are. */
const joined = (before: Pushed | undefined, after: Pushed): Pushed => ({
  ...(before?.ok === false ? before : after),
  importIds: [...(before?.importIds ?? []), ...after.importIds],
})

type Sent =
  | { readonly ok: true; readonly importId: string }
  | (Extract<Pushed, { ok: false }> & { readonly isKept: boolean })

/** Sends a body that waits, and takes it away once Schoolgate has it. */
async function send(world: World, secrets: Secrets, waiting: Waiting): Promise<Sent> {
  const { headers, file, bytes } = waiting
  const question = {
    method: 'POST',
    path: '/mis/v1/imports',
    headers,
    body: { file, bytes },
  } as const
  const told = await tell(secrets, world.network, question, receivedSchema)
  if (told.ok) {
    await removeFromSpool(world.state, waiting)
    world.log('push.received', { feed: waiting.feed, import: told.value.importId, bytes })
    return { ok: true, importId: told.value.importId }
  }
  const isKept = told.reason !== 'refused' || isPassing(told.status ?? 0)
  world.log('push.failed', { feed: waiting.feed, reason: told.reason, code: told.code })
  const problem = told.reason === 'refused' ? told.code : told.reason
  // What was cut short on the way is sealed anew.
  const mayPass = isKept || problem === 'truncated'
  const askedMs = told.askedMs ?? 0
  return {
    ok: false,
    problem,
    detail: told.code,
    isPassing: mayPass,
    askedMs,
    importIds: [],
    isKept,
  }
}

/**
 * Sends again what a stop or a broken line left behind: the same bytes, so that Schoolgate answers with the
 * same import if it had them all along. What has grown too old for it is read afresh instead.
 */
export async function resume(world: World, secrets: Secrets): Promise<ReadonlyMap<string, Pushed>> {
  const done = new Map<string, Pushed>()
  await clearSpool(world.state)
  for (const waiting of await listYoung(world)) {
    world.log('push.resumed', { feed: waiting.feed })
    const sent = await sendAll(world, secrets, [waiting])
    done.set(waiting.feed, joined(done.get(waiting.feed), sent))
  }
  return done
}

/** What waits and is not too old to be taken; the rest is thrown away, and read afresh. */
export async function listYoung({ state, log }: World): Promise<Waiting[]> {
  const young: Waiting[] = []
  for (const waiting of await listSpool(state)) {
    const ageMs = Math.abs(Date.now() - waiting.sealedAtMs)
    if (ageMs <= MAX_CLOCK_DIFFERENCE_MS - MARGIN_MS) young.push(waiting)
    else {
      await removeFromSpool(state, waiting)
      log('spool.outdated', { feed: waiting.feed })
    }
  }
  return young
}

/** Time for the body to travel. */
const MARGIN_MS = 2 * 60_000
