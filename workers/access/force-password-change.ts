import * as audit from '#audit'
import { isRefusal, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { change, userToChange, type WhomRefusal } from './change-user.ts'
import { signedOut } from './put-out.ts'
import { passwordChangeAsked } from './user-store.ts'

/** PRODUCT 3.2: a password may be known to others. Every session ends, and the next sign-in asks for a new one. */
export async function forcePasswordChange(
  directory: Directory,
  school: School,
  id: UserId,
): Promise<WhomRefusal | undefined> {
  const user = await userToChange(directory, school, id)
  if (isRefusal(user)) return user

  const { writes, told } = signedOut(directory, school, id)
  await change(
    directory,
    school,
    audit.entry(school, 'user.password-change-asked', id),
    passwordChangeAsked(directory, school, id),
    writes,
  )
  await told()
  return undefined
}
