import * as delivery from '#delivery'
import { inBatches, type MessageId, type ParcelId } from '#kernel'
import * as messaging from '#messaging'
import type { School } from '#shards'

/** Parcels of a school on the queue or in hand at a time; emergencies have as much room again. */
export const WINDOW = 1_000
export const PARCELS_A_JOB = 50
/** While something moves, the outbox looks this often. */
export const TICK_MS = 100
/** While it only waits for carriers to answer. */
const IDLE_TICK_MS = 500
/** A job that the queue has not delivered by then is queued anew. */
const QUEUE_PATIENCE_MS = 20_000
const START_PATIENCE_MS = 10_000
/** A message that will not start after so many tries is put aside, and the next one has its turn. */
const MAX_STARTS = 5
const TIDY_EVERY_MS = 5_000

/** What an outbox remembers between looks. It may all be forgotten: the database knows. */
export type Memory = {
  tidiedAtMs: number
  starts: Map<MessageId, { times: number; lastMs: number }>
}

export const blank = (): Memory => ({ tidiedAtMs: 0, starts: new Map() })

/** What an outbox can set in motion. */
export type Reach = {
  startSend(message: MessageId): Promise<void>
  /** Puts aside a message that cannot be sent, for somebody of the school to see. */
  putAside(message: MessageId): Promise<void>
  deliver(batches: ParcelId[][]): Promise<void>
  /** Begins to ask carriers about lost answers; does not wait for them, who may take long. */
  lookUp(): Promise<void>
}

/**
 * One look of a school's outbox, at its own pace and not in reaction to events: puts lost work back,
 * starts the message that is due (one at a time, the more urgent first), releases parcels within the
 * window, closes what is through. Returns when to look again; null when nothing is under way.
 */
export async function step(school: School, memory: Memory, reach: Reach): Promise<number | null> {
  const nowMs = school.clock.now()
  if (nowMs - memory.tidiedAtMs >= TIDY_EVERY_MS) {
    memory.tidiedAtMs = nowMs
    await school.write([
      delivery.leasesExpired(school),
      delivery.queueForgot(school, QUEUE_PATIENCE_MS),
    ])
  }
  const isStarting = await startNext(school, memory, reach)
  const { released, moving } = await releaseSome(school, reach)
  await finish(school)

  if (released > 0) return nowMs + TICK_MS
  const nextParcelMs = await delivery.nextParcelMs(school)
  if (nextParcelMs !== null && nextParcelMs <= nowMs && moving < WINDOW) await reach.lookUp()
  if (isStarting) return nowMs + TICK_MS
  if (moving > 0) return nowMs + IDLE_TICK_MS
  return earliest(
    nextParcelMs === null ? null : Math.max(nextParcelMs, nowMs + IDLE_TICK_MS),
    await messaging.nextDueAt(school),
  )
}

async function startNext(school: School, memory: Memory, reach: Reach): Promise<boolean> {
  const nowMs = school.clock.now()
  const [due] = await messaging.nextDue(school, nowMs)
  if (!due) {
    memory.starts.clear()
    return false
  }
  const waiting = await delivery.waitingUrgency(school)
  if (waiting !== null && waiting <= due.urgency) return true

  const { times, lastMs } = memory.starts.get(due.id) ?? { times: 0, lastMs: 0 }
  if (nowMs - lastMs < START_PATIENCE_MS) return true
  memory.starts.set(due.id, { times: times + 1, lastMs: nowMs })
  await (times < MAX_STARTS ? reach.startSend(due.id) : reach.putAside(due.id))
  return true
}

async function releaseSome(school: School, reach: Reach) {
  const moving = await delivery.countMoving(school)
  const room = WINDOW - moving
  const released =
    room >= PARCELS_A_JOB ? await delivery.release(school, room) : await releaseEmergencies(school)
  if (released.length > 0) {
    await reach.deliver(
      inBatches(
        released.map(({ id }) => id),
        PARCELS_A_JOB,
      ),
    )
  }
  return { released: released.length, moving: moving + released.length }
}

/** However full the window is, an emergency does not wait for room in it. */
async function releaseEmergencies(school: School): Promise<{ id: ParcelId }[]> {
  if ((await delivery.waitingUrgency(school)) !== delivery.EMERGENCY) return []
  const room = WINDOW - (await delivery.countMoving(school, delivery.EMERGENCY))
  return room > 0 ? delivery.release(school, room, delivery.EMERGENCY) : []
}

async function finish(school: School): Promise<void> {
  const sending = await messaging.inProgress(school)
  if (sending.length === 0) return
  const open = await delivery.openAmong(school, sending)
  const through = sending.filter((id) => !open.has(id))
  if (through.length > 0) await school.write(messaging.finished(school, through))
}

function earliest(a: number | null, b: number | null | undefined): number | null {
  if (a === null) return b ?? null
  return b === null || b === undefined ? a : Math.min(a, b)
}
