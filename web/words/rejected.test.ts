import { expect, test } from 'vitest'
import { rejectedReasons } from '#workers/mis/records/reasons.ts'
import { rejectedReason } from './rejected.ts'

test('every reason has a sentence of its own', () => {
  const sentences = rejectedReasons.map((reason) => rejectedReason({ reason }, 'roster'))
  expect(sentences.length).toBeGreaterThan(40)
  expect(sentences.filter((sentence) => !/^[A-Z].*[.]$/.test(sentence))).toEqual([])
  expect(new Set(sentences).size).toBe(sentences.length)
})

test('of a mark the same word says something about a mark', () => {
  const reason = 'duplicate'
  expect(rejectedReason({ reason }, 'roster')).toMatch(/^This pupil is already in the file/)
  expect(rejectedReason({ reason }, 'registers')).toMatch(/^This mark is in the export already/)
  expect(rejectedReason({ reason: 'unknown-person' }, 'behaviour')).toMatch(/^Nobody on roll/)
  expect(rejectedReason({ reason: 'no-surname', of: 'staff' }, 'roster')).toMatch(/^This member/)
  expect(rejectedReason({ reason: 'not-points' }, 'behaviour')).toMatch(/points/)
})
