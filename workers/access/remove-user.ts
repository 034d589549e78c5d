import * as audit from '#audit'
import { isRefusal, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import {
  changeUnlessLast,
  type LastRefusal,
  userToChange,
  type WhomRefusal,
} from './change-user.ts'
import { putOut } from './put-out.ts'
import { keysTakenAway, removed } from './user-store.ts'

/**
 * Somebody has left for good: the account is over, and what opened it is gone. The name stays, so that the
 * trail can be read; the address may be invited again, here or elsewhere.
 */
export async function removeUser(
  directory: Directory,
  school: School,
  id: UserId,
): Promise<WhomRefusal | LastRefusal | undefined> {
  const user = await userToChange(directory, school, id)
  if (isRefusal(user)) return user

  const out = await putOut(directory, school, id)
  const refused = await changeUnlessLast(
    directory,
    school,
    id,
    audit.entry(school, 'user.removed', id, out.facts),
    await removed(directory, school, user),
    out.writes,
    keysTakenAway(directory, school, id),
  )
  if (!refused) await out.told()
  return refused
}
