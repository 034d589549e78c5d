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
import { putInSpool, type Waiting } from './spool.ts'
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
  for (const [part, records] of prepared.parts.entries()) {
    const { sealing, headers } = await sealingFor(secrets, address, sealedAtMs - clockAheadMs)
    const { opening, told } = saidBy(feed, prepared, { part, takenAtMs })
    const body = sealBody(sealing, writePayload(opening, [...told, ...records]))
    sealed.push(await putInSpool(world.state, { feed: feed.name, part, sealedAtMs, headers }, body))
  }
  return sealed
}

/**
 * What was rejected goes with the first part, and with each part of a full list: what is missing from that is
 * removed, which must not be done because of a row that could not be read.
 */
function saidBy(
  feed: Feed,
  { kept }: Prepared,
  { part, takenAtMs }: { part: number; takenAtMs: number },
): { opening: PayloadOpening; told: readonly PayloadRecord[] } {
  const { about, dropped } = kept.batch
  const tells = part === 0 || about.scope === 'full'
  const { records, moreRejected } = rejectedRecords(kept.batch)
  const opening: PayloadOpening = {
    format: PAYLOAD_FORMAT,
    version: PAYLOAD_VERSION,
    kind: feed.data,
    ...about,
    takenAt: new Date(takenAtMs).toISOString(),
    feed: feed.name,
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
