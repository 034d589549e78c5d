import * as audit from '#audit'
import { isRefusal, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { change, userToChange, type WhomRefusal } from './change-user.ts'
import { signedOut } from './put-out.ts'

/** PRODUCT 3.4: an Administrator signs a colleague out everywhere, at once. They may sign in again. */
export async function endSessionsOf(
  directory: Directory,
  school: School,
  id: UserId,
): Promise<WhomRefusal | undefined> {
  const user = await userToChange(directory, school, id)
  if (isRefusal(user)) return user

  const { writes, told } = signedOut(directory, school, id)
  await change(directory, school, audit.entry(school, 'user.sessions-ended', id), writes)
  await told()
  return undefined
}
