import { expect, test } from 'vitest'
import { canonical } from './compare/digest.ts'
import { heldBecause } from './guards.ts'
import { can, changesNothing, type Counts, type ImportState } from './import.ts'

const counts = (pupils: Partial<Counts['pupils']> = {}, rest: Partial<Counts> = {}): Counts => ({
  pupils: { added: 0, changed: 0, unchanged: 0, leaving: 0, returning: 0, here: 100, ...pupils },
  contacts: { added: 0, changed: 0, unchanged: 0, leaving: 0, here: 0 },
  points: { ended: 0, here: 0 },
  restrictions: { added: 0, ended: 0, dropped: 0, here: 0 },
  rejected: 0,
  droppedColumns: 0,
  ...rest,
})

test('a file that removes more than a fifth of the pupils is held, and one that removes a fifth is not', () => {
  expect(heldBecause(counts({ leaving: 20 }))).toBeNull()
  expect(heldBecause(counts({ leaving: 21 }))).toBe('removes-many-pupils')
  expect(heldBecause(counts({ leaving: 1, here: 4 }))).toBe('removes-many-pupils')
  expect(heldBecause(counts({ leaving: 0, here: 0 }))).toBeNull()
})

test('so are more than five records and more than a fifth of those of their days', () => {
  const held = (removed: number, here: number) =>
    heldBecause(counts({}, { conduct: { removed, here, isWhole: true } }))
  expect(held(5, 5)).toBeNull()
  expect(held(6, 6)).toBe('removes-many-records')
  expect(held(20, 100)).toBeNull()
  expect(held(21, 100)).toBe('removes-many-records')
})

test('so are more than five, and more than a fifth, of the contacts or their numbers', () => {
  const contacts = (leaving: number, here: number) =>
    heldBecause(counts({}, { contacts: { ...counts().contacts, leaving, here } }))
  expect(contacts(5, 5)).toBeNull()
  expect(contacts(6, 29)).toBe('removes-many-contacts')
  expect(contacts(6, 30)).toBeNull()
  const points = (ended: number, here: number) =>
    heldBecause(counts({}, { points: { ended, here } }))
  expect(points(5, 5)).toBeNull()
  expect(points(12, 12)).toBe('removes-many-points')
  expect(points(6, 30)).toBeNull()
})

test('so are several “do not contact” marks that end at once; one may', () => {
  const held = (ended: number, here: number) =>
    heldBecause(counts({}, { restrictions: { added: 0, ended, dropped: 0, here } }))
  expect(held(1, 1)).toBeNull()
  expect(held(2, 9)).toBe('ends-many-restrictions')
  expect(held(2, 10)).toBeNull()
  expect(held(3, 100)).toBeNull()
  expect(held(4, 100)).toBe('ends-many-restrictions')
  expect(held(10, 10)).toBe('ends-many-restrictions')
})

test('what is held cannot be applied, and what is closed cannot be anything', () => {
  const allowed = (state: ImportState) =>
    (['map', 'preview', 'approve', 'apply', 'replace', 'discard'] as const).filter((action) =>
      can(action, { state }),
    )
  expect(allowed('uploaded')).toEqual(['map', 'preview', 'discard'])
  expect(allowed('previewed')).toEqual(['preview', 'apply', 'discard'])
  expect(allowed('held')).toEqual(['preview', 'approve', 'replace', 'discard'])
  expect(allowed('applied')).toEqual([])
  expect(allowed('discarded')).toEqual([])
})

test('nothing changes where there is nobody new, changed, gone or back, and no restriction either', () => {
  expect(changesNothing(counts({ unchanged: 60 }, { rejected: 3, droppedColumns: 2 }))).toBe(true)
  expect(changesNothing(counts({ returning: 1 }))).toBe(false)
  expect(
    changesNothing(counts({}, { restrictions: { added: 1, ended: 0, dropped: 0, here: 0 } })),
  ).toBe(false)
  const conduct = { removed: 0, here: 9, isWhole: true }
  expect(changesNothing(counts({}, { entries: 0, conduct }))).toBe(true)
  expect(changesNothing(counts({}, { conduct: { ...conduct, removed: 1 } }))).toBe(false)
  const contacts = { added: 0, changed: 0, unchanged: 0, leaving: 1, here: 1 }
  expect(changesNothing(counts({}, { contacts }))).toBe(false)
})

test('the same said in another order of keys has the same digest; lists keep their order', () => {
  expect(canonical({ b: 1, a: [{ d: null, c: 'x' }] })).toBe(
    canonical({ a: [{ c: 'x', d: null }], b: 1 }),
  )
  expect(canonical(['a', 'b'])).not.toBe(canonical(['b', 'a']))
  expect(canonical({ a: '1' })).not.toBe(canonical({ a: 1 }))
})
