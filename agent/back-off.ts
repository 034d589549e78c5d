/** The first pause; each further one may be twice as long. */
export const FIRST_PAUSE_MS = 2_000
/** No pause is longer than this, unless the server asks for more. */
export const MAX_PAUSE_MS = 5 * 60_000
/** A server may ask to be left alone for so long; anything more is taken as this. The other feeds wait too. */
export const MAX_ASKED_MS = 15 * 60_000
/** So much of what was asked for comes on top, drawn at random: all were told the same. */
const SPREAD = 0.2

/**
 * How long to wait before the try after this one, in milliseconds, counted from 0. Three thousand schools push
 * on the same night, so the pause is drawn at random ("equal jitter": half of it is certain), and those whom
 * one failure sent away do not come back together. What the server asks for by Retry-After comes first, and is
 * spread likewise.
 */
export function pauseMs(
  attempt: number,
  askedMs: number = 0,
  random: () => number = Math.random,
): number {
  const whole = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 20))
  const drawn = whole / 2 + (whole / 2) * random()
  const asked = Math.min(askedMs, MAX_ASKED_MS) * (1 + SPREAD * random())
  return Math.round(Math.max(drawn, asked))
}

/** Answers that another try may better: RFC 9110, 15.5.9 and 15.6, and RFC 6585, 4. */
export const isPassing = (status: number): boolean =>
  status === 408 || status === 425 || status === 429 || status >= 500

/** RFC 9110, 10.2.3: seconds or a date; 0 where nothing usable is said. */
export function retryAfterMs(header: string | undefined, nowMs: number): number {
  if (header === undefined) return 0
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? 0 : Math.max(0, at - nowMs)
}
