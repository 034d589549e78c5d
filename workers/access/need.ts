import type { Need, VerifiedBy } from './session.ts'
import { mustHaveSecondFactor, type PasswordChange, type User } from './user.ts'

/** What of somebody and of their session decides what they must do next. */
export type Passed = Pick<User, 'role' | 'grants' | 'passwordChangedAtMs'> & {
  passwordChange: PasswordChange | null
  hasFactor: boolean
  /** The second factor shown in this session. */
  verifiedBy: VerifiedBy | null
}

/**
 * What must be done in a session before anything else, one after the other: the second factor is shown by whoever has
 * one, made by whoever must have one (PRODUCT 3.3), and a password that may not stay is changed last, when it is
 * certain who changes it. Null where nothing is left.
 */
export function needOf(
  { passwordChange, passwordChangedAtMs, hasFactor, verifiedBy, ...user }: Passed,
  passwordDays: number | null,
  nowMs: number,
): Need | null {
  if (hasFactor && verifiedBy === null) return 'second-factor'
  if (!hasFactor && mustHaveSecondFactor(user)) return 'enrolment'
  if (passwordChange) return 'new-password'
  const ageDays = (nowMs - passwordChangedAtMs) / DAY_MS
  return passwordDays !== null && ageDays >= passwordDays ? 'new-password' : null
}

const DAY_MS = 24 * 60 * 60_000
