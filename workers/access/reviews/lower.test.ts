import { describe, expect, test } from 'vitest'
import { isLower } from './lower.ts'
import type { Level } from './review.ts'

const level = (role: Level['role'], more: Partial<Level> = {}): Level => ({
  role,
  grants: [],
  yearGroups: null,
  ...more,
})
const years = (...yearGroups: string[]) => level('basic', { yearGroups })

describe('a level is no more than another', () => {
  test.each<[string, Level, Level]>([
    ['as it is', level('basic'), level('basic')],
    ['a role below', level('data-manager'), level('administrator')],
    ['fewer years', years('Year 3'), years('Year 3', 'Year 4')],
    ['some years of all', years('Year 3'), level('basic')],
    ['a grant less', level('basic'), level('basic', { grants: ['payments'] })],
    ['an officer of a head', level('virtual-school-officer'), level('virtual-school-head')],
    [
      'Basic of the operator’s Administrator',
      level('operator-basic'),
      level('operator-administrator'),
    ],
  ])('%s', (_, to, from) => expect(isLower(to, from)).toBe(true))
})

describe('a level is more', () => {
  test.each<[string, Level, Level]>([
    ['a role above', level('administrator'), level('basic')],
    ['a role beside, which may do other things', level('data-manager'), level('basic')],
    ['Finance of the operator’s Basic', level('operator-finance'), level('operator-basic')],
    ['a role of another kind', level('operator-basic'), level('administrator')],
    ['another year', years('Year 5'), years('Year 3', 'Year 4')],
    ['all years of some', level('basic'), years('Year 3')],
    ['a grant', level('basic', { grants: ['safeguarding'] }), level('administrator')],
  ])('%s', (_, to, from) => expect(isLower(to, from)).toBe(false))
})
