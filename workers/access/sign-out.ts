import * as audit from '#audit'
import type { Directory } from '#shards'
import { type Caller, fromWhere } from './from-where.ts'
import { hashOf } from './session.ts'
import * as store from './store.ts'

/** Ends a session at the server, so that a copy of its cookie is worth nothing. Ended ones stay so. */
export async function signOut(
  directory: Directory,
  token: string | undefined,
  caller: Caller,
): Promise<void> {
  const idHash = await hashOf(token)
  const ended = idHash && (await store.end(directory, idHash))
  if (!ended) return

  const actor = { kind: 'user', id: ended.userId } as const
  const area = await directory.school(ended.organisationId, actor)
  const school = area?.as({ ...actor, from: await fromWhere(area, caller) })
  await school?.commit(audit.entry(school, 'user.signed-out', ended.userId))
}
