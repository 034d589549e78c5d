import type { rolesOf } from '../user.ts'

/** PRODUCT 3.6: how long a code may be used, and how long support is in by it. */
export const CODE_MS = 10 * 60_000
export const SUPPORT_MS = 30 * 60_000

export type SchoolRole = (typeof rolesOf.school)[number]

/**
 * PRODUCT 3.6, "at that user's level or lower": what a code of somebody of each role lends. Lower is
 * what may do nothing that the other may not. A Basic User sends and a Data Manager imports, so neither
 * is below the other; both are below the Administrator (docs/decisions/0015).
 */
export const levelsFrom = {
  administrator: ['administrator', 'data-manager', 'basic'],
  'data-manager': ['data-manager'],
  basic: ['basic'],
} as const satisfies Record<SchoolRole, readonly SchoolRole[]>

/** What support asks for: all that the code lends, or less. */
export const askedLevels = ['theirs', 'data-manager', 'basic'] as const
export type AskedLevel = (typeof askedLevels)[number]

/** Whose codes lend the level that is asked for. */
export const lendersOf = (asked: AskedLevel): SchoolRole[] =>
  (Object.keys(levelsFrom) as SchoolRole[]).filter(
    (role) => asked === 'theirs' || (levelsFrom[role] as readonly SchoolRole[]).includes(asked),
  )
