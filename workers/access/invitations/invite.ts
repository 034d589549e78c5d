import * as audit from '#audit'
import { invariant, type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { entitlementProblem, type EntitlementRefusal } from '../entitlement.ts'
import { hashOf, newToken } from '../session.ts'
import { findByEmail } from '../store.ts'
import { abandoned } from '../user-store.ts'
import type { Invitee, Letter, Sent } from './invitation.ts'
import * as store from './store.ts'

export type InviteRefusal = EntitlementRefusal | Refusal<'email-taken' | 'too-many-invitations'>

/**
 * Asks somebody to open an account, by an e-mail with a secret that works once, for a week. An address that
 * has an account is refused in one word, wherever that account is. Nothing but the e-mail can open it, so
 * the invitation is there first, then, in one commit, the trail's entry and the letter.
 */
export async function invite(
  directory: Directory,
  school: School,
  invitee: Invitee,
  letter: Letter,
): Promise<Sent | InviteRefusal> {
  const problem = entitlementProblem(invitee.kind, invitee)
  if (problem) return problem
  await directory.write(await abandoned(directory, invitee.email))
  if (await findByEmail(directory, invitee.email)) return refuse('email-taken', 'email')
  const before = await store.list(directory, school)
  if (before.length >= store.MAX_UNANSWERED) return refuse('too-many-invitations')

  const { secret, secretHash } = await newSecret()
  const { id, expiresAtMs, writes } = await store.added(directory, school, {
    ...invitee,
    secretHash,
  })
  await directory.write(writes)
  const sent = { id, expiresAtMs, secret }
  await school.commit(
    await letter({ name: invitee.name, email: invitee.email, ...sent }),
    audit.entry(school, 'user.invited', id, { role: invitee.role }),
  )
  return sent
}

/** 256 random bits for the e-mail, and their SHA-256 to keep. */
export async function newSecret(): Promise<{ secret: string; secretHash: string }> {
  const secret = newToken()
  const secretHash = await hashOf(secret)
  invariant(secretHash, 'a new secret is one')
  return { secret, secretHash }
}
