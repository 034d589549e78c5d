import * as access from '#access'
import type { User } from '#access'
import type { UserId } from '#kernel'
import * as people from '#people'
import type { Directory, School } from '#shards'

/** A user whose e-mail address was that of a member of staff who has left, and since when. */
export type Leaver = { user: User; leftAtMs: number }

/**
 * Accounts that are open although the staff feed says that their owner has left (PRODUCT 3.1): whoever manages
 * users closes them the same day. Nobody is shut out by the feed alone, which may be wrong.
 */
export async function leaversAmongUsers(directory: Directory, school: School): Promise<Leaver[]> {
  return leaversAmong(school, await access.list(directory, school))
}

/** The same of users who have been read already. */
export async function leaversAmong(school: School, users: readonly User[]): Promise<Leaver[]> {
  const active = users.filter(({ state }) => state === 'active')
  const keyed = await Promise.all(
    active.map(async (user) => ({ user, key: await people.pointKey(school, 'email', user.email) })),
  )
  const left = await people.staffWhoLeft(
    school,
    keyed.map(({ key }) => key),
  )
  return keyed.flatMap(({ user, key }) => {
    const leftAtMs = left.get(key)
    return leftAtMs === undefined ? [] : [{ user, leftAtMs }]
  })
}

export const leaversById = (leavers: readonly Leaver[]): ReadonlyMap<UserId, number> =>
  new Map(leavers.map(({ user, leftAtMs }) => [user.id, leftAtMs]))
