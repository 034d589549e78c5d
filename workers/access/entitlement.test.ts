import { describe, expect, test } from 'vitest'
import { type Entitlement, entitlementProblem, type Kind, kindOf } from './entitlement.ts'
import { type Role, rolesOf } from './user.ts'

const basic: Entitlement = { role: 'basic', grants: [], yearGroups: ['Year 3'] }
const kinds = Object.keys(rolesOf) as Kind[]
const pairs = kinds.flatMap((kind) =>
  Object.values(rolesOf)
    .flat()
    .map((role): [Kind, Role] => [kind, role]),
)

describe('what may be chosen for somebody', () => {
  test.each(pairs)('at a kind of organisation (%s) the role %s', (kind, role) => {
    const problem = entitlementProblem(kind, { role, grants: [], yearGroups: null })
    const isItsOwn = (rolesOf[kind] as readonly Role[]).includes(role)
    expect(problem).toEqual(isItsOwn ? undefined : { refused: 'no-such-role', field: 'role' })
  })

  test('is never an operator’s role at a school, whatever else is right', () => {
    for (const role of rolesOf.operator) {
      expect(entitlementProblem('school', { ...basic, role })?.refused).toBe('no-such-role')
    }
  })

  test('is a grant at a school only', () => {
    const grants = ['safeguarding'] as const
    expect(entitlementProblem('school', { ...basic, grants })).toBeUndefined()
    const officer = { role: 'virtual-school-officer', grants, yearGroups: null } as const
    expect(entitlementProblem('authority', officer)?.refused).toBe('no-grants-here')
  })

  test('is some years for a Basic User only, and then not none', () => {
    expect(entitlementProblem('school', basic)).toBeUndefined()
    const office = { ...basic, role: 'data-manager' } as const
    expect(entitlementProblem('school', office)?.refused).toBe('no-years-for-role')
    expect(entitlementProblem('school', { ...basic, yearGroups: [] })?.refused).toBe(
      'no-year-group',
    )
    const many = Array.from({ length: 41 }, (_, year) => `Year ${year}`)
    expect(entitlementProblem('school', { ...basic, yearGroups: many })?.refused).toBe(
      'too-many-years',
    )
  })
})

test('each role is of one kind', () => {
  for (const kind of kinds) for (const role of rolesOf[kind]) expect(kindOf(role)).toBe(kind)
})
