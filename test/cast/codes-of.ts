import { setTimeout as delay } from 'node:timers/promises'
import { codeAt, STEP_MS, stepAt } from '../../workers/access/factors/totp.ts'

/** Shorter than this a code may be over before it arrives. */
const MIN_LEFT_MS = 5_000

/**
 * Codes of one authenticator app that several people share, as the cast does. No code works twice for one person, so it
 * gives each the next one that they have not used: the one before, the present one, and the next are taken at any
 * time, which is three sign-ins at once; whoever signs in a fourth time waits.
 */
export function codesOf(secret: string): (who: string) => Promise<string> {
  const used = new Map<string, number>()
  return async (who) => {
    const nowMs = Date.now()
    const step = Math.max((used.get(who) ?? 0) + 1, firstSafe(nowMs))
    used.set(who, step)
    await delay(Math.max(0, (step - 1) * STEP_MS - nowMs + 1))
    return codeAt(secret, step)
  }
}

/** The code before is taken for as long as this step lasts. */
const firstSafe = (nowMs: number): number =>
  STEP_MS - (nowMs % STEP_MS) > MIN_LEFT_MS ? stepAt(nowMs) - 1 : stepAt(nowMs)
