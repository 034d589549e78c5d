import * as audit from '#audit'
import { type Refusal, refuse, type UserId } from '#kernel'
import type { Directory, Entry, School, Write } from '#shards'
import * as store from './store.ts'
import type { User } from './user.ts'
import { isLastInCharge, somebodyStays } from './user-store.ts'

/** Why nothing can be changed about somebody, whatever it is. */
export type WhomRefusal = Refusal<'no-such-user' | 'own-account'>
/** Why they must stay in charge. */
export type LastRefusal = Refusal<'last-administrator'>

/**
 * Whom a change is about. Nobody changes what they are themselves entitled to, so that it takes two people
 * to make an account of more than it was.
 */
export async function userToChange(
  directory: Directory,
  school: School,
  id: UserId,
): Promise<User | WhomRefusal> {
  const user = await store.find(directory, school, id)
  if (!user || user.state === 'removed') return refuse('no-such-user')
  return school.actor.id === id ? refuse('own-account') : user
}

/** A change that leaves whoever is in charge in charge. The trail knows first. */
export async function change(
  directory: Directory,
  school: School,
  entry: Entry,
  ...writes: (Write | Write[])[]
): Promise<void> {
  await school.commit(entry)
  await directory.write(...writes)
}

/**
 * A change that may take the last one in charge away: refused then. It is asked first, and again in the
 * same transaction as the change: of two who take each other's role at the same moment one succeeds, and
 * the trail says of the other that nothing came of it.
 */
export async function changeUnlessLast(
  directory: Directory,
  school: School,
  id: UserId,
  entry: Entry,
  ...writes: (Write | Write[])[]
): Promise<LastRefusal | undefined> {
  if (await isLastInCharge(directory, school, id)) return refuse('last-administrator')

  await school.commit(entry)
  if (await directory.write(somebodyStays(directory, school, id), ...writes)) return undefined
  const because = 'last-administrator'
  await school.commit(audit.entry(school, 'user.kept', id, { because }))
  return refuse(because)
}
