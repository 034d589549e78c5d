import type { Directory } from '#shards'
import { hashOf, isLive, isToBeSeen } from './session.ts'
import * as store from './store.ts'
import type { User } from './user.ts'

/**
 * Who this is. Nobody, where the session was left alone for half an hour, is twelve hours old, was
 * ended, or its user was disabled: asked of the database each time, so that an end is an end at once.
 */
export async function userOfSession(
  directory: Directory,
  token: string | undefined,
): Promise<User | undefined> {
  const idHash = await hashOf(token)
  const found = idHash && (await store.findSession(directory, idHash))
  if (!found || found.row.state !== 'active') return undefined
  const nowMs = directory.clock.now()
  if (!isLive(found.session, nowMs)) return undefined

  if (isToBeSeen(found.session, nowMs)) await directory.write(store.seen(directory, idHash))
  const school = await directory.school(found.row.organisationId, {
    kind: 'user',
    id: found.row.id,
  })
  return school && store.asUser(school, found.row)
}
