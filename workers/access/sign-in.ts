import * as audit from '#audit'
import { invariant, log, type OrganisationId, type Refusal, refuse } from '#kernel'
import type { Directory } from '#shards'
import { hasAny } from './factors/store.ts'
import { type Caller, fromWhere } from './from-where.ts'
import { needOf } from './need.ts'
import { noteRefusal, noteThrottled } from './note-refusal.ts'
import { isPassword, nobodysHash } from './password.ts'
import { defaultLimits, hashOf, type Limits, type Need, newToken } from './session.ts'
import { signedIn } from './sign-in-store.ts'
import * as store from './store.ts'
import { forgotten, type Guess, guessed, takenBack } from './throttle.ts'
import type { User } from './user.ts'

/** What somebody typed, and the network address and country they typed it at. */
export type Attempt = {
  email: string
  password: string
  from: string
  country?: string | undefined
  /** As its owner knows it again: "Firefox on Windows". */
  device?: string | undefined
  /** The town that the platform takes it to come from. */
  city?: string | undefined
}

/** What an organisation's contract and settings say of its people's sign-ins. */
export type Terms = {
  /** Of a locked one nobody comes in. */
  isOpen: boolean
  limits: Limits
  /** Passwords older than this are changed at the next sign-in; null where they last (PRODUCT 3.2). */
  passwordDays: number | null
}

export type SignInOptions = {
  /** Asked for the organisation of whoever knows the password. */
  termsOf?: (organisation: OrganisationId) => Promise<Terms>
  /**
   * Takes on what need not be waited for (`ctx.waitUntil`), so that a refusal takes as long for an
   * account there is, which has a trail, as for one there is not. Waited for where nobody takes it.
   */
  later?: (work: Promise<unknown>) => void
}

/**
 * Lets a person in by e-mail and password. Unknown, disabled and wrong are one answer, after the same
 * work. The token is new each time, so that one planted before signing in is worth nothing.
 */
export async function signIn(
  directory: Directory,
  attempt: Attempt,
  options: SignInOptions = {},
): Promise<
  { token: string; user: User; needs: Need | null } | Refusal<'wrong' | 'throttled' | 'locked'>
> {
  const email = attempt.email.trim()
  const caller: Caller = { address: attempt.from, country: attempt.country }
  const later = async (note: () => Promise<unknown>) => {
    if (options.later) options.later(afterwards(note))
    else await note()
  }
  const guess = await guessed(directory, email, caller.address)
  if (!guess) {
    await later(() => noteThrottled(directory, email, caller))
    return refused('throttled')
  }

  const row = await store.findByEmail(directory, email)
  const isRight = await isPassword(attempt.password, row?.passwordHash ?? nobodysHash)
  if (!row || !isRight || row.state !== 'active') {
    const because = isRight ? 'disabled' : 'wrong-password'
    if (row) await later(() => noteRefusal(directory, row, caller, because))
    return refused('wrong')
  }
  const terms = (await options.termsOf?.(row.organisationId)) ?? ANY_TERMS
  if (!terms.isOpen) {
    await later(() => noteRefusal(directory, row, caller, 'locked'))
    return refused('locked')
  }
  const { device = 'Unknown device', city } = attempt
  const opened = await open(directory, row, { guess, caller, terms, device, city })
  if (opened) return opened
  await noteRefusal(directory, row, caller, 'changed-meanwhile')
  return refused('wrong')
}

/** Begun once the answer is under way: what is not even asked yet can hold nothing up. */
async function afterwards(note: () => Promise<unknown>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0))
  await note()
}

const ANY_TERMS: Terms = { isOpen: true, limits: defaultLimits, passwordDays: null }

type Opening = {
  guess: Guess
  caller: Caller
  terms: Terms
  device: string
  city: string | undefined
}

/**
 * The trail's entry comes first: there is no session that the organisation's trail does not know. Undefined
 * where the account was changed since the password was asked of it.
 */
async function open(
  directory: Directory,
  row: store.UserRow,
  { guess, caller, terms, device, city }: Opening,
) {
  const area = await directory.school(row.organisationId, { kind: 'user', id: row.id })
  invariant(area, 'a user’s organisation has a shard')
  const place = await fromWhere(area, caller)
  const school = area.as({ ...area.actor, from: place })
  const token = newToken()
  const idHash = await hashOf(token)
  invariant(idHash, 'a new token is a token')

  const passed = { ...row, hasFactor: await hasAny(directory, row.id), verifiedBy: null }
  const needs = needOf(passed, terms.passwordDays, directory.clock.now())
  const record = { device, place, ...(city && { city }) }
  const session = { idHash, record, needs, limits: terms.limits }
  await school.commit(audit.entry(school, 'user.signed-in', row.id))
  const isIn = await directory.write(
    takenBack(guess),
    forgotten(directory),
    await signedIn(directory, school, row, session),
  )
  return isIn ? { token, user: await store.asUser(school, row), needs } : undefined
}

/** Known or not, the log tells of a refusal without saying whose. */
function refused<Reason extends 'wrong' | 'throttled' | 'locked'>(reason: Reason): Refusal<Reason> {
  log('sign-in.refused', { because: reason })
  return refuse(reason)
}
