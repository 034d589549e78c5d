import * as audit from '#audit'
import { isRefusal, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { userToChange, type WhomRefusal } from '../change-user.ts'
import { signedOut } from '../put-out.ts'
import { keysTakenAway } from '../user-store.ts'
import type { FactorNews } from './factor.ts'
import type { User } from '../user.ts'
import type { Statement } from '#shards'

/**
 * A colleague has lost their telephone and their codes: all that they could show is gone, and with it every
 * session, so that the next sign-in sets up anew. Nobody does it to themselves; they are told by e-mail.
 */
export async function resetFactors(
  directory: Directory,
  school: School,
  id: UserId,
  tell: (user: User, news: FactorNews) => Promise<Statement[]>,
): Promise<WhomRefusal | undefined> {
  const user = await userToChange(directory, school, id)
  if (isRefusal(user)) return user

  await school.commit(
    audit.entry(school, 'factors.reset', id),
    await tell(user, { what: 'factors-reset' }),
  )
  const { writes, told } = signedOut(directory, school, id)
  await directory.write(keysTakenAway(directory, school, id), writes)
  await told()
  return undefined
}
