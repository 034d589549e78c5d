import { expect, test } from 'vitest'
import { type Counts, noCounts } from '#workers/mis/import.ts'
import { ImportCounts } from './import-counts.tsx'
import { inShort } from './in-short.ts'

/** What an import says of wishes that came with it, in an office's words. */
const shown = (wishes: Counts['wishes']) =>
  String(
    <ImportCounts counts={{ ...noCounts(), ...(wishes && { wishes }) }} data="roster" isDone />,
  )
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
const none = { stopped: 0, resumed: 0, agreed: 0, withdrawn: 0 }

test('each kind of wish is counted by itself', () => {
  const all = shown({ stopped: 3, resumed: 1, agreed: 12, withdrawn: 1 })
  expect(all).toContain('3 numbers and addresses to stop')
  expect(all).toContain('1 number or address to resume')
  expect(all).toContain('12 numbers and addresses agree to marketing')
  expect(all).toContain('1 number or address does not agree to marketing any more')
})

test('a file without wishes, or with the same again, says nothing of them', () => {
  expect(shown(undefined)).not.toMatch(/marketing|to stop|to resume/)
  expect(shown(none)).not.toMatch(/marketing|to stop|to resume/)
})

test('in the list of imports they are one number, and none is no change', () => {
  const wishes = { ...none, agreed: 2, withdrawn: 1 }
  expect(inShort({ ...noCounts(), wishes }, true)).toBe('3 wishes')
  expect(inShort({ ...noCounts(), wishes: none }, false)).toBe('Nothing to change')
})

test('what has not happened yet is said as that', () => {
  const pupils = { added: 4, changed: 3, leaving: 2, returning: 1, unchanged: 0, here: 9 }
  const counts = { ...noCounts(), pupils }
  expect(inShort(counts, false)).toBe(
    'Pupils: 4 would be added, 3 would change, 2 would leave, 1 would return',
  )
  expect(inShort(counts, true)).toBe('Pupils: 4 added, 3 changed, 2 left, 1 returned')
  const conduct = { removed: 6, here: 9, isWhole: true }
  expect(inShort({ ...noCounts(), conduct }, false)).toBe('6 entries to remove')
  expect(inShort({ ...noCounts(), conduct }, true)).toBe('6 entries removed')
})
