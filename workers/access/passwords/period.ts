import type { User } from '../user.ts'

export const DAY_MS = 24 * 60 * 60_000

/** PRODUCT 3.2: reminders go out so many days before a password is too old. */
export const REMINDED_DAYS_BEFORE = [14, 3] as const

/** When a password is too old for its organisation; undefined where passwords last. */
export const passwordDueAtMs = (
  { passwordChangedAtMs }: Pick<User, 'passwordChangedAtMs'>,
  passwordDays: number | null,
): number | undefined =>
  passwordDays === null ? undefined : passwordChangedAtMs + passwordDays * DAY_MS

/** The latest reminder that should be out by now; undefined while there is none, and when it is too late. */
export function reminderDueAtMs(dueAtMs: number, nowMs: number): number | undefined {
  if (nowMs >= dueAtMs) return undefined
  const out = REMINDED_DAYS_BEFORE.map((days) => dueAtMs - days * DAY_MS).filter(
    (atMs) => atMs <= nowMs,
  )
  return out.length > 0 ? Math.max(...out) : undefined
}
