import * as audit from '#audit'
import { invariant, log, type OrganisationId, type Refusal, refuse } from '#kernel'
import type { Directory } from '#shards'
import { type Caller, fromWhere } from './from-where.ts'
import { noteRefusal, noteThrottled } from './note-refusal.ts'
import { isPassword, nobodysHash } from './password.ts'
import { hashOf, newToken } from './session.ts'
import * as store from './store.ts'
import { forgotten, type Guess, guessed, takenBack } from './throttle.ts'
import type { User } from './user.ts'

/** What somebody typed, and the network address and country they typed it at. */
export type Attempt = {
  email: string
  password: string
  from: string
  country?: string | undefined
}

export type SignInOptions = {
  /** Whether an organisation's people may come in now: of a locked one nobody does. */
  isOpen?: (organisation: OrganisationId) => Promise<boolean>
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
): Promise<{ token: string; user: User } | Refusal<'wrong' | 'throttled' | 'locked'>> {
  const email = attempt.email.trim()
  const caller: Caller = { address: attempt.from, country: attempt.country }
  const later = async (noting: Promise<unknown>) => {
    if (options.later) options.later(noting)
    else await noting
  }
  const guess = await guessed(directory, email, caller.address)
  if (!guess) {
    await later(noteThrottled(directory, email, caller))
    return refused('throttled')
  }

  const row = await store.findByEmail(directory, email)
  const isRight = await isPassword(attempt.password, row?.passwordHash ?? nobodysHash)
  if (!row || !isRight || row.state !== 'active') {
    const because = isRight ? 'disabled' : 'wrong-password'
    if (row) await later(noteRefusal(directory, row, caller, because))
    return refused('wrong')
  }
  if (options.isOpen && !(await options.isOpen(row.organisationId))) {
    await later(noteRefusal(directory, row, caller, 'locked'))
    return refused('locked')
  }
  return open(directory, row, guess, caller)
}

/** The trail's entry comes first: there is no session that the organisation's trail does not know. */
async function open(directory: Directory, row: store.UserRow, guess: Guess, caller: Caller) {
  const area = await directory.school(row.organisationId, { kind: 'user', id: row.id })
  invariant(area, 'a user’s organisation has a shard')
  const school = area.as({ ...area.actor, from: await fromWhere(area, caller) })
  const token = newToken()
  const idHash = await hashOf(token)
  invariant(idHash, 'a new token is a token')

  await school.commit(audit.entry(school, 'user.signed-in', row.id))
  await directory.write(
    takenBack(guess),
    forgotten(directory),
    store.signedIn(directory, row, idHash),
  )
  return { token, user: await store.asUser(school, row) }
}

/** Known or not, the log tells of a refusal without saying whose. */
function refused<Reason extends 'wrong' | 'throttled' | 'locked'>(reason: Reason): Refusal<Reason> {
  log('sign-in.refused', { because: reason })
  return refuse(reason)
}
