import { type Refusal, refuse } from '#kernel'
import { type Grant, type Role, rolesOf } from './user.ts'

/** What a user is allowed, as an Administrator chooses it. */
export type Entitlement = {
  role: Role
  grants: readonly Grant[]
  /** Names of the year groups granted; null for all. */
  yearGroups: readonly string[] | null
}

/** Of organisations: each has roles of its own. */
export type Kind = keyof typeof rolesOf

export type EntitlementRefusal = Refusal<
  'no-such-role' | 'no-grants-here' | 'no-years-for-role' | 'no-year-group' | 'too-many-years'
>

/**
 * What is wrong with a choice, if anything. Nobody becomes by a form what their kind of organisation has
 * not, whatever was typed into it: an operator's role at a school least of all. Only a Basic User is kept
 * to some year groups, since Administrators and Data Managers see all (PRODUCT §1).
 */
export function entitlementProblem(
  kind: Kind,
  { role, grants, yearGroups }: Entitlement,
): EntitlementRefusal | undefined {
  const roles: readonly Role[] = rolesOf[kind]
  if (!roles.includes(role)) return refuse('no-such-role', 'role')
  if (grants.length > 0 && kind !== 'school') return refuse('no-grants-here', 'grants')
  if (yearGroups === null) return undefined
  if (role !== 'basic') return refuse('no-years-for-role', 'years')
  if (yearGroups.length === 0) return refuse('no-year-group', 'years')
  return yearGroups.length > MAX_YEARS ? refuse('too-many-years', 'years') : undefined
}

/** No role is of two kinds. */
export const kindOf = (role: Role): Kind =>
  (Object.keys(rolesOf) as Kind[]).find((kind) =>
    (rolesOf[kind] as readonly Role[]).includes(role),
  ) ?? 'school'

/** A school has fewer; a form can carry thousands. */
const MAX_YEARS = 40
