import * as audit from '#audit'
import type { Directory } from '#shards'
import { type Caller, fromWhere } from './from-where.ts'
import { hashOf } from './session.ts'
import * as store from './store.ts'
import { leaveSupport } from './support/end.ts'
import { liveOf } from './support/store.ts'

/** Ends a session at the server, so that a copy of its cookie is worth nothing. Ended ones stay so. */
export async function signOut(
  directory: Directory,
  token: string | undefined,
  caller: Caller,
): Promise<void> {
  const idHash = await hashOf(token)
  const ended = idHash && (await store.end(directory, idHash))
  if (!ended) return

  if (ended.supportAccessId) await leaveAreas(directory, ended, caller)

  const actor = { kind: 'user', id: ended.userId } as const
  const area = await directory.school(ended.organisationId, actor)
  const school = area?.as({ ...actor, from: await fromWhere(area, caller) })
  await school?.commit(audit.entry(school, 'user.signed-out', ended.userId))
}

/** Whoever signs out in a customer's area is no longer in it, and the customer's trail says so. */
async function leaveAreas(
  directory: Directory,
  { userId, supportAccessId }: store.SessionRow,
  caller: Caller,
): Promise<void> {
  const live = (await liveOf(directory, userId)).find(({ id }) => id === supportAccessId)
  if (live) await leaveSupport(directory, live, caller)
}
