import { describe, expect, test } from 'vitest'
import type { KnownName, KnownSchool } from '../import.ts'
import type { RosterSchool } from '../records/roster.ts'
import { isAnotherSchool } from './whose-school.ts'

/** What the operator calls the school, what its own system calls it, and what a file says. */
const OURS = 'St Botolph’s Primary School'
const number = (
  laCode: string | null,
  establishment: string | null,
  name: string | null = null,
) => ({
  laCode,
  establishment,
  name,
})
const isHeld = (
  said: RosterSchool | null,
  told: { ourName?: string; known?: KnownSchool; knownName?: KnownName } = {},
) => isAnotherSchool(said, { ourName: OURS, ...told })
const named = (name: string) => number(null, null, name)
const before = (name: string): { knownName: KnownName } => ({
  knownName: { name, from: 'imp_1' as KnownName['from'] },
})

describe('a name', () => {
  test.each([
    'St Botolph’s Primary School',
    "ST. BOTOLPH'S PRIMARY SCHOOL",
    'Saint Botolphs Primary',
    'St Botolph`s  Primary Sch.',
    'The St Botolph’s Primary School',
  ])('is ours however it is written: %s', (name) => {
    expect(isHeld(named(name))).toBe(false)
  })

  test.each([
    'Ashfield School',
    'St Botolph’s Infant School',
    'St Botolph’s Catholic Primary School',
    'School',
    '110234',
  ])('is another’s: %s', (name) => {
    expect(isHeld(named(name))).toBe(true)
  })

  test('is ours that was let in before', () => {
    expect(isHeld(named('Botolph Academy'), before('The Botolph Academy'))).toBe(false)
    expect(isHeld(named('Ashfield School'), before('Botolph Academy'))).toBe(true)
    expect(isHeld(named('The School'), before('The School'))).toBe(false)
    expect(isHeld(named('The'), before('The School'))).toBe(true)
  })
})

describe('a number', () => {
  const known: KnownSchool = { laCode: '933', establishment: '4012', from: 'entered' }

  test('decides where both are known, whatever the name', () => {
    expect(isHeld(number('933', '4012', 'Ashfield School'), { known })).toBe(false)
    expect(isHeld(number('933', '4013', OURS), { known })).toBe(true)
    expect(isHeld(number('934', null, OURS), { known })).toBe(true)
  })

  test('that nobody knows is held, unless the name beside it is ours', () => {
    expect(isHeld(number('933', '4012'))).toBe(true)
    expect(isHeld(number('933', '4012', OURS))).toBe(false)
  })
})

test('who says nothing of a school is not held for it', () => {
  expect(isHeld(null)).toBe(false)
  expect(isHeld(number(null, null))).toBe(false)
  expect(isHeld(number('933', null))).toBe(false)
})
