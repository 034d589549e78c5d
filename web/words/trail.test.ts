import { expect, test } from 'vitest'
import { newId } from '#kernel'
import { groupOf, sentenceFor } from './trail.ts'
import { factLines } from './trail-facts.ts'

test('what was done is a sentence; what an older release called otherwise is read as spelt', () => {
  expect(sentenceFor('pupil.viewed')).toBe('Looked at a pupil’s record')
  expect(sentenceFor('old-thing.put-away')).toBe('Old thing put away')
  expect(groupOf('looks')).toBe('looks')
  expect(groupOf('toString')).toBeUndefined()
})

test('facts are said in words, with names where there are any', () => {
  const contact = newId('contact')
  const nameOf = (id: string) => (id === contact ? 'Dean Marsh' : undefined)
  const facts = {
    contact,
    restrictions: 1_200,
    role: 'data-manager',
    dueAtMs: Date.UTC(2026, 10, 23, 8, 15),
    because: 'last-administrator',
    isCut: false,
    millipence: 1_536_000,
    idleMs: 1_800_000,
    level: 'operator-basic',
    access: newId('support-access'),
    screenedBy: null,
  }
  expect(factLines(facts, nameOf)).toEqual([
    'Contact: Dean Marsh',
    'Restrictions: 1,200',
    'Role: Data Manager',
    'Due: 23 Nov 2026, 8:15am',
    'Why: last administrator',
    'Cut off: no',
    'Amount: £15.36',
    'Ends when left alone for: 30 minutes',
  ])
})
