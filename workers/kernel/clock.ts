/** Time is passed in, never read from the air, so that a test can stand at 06:30 on a snow day. */
export type Clock = { now(): number }

/** Milliseconds since 1970 in UTC. */
export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is told to move. */
export function stoppedClock(atMs: number): Clock & { advance(ms: number): void } {
  let nowMs = atMs
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms
    },
  }
}
