import * as audit from '#audit'
import { isRefusal, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import {
  change,
  changeUnlessLast,
  type LastRefusal,
  userToChange,
  type WhomRefusal,
} from './change-user.ts'
import {
  type Entitlement,
  entitlementProblem,
  type EntitlementRefusal,
  kindOf,
} from './entitlement.ts'
import { putOut, signedOut } from './put-out.ts'
import { isInCharge, type User } from './user.ts'
import { entitled } from './user-store.ts'

/**
 * Gives somebody another role, other grants or years. Every session of theirs ends, so that nobody goes on
 * with what they no longer have, and whoever must now have a second factor is asked for it at once.
 */
export async function changeRole(
  directory: Directory,
  school: School,
  id: UserId,
  to: Entitlement,
): Promise<WhomRefusal | EntitlementRefusal | LastRefusal | undefined> {
  const user = await userToChange(directory, school, id)
  if (isRefusal(user)) return user
  const problem = entitlementProblem(kindOf(user.role), to)
  if (problem) return problem
  if (isSame(user, to)) return undefined

  return isInCharge(to.role)
    ? inCharge(directory, school, user, to)
    : notInCharge(directory, school, user, to)
}

async function inCharge(directory: Directory, school: School, user: User, to: Entitlement) {
  const { writes, told } = signedOut(directory, school, user.id)
  const entry = audit.entry(school, 'user.role-changed', user.id, factsOf(user, to))
  await change(directory, school, entry, entitled(directory, school, user.id, to), writes)
  await told()
  return undefined
}

/** Who was in charge may not go on to say who comes in: what they asked is taken back. */
async function notInCharge(directory: Directory, school: School, user: User, to: Entitlement) {
  const { id } = user
  const { facts, writes, told } = await putOut(directory, school, id)
  const said = { ...factsOf(user, to), ...facts }
  const entry = audit.entry(school, 'user.role-changed', id, said)
  const changed = entitled(directory, school, id, to)
  const refused = await changeUnlessLast(directory, school, id, entry, changed, writes)
  if (!refused) await told()
  return refused
}

const isSame = (from: User, to: Entitlement): boolean =>
  from.role === to.role &&
  inOrder(from.grants) === inOrder(to.grants) &&
  (from.yearGroups === null) === (to.yearGroups === null) &&
  inOrder(from.yearGroups ?? []) === inOrder(to.yearGroups ?? [])

const inOrder = (words: readonly string[]): string => JSON.stringify([...words].sort())

const factsOf = (from: User, to: Entitlement): audit.Facts => ({
  from: from.role,
  to: to.role,
  ...(inOrder(from.grants) !== inOrder(to.grants) && { grants: to.grants.join(' ') || 'none' }),
  ...(to.yearGroups && { years: to.yearGroups.length }),
})
