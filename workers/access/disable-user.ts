import * as audit from '#audit'
import { type Refusal, refuse, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import * as store from './store.ts'

/** Somebody left: the account opens no more, and every session of theirs ends now. */
export async function disableUser(
  directory: Directory,
  school: School,
  id: UserId,
): Promise<Refusal<'no-such-user'> | undefined> {
  if (!(await store.find(directory, school, id))) return refuse('no-such-user')

  await school.commit(audit.entry(school, 'user.disabled', id))
  await directory.write(store.disabled(directory, school, id))
  return undefined
}
