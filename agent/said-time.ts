import { readHistory, writeHistory } from './history.ts'
import type { World } from './world.ts'

/** By this machine's clock, in milliseconds; how far that is ahead is as the last greeting found it. */
type Export = {
  readonly exportedAtMs: number
  readonly nowMs: number
  readonly clockAheadMs: number
}

/**
 * When an export was made, by Schoolgate's clock. What was said of a file is said of it again: two clocks are never
 * compared to the same millisecond twice, and a file that nobody has written anew would come too late after itself,
 * or after another feed that reads it too.
 */
export async function saidTime(
  { state }: World,
  feed: string,
  { exportedAtMs, nowMs, clockAheadMs }: Export,
): Promise<number> {
  const history = await readHistory(state)
  const known = history.said ?? {}
  const isSame = (one: { exportedAtMs: number } | undefined) => one?.exportedAtMs === exportedAtMs
  if (isSame(known[feed])) return known[feed]?.takenAtMs ?? 0
  const elsewhere = Object.values(known).find(isSame)
  const takenAtMs = elsewhere?.takenAtMs ?? Math.min(exportedAtMs, nowMs) - clockAheadMs
  // Before anything is sent: a part that follows after a stop must say the same as those that arrived.
  await writeHistory(state, {
    ...history,
    said: { ...known, [feed]: { exportedAtMs, takenAtMs } },
  })
  return takenAtMs
}
