import * as audit from '#audit'
import { isRefusal, type Refusal, refuse, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { change, userToChange, type WhomRefusal } from './change-user.ts'
import * as store from './store.ts'

/** Somebody who was suspended is back. They sign in anew: no session of before comes alive. */
export async function reinstate(
  directory: Directory,
  school: School,
  id: UserId,
): Promise<WhomRefusal | Refusal<'not-suspended'> | undefined> {
  const user = await userToChange(directory, school, id)
  if (isRefusal(user)) return user
  if (user.state !== 'suspended') return refuse('not-suspended')

  await change(
    directory,
    school,
    audit.entry(school, 'user.reinstated', id),
    store.stateChanged(directory, school, id, 'active', 'suspended'),
  )
  return undefined
}
