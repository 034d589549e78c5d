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
import * as store from './store.ts'

/**
 * Somebody is away, or may have been found out: the account opens no more, and every session ends now, with
 * what they let support into and whom they asked in.
 */
export async function suspend(
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
    audit.entry(school, 'user.suspended', id, out.facts),
    store.stateChanged(directory, school, id, 'suspended'),
    out.writes,
  )
  if (!refused) await out.told()
  return refused
}
