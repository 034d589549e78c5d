import * as audit from '#audit'
import { invariant, log, type OrganisationId, type Refusal, refuse } from '#kernel'
import { type Directory, system } from '#shards'
import { isPassword, nobodysHash } from './password.ts'
import { hashOf, newToken } from './session.ts'
import * as store from './store.ts'
import { forgotten, type Guess, guessed, takenBack } from './throttle.ts'
import type { User } from './user.ts'

/** What somebody typed, and the network address they typed it at. */
export type Attempt = { email: string; password: string; from: string }

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
  const guess = await guessed(directory, email, attempt.from)
  if (!guess) return refused('throttled')

  const row = await store.findByEmail(directory, email)
  const isRight = await isPassword(attempt.password, row?.passwordHash ?? nobodysHash)
  if (!row || !isRight || row.state !== 'active') {
    const noting = row ? noteRefusal(directory, row, isRight) : Promise.resolve()
    await (options.later ? options.later(noting) : noting)
    return refused('wrong')
  }
  if (options.isOpen && !(await options.isOpen(row.organisationId))) return refused('locked')

  return open(directory, row, guess)
}

/** The trail's entry comes first: there is no session that the organisation's trail does not know. */
async function open(directory: Directory, row: store.UserRow, guess: Guess) {
  const school = await directory.school(row.organisationId, { kind: 'user', id: row.id })
  invariant(school, 'a user’s organisation has a shard')
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

async function noteRefusal(directory: Directory, row: store.UserRow, isRight: boolean) {
  const school = await directory.school(row.organisationId, system('visitor'))
  const because = isRight ? 'disabled' : 'wrong-password'
  await school?.commit(audit.entry(school, 'user.refused-sign-in', row.id, { because }))
}

/** Known or not, the log tells of a refusal without saying whose. */
function refused<Reason extends 'wrong' | 'throttled' | 'locked'>(reason: Reason): Refusal<Reason> {
  log('sign-in.refused', { because: reason })
  return refuse(reason)
}
