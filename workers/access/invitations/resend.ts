import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { findByEmail } from '../store.ts'
import type { InvitationId, Letter, Sent } from './invitation.ts'
import { newSecret } from './invite.ts'
import * as store from './store.ts'

/** Sends an invitation again: for a week from now, with a new secret. The old one opens nothing any more. */
export async function resendInvitation(
  directory: Directory,
  school: School,
  id: InvitationId,
  letter: Letter,
): Promise<Sent | Refusal<'no-such-invitation' | 'email-taken'>> {
  const found = await store.find(directory, school, id)
  if (!found) return refuse('no-such-invitation')
  if (await findByEmail(directory, found.email)) return refuse('email-taken')

  const { secret, secretHash } = await newSecret()
  const renewed = await store.renewed(directory, school, { id, secretHash })
  if (!renewed) return refuse('no-such-invitation')
  const sent = { id, expiresAtMs: renewed.expiresAtMs, secret }
  await school.commit(
    await letter({ name: found.name, email: found.email, ...sent }),
    audit.entry(school, 'invitation.resent', id),
  )
  return sent
}
