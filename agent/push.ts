import { receivedSchema } from '../workers/mis/push/answers.ts'
import {
  PAYLOAD_FORMAT,
  PAYLOAD_VERSION,
  type PayloadOpening,
  writePayload,
} from '../workers/mis/push/payload.ts'
import { MAX_CLOCK_DIFFERENCE_MS, MAX_PUSH_BYTES, sealBody } from '../workers/mis/push/wire.ts'
import { isPassing } from './back-off.ts'
import type { Feed } from './config.ts'
import { prepare, type Prepared } from './prepare.ts'
import type { Greeted } from './hello.ts'
import { sealingFor } from './sealing.ts'
import type { Secrets } from './secrets.ts'
import { listSpool, putInSpool, removeFromSpool, type Waiting } from './spool.ts'
import { tell } from './talk.ts'
import type { World } from './world.ts'

export type Pushed =
  | { readonly ok: true; readonly importId: string }
  /** There was nothing to send: no register has been taken yet. */
  | { readonly ok: true; readonly importId: undefined }
  | {
      readonly ok: false
      readonly problem: string
      readonly detail?: string
      /** Whether the same may work later. */
      readonly isPassing: boolean
      readonly askedMs?: number
    }

/** Reads one feed, seals what Schoolgate may have of it, and sends it. */
export async function pushFeed(world: World, greeted: Greeted, feed: Feed): Promise<Pushed> {
  const prepared = await prepare(feed, greeted.allowList, world.network)
  if (!prepared.ok) return { ...prepared, isPassing: isPassingProblem(prepared.problem) }
  if (prepared.kept.batch.records.length === 0 && feed.data === 'registers') {
    world.log('feed.empty', { feed: feed.name })
    return { ok: true, importId: undefined }
  }
  tellOf(world, feed, prepared)
  const waiting = await seal(world, greeted, feed, prepared)
  if (waiting.bytes > MAX_PUSH_BYTES) {
    await removeFromSpool(world.state, waiting)
    return { ok: false, problem: 'export-too-big', isPassing: false }
  }
  return send(world, greeted.secrets, waiting)
}

/** What may be different in a minute: a file that is being written, a system that is being restarted. */
const isPassingProblem = (problem: string): boolean =>
  ['still-being-written', 'source-unreachable', 'no-file'].includes(problem)

/** An export this old was not made last night. */
const STALE_MS = 36 * 60 * 60_000

function tellOf({ log }: World, feed: Feed, { kept, takenAtMs }: Prepared): void {
  const ageMs = Date.now() - takenAtMs
  if (ageMs > STALE_MS)
    log('export.stale', { feed: feed.name, hours: Math.round(ageMs / 3_600_000) })
  const { batch } = kept
  log('feed.read', {
    feed: feed.name,
    records: batch.records.length,
    rejected: batch.rejected.length + batch.moreRejected,
    'dropped-columns': batch.dropped.length,
    scope: batch.about.scope,
  })
  if (batch.about.scope !== feed.scope) log('scope.lowered', { feed: feed.name })
}

async function seal(
  world: World,
  { secrets, clockAheadMs }: Greeted,
  feed: Feed,
  { kept, takenAtMs }: Prepared,
): Promise<Waiting> {
  const sealedAtMs = Date.now()
  const address = { kind: feed.data, scope: kept.batch.about.scope }
  const { sealing, headers } = sealingFor(secrets, address, sealedAtMs - clockAheadMs)
  const { about, records, dropped } = kept.batch
  const opening: PayloadOpening = {
    format: PAYLOAD_FORMAT,
    version: PAYLOAD_VERSION,
    kind: feed.data,
    ...about,
    takenAt: new Date(Math.min(takenAtMs, sealedAtMs) - clockAheadMs).toISOString(),
    dropped: dropped.slice(0, MAX_DROPPED).map(({ column, ...rest }) => ({
      ...rest,
      column: column.slice(0, MAX_COLUMN_CHARACTERS),
    })),
    rejected: rejectedOf(kept.batch),
  }
  const body = sealBody(sealing, writePayload(opening, records))
  return putInSpool(world.state, { feed: feed.name, sealedAtMs, headers }, body)
}

/** As the schema of the opening has them. */
const MAX_DROPPED = 1000
const MAX_COLUMN_CHARACTERS = 200

function rejectedOf({ rejected, moreRejected }: Prepared['kept']['batch']): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { reason } of rejected) counts[reason] = (counts[reason] ?? 0) + 1
  return moreRejected > 0 ? { ...counts, 'more-rows': moreRejected } : counts
}

/** Sends a body that waits, and takes it away once Schoolgate has it or will never take it. */
export async function send(world: World, secrets: Secrets, waiting: Waiting): Promise<Pushed> {
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
  if (!isKept) await removeFromSpool(world.state, waiting)
  world.log('push.failed', { feed: waiting.feed, reason: told.reason, code: told.code })
  const problem = told.reason === 'refused' ? told.code : told.reason
  // What was cut short on the way is sealed anew.
  const mayPass = isKept ? problem !== 'throttled' : problem === 'truncated'
  return { ok: false, problem, detail: told.code, isPassing: mayPass, askedMs: told.askedMs ?? 0 }
}

/**
 * Sends again what a stop or a broken line left behind: the same bytes, so that Schoolgate answers with the
 * same import if it had them all along. What has grown too old for it is read afresh instead.
 */
export async function resume(world: World, secrets: Secrets): Promise<ReadonlyMap<string, Pushed>> {
  const done = new Map<string, Pushed>()
  for (const waiting of await listSpool(world.state)) {
    const ageMs = Math.abs(Date.now() - waiting.sealedAtMs)
    if (ageMs > MAX_CLOCK_DIFFERENCE_MS - MARGIN_MS) {
      await removeFromSpool(world.state, waiting)
      world.log('spool.outdated', { feed: waiting.feed })
      continue
    }
    world.log('push.resumed', { feed: waiting.feed })
    done.set(waiting.feed, await send(world, secrets, waiting))
  }
  return done
}

/** Time for the body to travel. */
const MARGIN_MS = 2 * 60_000
