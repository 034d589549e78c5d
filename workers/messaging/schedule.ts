import * as audit from '#audit'
import { isQuietHours, type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import { check, type CheckProblem } from './check.ts'
import { type NotTheirs, type Sender, whyNotFrom } from './compose.ts'
import { type Author, can, isEmergency, type Message } from './message.ts'
import * as store from './message-store.ts'
import { yearsFor } from './years.ts'

export type ScheduleProblem =
  | CheckProblem
  | 'already-left'
  | NotTheirs
  | 'time-passed'
  | 'too-far-ahead'
  | 'quiet-hours'

export type When = {
  /** UTC milliseconds, or at once. */
  dueAt: number | 'now'
  /** Somebody ticked that it may go between 9pm and 7am. */
  acceptsQuietHours: boolean
}

/** A message may wait this long: a school plans its year, not the next. */
export const MAX_AHEAD_MS = 366 * 24 * 60 * 60 * 1000

/**
 * Lets a checked message go, now or at its time. Who gets it is worked out then; that somebody
 * would get it, and that it can be paid if it goes now, is asked here. So is what `author`, who lets
 * it go, may do at this moment: what was granted when it was written may have been taken away.
 */
export async function schedule(
  school: School,
  message: Message,
  when: When,
  sender: Sender,
  author: Author,
): Promise<Refusal<ScheduleProblem> | undefined> {
  if (!can('schedule', message)) return refuse('already-left')
  const dueAtMs = when.dueAt === 'now' ? school.clock.now() : when.dueAt
  const untimely = problemOfTime(school, message, when, dueAtMs)
  if (untimely) return untimely
  const notTheirs = await whyNotFrom(school, author, message)
  if (notTheirs) return notTheirs
  const withinYears = yearsFor(author, message)
  const preview = await check(school, { ...message, withinYears }, sender)
  const problem = preview.problems.find(
    (one) => when.dueAt === 'now' || one !== 'not-enough-credit',
  )
  if (problem) return refuse(problem)

  const { smsPriceMillipence } = sender
  const scheduled = await school.commit(
    ...store.moved(school, message, 'scheduled', {
      dueAtMs,
      smsPriceMillipence,
      withinYears,
      heldBecause: null,
    }),
    audit.entry(school, 'message.scheduled', message.id, {
      dueAtMs,
      recipients: preview.recipients,
      inQuietHours: isQuietHours(dueAtMs),
    }),
  )
  return scheduled ? undefined : refuse('already-left')
}

function problemOfTime(
  school: School,
  message: Message,
  { dueAt, acceptsQuietHours }: When,
  dueAtMs: number,
): Refusal<ScheduleProblem> | undefined {
  const nowMs = school.clock.now()
  if (dueAt !== 'now' && dueAtMs <= nowMs) return refuse('time-passed', 'at')
  if (dueAtMs - nowMs > MAX_AHEAD_MS) return refuse('too-far-ahead', 'at')
  const mayNotDisturb = !isEmergency(message) && !acceptsQuietHours
  return mayNotDisturb && isQuietHours(dueAtMs) ? refuse('quiet-hours', 'quiet') : undefined
}
