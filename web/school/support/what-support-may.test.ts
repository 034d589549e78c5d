import { describe, expect, test } from 'vitest'
import { type Entitled, may, type Permission, schoolRules } from '#web/may.ts'
import { levelsFrom, type SchoolRole } from '#workers/access/support/level.ts'
import { products } from '#workers/schools/product.ts'
import { sources } from '../../../test/tidy/sources.ts'

const permissions = Object.keys(schoolRules) as Permission[]
const somebody = (role: SchoolRole, isSupport: boolean): Entitled => ({
  role,
  grants: [],
  products: [...products],
  isReviewOverdue: false,
  isSupport,
})
const allowed = (role: SchoolRole, isSupport = true) =>
  permissions.filter((permission) => may(somebody(role, isSupport), permission))

describe('support in a school’s area', () => {
  const pairs = Object.entries(levelsFrom).flatMap(([of, lower]) =>
    lower.map((to) => [of as SchoolRole, to] as const),
  )

  test.each(pairs)(
    'by the code of %s, at the level of %s, may nothing that they may not',
    (of, to) => {
      const theirs = allowed(of, false)
      expect(allowed(to).filter((permission) => !theirs.includes(permission))).toEqual([])
      expect(allowed(to).length).toBeGreaterThan(0)
    },
  )

  test('manages nobody, reads and ends no restriction, wakes nobody, and cannot see or end support itself', () => {
    for (const shut of [
      'manage-users',
      'end-access',
      'see-restrictions',
      'change-restrictions',
      'send-emergencies',
      'review-access',
      'see-support',
      'change-settings',
    ] as const) {
      expect(allowed('administrator', false)).toContain(shut)
      expect(allowed('administrator')).not.toContain(shut)
    }
  })

  // PRODUCT 3.8: what leaves in bulk needs a second person, so none of it leaves by a school's own pages.
  const exporting = sources(/^web\/(school|every)\/.*\.tsx?$/).filter(
    ({ path, text }) =>
      !path.includes('.test.') &&
      /csvHeaders\(|reportFile\(|Content-Disposition/.test(text) &&
      routed(text),
  )

  test('there are pages that export something', () => {
    expect(exporting.length).toBeGreaterThan(1)
  })

  test.each(exporting.map(({ path, text }) => [path, text] as const))(
    '%s hands no file of theirs to support',
    (_, text) => {
      const holdsNothing = text.includes('SAMPLE_CSV')
      const permission = routed(text) as Permission
      expect(holdsNothing || !may(somebody('administrator', true), permission)).toBe(true)
    },
  )
})

/** What a file's route asks for. */
function routed(text: string): string | undefined {
  return /(?:schoolRoute|everyArea)\(\s*'[^']+',\s*'([\w-]+)'/.exec(text)?.[1]
}
