import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import type { InvitationId } from './invitation.ts'
import * as store from './store.ts'

/**
 * Takes an invitation back. Its e-mail may still arrive, and opens nothing. The trail knows first; where it
 * was answered at that very moment, the trail is told that nothing came of it.
 */
export async function withdrawInvitation(
  directory: Directory,
  school: School,
  id: InvitationId,
): Promise<Refusal<'no-such-invitation'> | undefined> {
  if (!(await store.find(directory, school, id))) return refuse('no-such-invitation')

  await school.commit(audit.entry(school, 'invitation.withdrawn', id))
  const isDone = await store.withdraw(directory, school, id)
  if (isDone) return undefined
  await school.commit(audit.entry(school, 'invitation.kept', id, { because: 'answered-meanwhile' }))
  return refuse('no-such-invitation')
}
