import { levelsFrom } from '../support/level.ts'
import type { Role } from '../user.ts'
import type { Level } from './review.ts'

/**
 * What each role can be lowered to, itself included: what may do nothing that the role may not. A social
 * worker sees own cases only, and at the operator neither Finance nor Basic is below the other (PRODUCT 1).
 */
const lowerFrom: Record<Role, readonly Role[]> = {
  ...levelsFrom,
  'virtual-school-head': ['virtual-school-head', 'virtual-school-officer', 'social-worker'],
  'virtual-school-officer': ['virtual-school-officer', 'social-worker'],
  'social-worker': ['social-worker'],
  'operator-administrator': ['operator-administrator', 'operator-finance', 'operator-basic'],
  'operator-finance': ['operator-finance'],
  'operator-basic': ['operator-basic'],
}

/** Whether a level gives nothing that another one does not: no grant, no year, no higher role. */
export const isLower = (to: Level, from: Level): boolean =>
  lowerFrom[from.role].includes(to.role) &&
  to.grants.every((grant) => from.grants.includes(grant)) &&
  areYearsOf(to.yearGroups, from.yearGroups)

const areYearsOf = (to: Level['yearGroups'], from: Level['yearGroups']): boolean =>
  from === null || (to !== null && to.every((year) => from.includes(year)))
