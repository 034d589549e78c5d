import { expect, test } from 'vitest'
import { canonical } from './digest.ts'
import { can, changesNothing, type Counts, heldBecause, type ImportState } from './import.ts'

const counts = (pupils: Partial<Counts['pupils']> = {}, rest: Partial<Counts> = {}): Counts => ({
  pupils: { added: 0, changed: 0, unchanged: 0, leaving: 0, returning: 0, ...pupils },
  contacts: { added: 0, changed: 0, unchanged: 0, leaving: 0 },
  restrictions: { added: 0, ended: 0, dropped: 0 },
  rejected: 0,
  droppedColumns: 0,
  ...rest,
})

test('a file that removes more than a fifth of the pupils is held, and one that removes a fifth is not', () => {
  expect(heldBecause(counts({ leaving: 20 }), 100)).toBeNull()
  expect(heldBecause(counts({ leaving: 21 }), 100)).toBe('removes-many-pupils')
  expect(heldBecause(counts({ leaving: 1 }), 4)).toBe('removes-many-pupils')
  expect(heldBecause(counts({ leaving: 0 }), 0)).toBeNull()
})

test('what is held cannot be applied, and what is closed cannot be anything', () => {
  const allowed = (state: ImportState) =>
    (['map', 'preview', 'approve', 'apply', 'discard'] as const).filter((action) =>
      can(action, { state }),
    )
  expect(allowed('uploaded')).toEqual(['map', 'preview', 'discard'])
  expect(allowed('previewed')).toEqual(['map', 'preview', 'apply', 'discard'])
  expect(allowed('held')).toEqual(['map', 'preview', 'approve', 'discard'])
  expect(allowed('applied')).toEqual([])
  expect(allowed('discarded')).toEqual([])
})

test('nothing changes where there is nobody new, changed, gone or back, and no restriction either', () => {
  expect(changesNothing(counts({ unchanged: 60 }, { rejected: 3, droppedColumns: 2 }))).toBe(true)
  expect(changesNothing(counts({ returning: 1 }))).toBe(false)
  expect(changesNothing(counts({}, { restrictions: { added: 1, ended: 0, dropped: 0 } }))).toBe(
    false,
  )
  const contacts = { added: 0, changed: 0, unchanged: 0, leaving: 1 }
  expect(changesNothing(counts({}, { contacts }))).toBe(false)
})

test('the same said in another order of keys has the same digest; lists keep their order', () => {
  expect(canonical({ b: 1, a: [{ d: null, c: 'x' }] })).toBe(
    canonical({ a: [{ c: 'x', d: null }], b: 1 }),
  )
  expect(canonical(['a', 'b'])).not.toBe(canonical(['b', 'a']))
  expect(canonical({ a: '1' })).not.toBe(canonical({ a: 1 }))
})
