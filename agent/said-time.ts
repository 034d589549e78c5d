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
 * compared to the same millisecond twice, and a file that nobody has written anew would come too late after itself.
 */
export async function saidTime(
  { state }: World,
  feed: string,
  { exportedAtMs, nowMs, clockAheadMs }: Export,
): Promise<number> {
  const history = await readHistory(state)
  const said = history.said?.[feed]
  if (said?.exportedAtMs === exportedAtMs) return said.takenAtMs
  const takenAtMs = Math.min(exportedAtMs, nowMs) - clockAheadMs
  // Before anything is sent: a part that follows after a stop must say the same as those that arrived.
  await writeHistory(state, {
    ...history,
    said: { ...history.said, [feed]: { exportedAtMs, takenAtMs } },
  })
  return takenAtMs
}
