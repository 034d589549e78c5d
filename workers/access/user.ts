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

export type UserState = 'active' | 'disabled'

/** What is personal about a user: sealed under the organisation's own key. */
export type UserRecord = { name: string; email: string }

/** Somebody who may sign in, as the rest of the product knows them. */
export type User = {
  id: UserId
  organisationId: OrganisationId
  role: Role
  /** Names of the year groups granted; null for all. */
  yearGroups: string[] | null
  name: string
  email: string
}
