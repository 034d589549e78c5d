import * as audit from '#audit'
import type { Directory } from '#shards'
import { hashOf } from './session.ts'
import * as store from './store.ts'

/** Ends a session at the server, so that a copy of its cookie is worth nothing. Ended ones stay so. */
export async function signOut(directory: Directory, token: string | undefined): Promise<void> {
  const idHash = await hashOf(token)
  const ended = idHash && (await store.end(directory, idHash))
  if (!ended) return

  const school = await directory.school(ended.organisationId, { kind: 'user', id: ended.userId })
  await school?.commit(audit.entry(school, 'user.signed-out', ended.userId))
}
