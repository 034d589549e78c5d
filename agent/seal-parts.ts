import {
  PAYLOAD_FORMAT,
  PAYLOAD_VERSION,
  type PayloadOpening,
  type PayloadRecord,
  writePayload,
} from '../workers/mis/push/payload.ts'
import { sealBody } from '../workers/mis/push/wire.ts'
import type { Feed } from './config.ts'
import type { Greeted } from './hello.ts'
import type { Prepared } from './prepare.ts'
import { rejectedRecords } from './rejected-records.ts'
import { saidTime } from './said-time.ts'
import { sealingFor } from './sealing.ts'
import type { Part } from './parts.ts'
import { putInSpool, removeFromSpool, type Waiting } from './spool.ts'
import type { World } from './world.ts'

/**
 * Seals what a feed has to say, each part by itself, and lays it where a restart finds it. All parts say the
 * same time: Schoolgate takes nothing that is older than what it has applied, and they come in any order.
 */
export async function sealParts(
  world: World,
  { secrets, clockAheadMs }: Greeted,
  feed: Feed,
  prepared: Prepared,
): Promise<Waiting[]> {
  const sealedAtMs = Date.now()
  const { about } = prepared.kept.batch
  const address = { kind: feed.data, scope: about.scope }
  const made = { exportedAtMs: prepared.takenAtMs, nowMs: sealedAtMs, clockAheadMs }
  const takenAtMs = await saidTime(world, feed.name, made)
  const sealed: Waiting[] = []
  try {
    for (const [at, part] of prepared.parts.entries()) {
      const { sealing, headers } = await sealingFor(secrets, address, sealedAtMs - clockAheadMs)
      const { opening, told } = saidBy(feed, prepared, { part, at, takenAtMs })
      const body = sealBody(sealing, writePayload(opening, [...told, ...part.records]))
      const head = { feed: feed.name, part: at, sealedAtMs, headers }
      sealed.push(await putInSpool(world.state, head, body))
    }
  } catch (error) {
    // A disk that is full is not to be kept full by what goes with the rest or not at all.
    for (const each of sealed) await removeFromSpool(world.state, each).catch(() => undefined)
    throw error
  }
  return sealed
}

/**
 * A part of a full list says which days are its own (a register is never full to Schoolgate). What was rejected goes with the first part, and with each part of a full list: what is missing from that is
 * removed, which must not be done because of a row that could not be read.
 */
function saidBy(
  feed: Feed,
  { kept }: Prepared,
  { part, at, takenAtMs }: { part: Part; at: number; takenAtMs: number },
): { opening: PayloadOpening; told: readonly PayloadRecord[] } {
  const { about, dropped } = kept.batch
  const isWhole = about.scope === 'full'
  const tells = at === 0 || isWhole
  const { records, moreRejected } = rejectedRecords(kept.batch)
  const opening: PayloadOpening = {
    format: PAYLOAD_FORMAT,
    version: PAYLOAD_VERSION,
    kind: feed.data,
    ...about,
    takenAt: new Date(takenAtMs).toISOString(),
    feed: feed.name,
    ...(isWhole && feed.data !== 'registers' && part.days && { days: part.days }),
    dropped: dropped.slice(0, MAX_DROPPED).map(({ column, ...rest }) => ({
      ...rest,
      column: column.slice(0, MAX_COLUMN_CHARACTERS),
    })),
    ...(tells && moreRejected > 0 && { moreRejected }),
  }
  return { opening, told: tells ? records : [] }
}

/** As the schema of the opening has them. */
const MAX_DROPPED = 1000
const MAX_COLUMN_CHARACTERS = 200
