import { describe, expect, test } from 'vitest'
import { askedLevels, lendersOf, levelsFrom } from './level.ts'

describe('what a code lends', () => {
  test('is the level of whose code it is, or lower, and never higher', () => {
    expect(lendersOf('theirs')).toEqual(['administrator', 'data-manager', 'basic'])
    expect(lendersOf('data-manager')).toEqual(['administrator', 'data-manager'])
    expect(lendersOf('basic')).toEqual(['administrator', 'basic'])
  })

  test('of a Basic User or a Data Manager is theirs alone', () => {
    expect(levelsFrom.basic).toEqual(['basic'])
    expect(levelsFrom['data-manager']).toEqual(['data-manager'])
  })

  test('cannot be asked for as an Administrator’s: only an Administrator’s own code lends that', () => {
    expect(askedLevels).not.toContain('administrator')
  })
})
