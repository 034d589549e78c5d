import { expect, test } from 'vitest'
import { newId } from '#kernel'
import { isSettled, type Level, levelText, REVIEW_GRACE_MS, reviewState } from './review.ts'
import type { ReviewLine } from './review.ts'

const DUE = Date.UTC(2026, 8, 29, 23)
const open = { completedAtMs: null, dueAtMs: DUE }

test('a review is open until its due day is over, then overdue, then it restricts', () => {
  expect(reviewState(open, DUE - 1)).toBe('open')
  expect(reviewState(open, DUE)).toBe('overdue')
  expect(reviewState(open, DUE + REVIEW_GRACE_MS)).toBe('overdue')
  expect(reviewState(open, DUE + REVIEW_GRACE_MS + 1)).toBe('restricting')
})

test('one that is complete restricts nobody, however late it was', () => {
  const late = { completedAtMs: DUE + 2 * REVIEW_GRACE_MS, dueAtMs: DUE }
  expect(reviewState(late, DUE + 3 * REVIEW_GRACE_MS)).toBe('completed')
})

const level: Level = { role: 'basic', grants: ['attendance', 'payments'], yearGroups: ['Year 3'] }
const active = { ...level, state: 'active' as const }
const line = (change: Partial<ReviewLine> = {}): ReviewLine => ({
  ...level,
  id: newId('review-line'),
  reviewId: newId('review'),
  userId: newId('user'),
  decision: 'kept',
  decidedBy: newId('user'),
  decidedAtMs: DUE,
  note: null,
  ...change,
})

test('whoever has no decision is to be looked at, unless their account is closed', () => {
  expect(isSettled(active, undefined)).toBe(false)
  expect(isSettled({ ...active, state: 'suspended' }, undefined)).toBe(true)
  expect(isSettled({ ...active, state: 'removed' }, undefined)).toBe(true)
})

test('a decision holds for the level that it was about, and no other', () => {
  expect(isSettled(active, line())).toBe(true)
  expect(isSettled(active, line({ decision: 'changed' }))).toBe(true)
  expect(isSettled({ ...active, role: 'administrator' }, line())).toBe(false)
  expect(isSettled({ ...active, grants: ['payments'] }, line())).toBe(false)
  expect(isSettled({ ...active, yearGroups: null }, line())).toBe(false)
})

test('an account that was closed in the review and opened again is to be looked at again', () => {
  expect(isSettled(active, line({ decision: 'suspended' }))).toBe(false)
  expect(isSettled(active, line({ decision: 'removed' }))).toBe(false)
})

test('no level reads as another', () => {
  const all: Level[] = [
    level,
    { ...level, grants: [] },
    { ...level, yearGroups: null },
    { ...level, yearGroups: [] },
    { ...level, role: 'data-manager' },
    { ...level, grants: ['attendance'], yearGroups: ['payments', 'Year 3'] },
  ]
  expect(new Set(all.map(levelText)).size).toBe(all.length)
})
