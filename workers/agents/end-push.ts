import type { AgentId } from '#kernel'
import type { Directory } from '#shards'
import { expectedBy } from './agent.ts'
import { isStale, type Push } from './push.ts'
import { pushEnded } from './push-store.ts'
import * as store from './store.ts'

/** A body was opened, or refused: nobody has to open it any more. */
export const endPush = (
  directory: Directory,
  push: Push,
  end: { state: 'opened' } | { state: 'refused'; because: string },
): Promise<boolean> => directory.write(pushEnded(directory, push.id, end))

/** What an agent's import says of itself: of what data, as of when, and when it came. */
export type Arrived = {
  agentId: AgentId | null
  data: string
  takenAtMs: number
  createdAtMs: number
}

/**
 * A roster was applied, or said nothing new. If its export was made lately, it is the night's data: the next one
 * is expected a night later, and nobody is late any more. An old export that is sent again every night is not, nor
 * is what waits for an approval: the office is to hear that the pupils are those of last week.
 */
export async function noteNight(
  directory: Directory,
  { agentId, data, takenAtMs, createdAtMs }: Arrived,
): Promise<void> {
  if (agentId === null || data !== 'roster' || isStale(takenAtMs, createdAtMs)) return
  const row = await store.findRow(directory, agentId)
  if (row?.state !== 'active') return
  const expectedByMs = expectedBy(createdAtMs, row.nightlyHour)
  // An import that waited for days before somebody applied it takes no later night back.
  if (row.expectedByMs !== null && row.expectedByMs > expectedByMs) return
  await directory.write([store.changed(directory, agentId, { expectedByMs, toldLateAtMs: null })])
}
