import { expect, test } from 'vitest'
import { rejectedReasons } from '#workers/mis/records/reasons.ts'
import { rejectedReason, whoRejected } from './rejected.ts'

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

test('of whom a row is: by its name, else by its number, else nothing is said', () => {
  const key = { upn: null, admissionNumber: '001278', reference: null }
  expect(whoRejected({ key, name: 'Zofia Nowak' })).toBe('Zofia Nowak')
  expect(whoRejected({ key })).toContain('001278')
  expect(whoRejected({})).toBe('')
})
