/**
 * Sheds a provider that fails. After five attempts of which half or more failed within a minute it
 * opens: no parcels. Some seconds later one parcel at a time goes through as a probe; a probe that
 * works closes it (DESIGN 2.8). Kept in the memory of whoever sends: each learns within seconds.
 */
export type Breaker = {
  allows(nowMs: number): boolean
  record(worked: boolean, nowMs: number): void
  state(nowMs: number): 'closed' | 'open' | 'half-open'
}

const WINDOW_MS = 60_000
const LEAST_ATTEMPTS = 5
const FAILING_SHARE = 0.5
const PROBE_AFTER_MS = 5_000
/** Attempts remembered: enough for a share, little enough for memory. */
const REMEMBERED = 200

export function breaker(): Breaker {
  let attempts: { worked: boolean; atMs: number }[] = []
  let openedAtMs: number | undefined
  let probedAtMs = 0

  const isProbeDue = (nowMs: number) =>
    openedAtMs !== undefined && nowMs - Math.max(openedAtMs, probedAtMs) >= PROBE_AFTER_MS

  const isFailing = () => {
    const failed = attempts.filter((attempt) => !attempt.worked).length
    return attempts.length >= LEAST_ATTEMPTS && failed / attempts.length >= FAILING_SHARE
  }

  return {
    allows(nowMs) {
      if (openedAtMs === undefined) return true
      if (!isProbeDue(nowMs)) return false
      probedAtMs = nowMs
      return true
    },
    record(worked, nowMs) {
      if (openedAtMs !== undefined && worked) {
        openedAtMs = undefined
        attempts = []
        return
      }
      const recent = attempts.filter((attempt) => nowMs - attempt.atMs < WINDOW_MS)
      attempts = [...recent.slice(1 - REMEMBERED), { worked, atMs: nowMs }]
      if (openedAtMs === undefined && isFailing()) openedAtMs = nowMs
    },
    state(nowMs) {
      if (openedAtMs === undefined) return 'closed'
      return isProbeDue(nowMs) ? 'half-open' : 'open'
    },
  }
}
