import type { OrganisationId, UserId } from '#kernel'

/** PRODUCT §1. What each may do is said in `web/may.ts`. */
export type Role =
  | 'administrator'
  | 'data-manager'
  | 'basic'
  | 'operator-basic'
  | 'operator-finance'
  | 'operator-administrator'
  | 'virtual-school-head'
  | 'virtual-school-officer'
  | 'social-worker'

/** PRODUCT §1: given on top of a school role. */
export type Grant = 'attendance' | 'safeguarding' | 'payments'
export const grants = ['attendance', 'safeguarding', 'payments'] as const satisfies Grant[]

/** The roles that there are in each kind of organisation, the highest first. */
export const rolesOf = {
  school: ['administrator', 'data-manager', 'basic'],
  authority: ['virtual-school-head', 'virtual-school-officer', 'social-worker'],
  operator: ['operator-administrator', 'operator-finance', 'operator-basic'],
  trust: [],
} as const satisfies Record<string, readonly Role[]>

/** Of each kind of organisation, the role that manages its users, and without whom it may not be. */
export const isInCharge = (role: Role): boolean =>
  role === 'administrator' || role === 'operator-administrator' || role === 'virtual-school-head'

/**
 * `opening` until the organisation's trail knows of the account; `suspended` for a while; `removed`
 * for good, and its address may be invited again.
 */
export type UserState = 'opening' | 'active' | 'suspended' | 'removed'

/** What is personal about a user: sealed under the organisation's own key. */
export type UserRecord = { name: string; email: string }

/** Why somebody must choose a new password before anything else. */
export type PasswordChange = 'first' | 'forced' | 'compromised'

/** Somebody who may sign in, as the rest of the product knows them. */
export type User = {
  id: UserId
  organisationId: OrganisationId
  role: Role
  grants: Grant[]
  /** Names of the year groups granted; null for all. */
  yearGroups: string[] | null
  state: UserState
  name: string
  email: string
  createdAtMs: number
  lastSignInAtMs: number | null
  passwordChangedAtMs: number
}

/**
 * PRODUCT 3.3: who must have a second factor: whoever can see or change much, or see what is most
 * private, and everyone at the operator. Others may have one.
 */
export function mustHaveSecondFactor({
  role,
  grants: given,
}: Pick<User, 'role' | 'grants'>): boolean {
  return given.length > 0 || !withoutSecondFactor.includes(role)
}

const withoutSecondFactor: readonly Role[] = ['basic', 'virtual-school-officer', 'social-worker']
