import { describe, expect, test } from 'vitest'
import { type ContactId, newId, type PupilId } from '#kernel'
import {
  type Restriction,
  type RestrictionTerms,
  standingAt,
  standingOf,
  strictest,
} from './restriction.ts'

const NOW = Date.UTC(2026, 10, 23, 8, 30)
const DAY = 86_400_000
const order: RestrictionTerms = {
  scope: 'all-contact',
  startsAtMs: NOW - 100 * DAY,
  reviewAtMs: null,
  endedAtMs: null,
}

describe('a restriction holds', () => {
  test('from its first instant until its end', () => {
    expect(standingAt(order, true, NOW)).toBe('all-contact')
    expect(standingAt({ ...order, startsAtMs: NOW }, true, NOW)).toBe('all-contact')
    expect(standingAt({ ...order, startsAtMs: NOW + 1 }, true, NOW)).toBe('none')
    expect(standingAt({ ...order, endedAtMs: NOW + 1 }, true, NOW)).toBe('all-contact')
    expect(standingAt({ ...order, endedAtMs: NOW }, true, NOW)).toBe('none')
  })

  test('after its review date has passed, until somebody ends it', () => {
    expect(standingAt({ ...order, reviewAtMs: NOW - DAY }, true, NOW)).toBe('all-contact')
  })
})

describe('it fails closed', () => {
  test.each([
    ['its record does not open', order, false],
    ['it ends before it begins', { ...order, endedAtMs: order.startsAtMs - 1 }, true],
    ['its review is before its beginning', { ...order, reviewAtMs: order.startsAtMs - 1 }, true],
    ['it begins in the year 20026', { ...order, startsAtMs: Date.UTC(20026) }, true],
    ['its beginning is no number', { ...order, startsAtMs: Number.NaN }, true],
    ['its scope is a word nobody knows', { ...order, scope: 'no-post' as never }, true],
    [
      'it is unreadable, though its dates say that it ended',
      { ...order, endedAtMs: NOW - DAY },
      false,
    ],
  ])('where %s', (_, terms, isReadable) => {
    expect(standingAt(terms, isReadable, NOW)).toBe('unreadable')
  })
})

describe('several at once', () => {
  const father = newId('contact')
  const [teddy, sister] = [newId('pupil'), newId('pupil')]
  const laid = (
    contactId: ContactId,
    pupilId: PupilId | null,
    scope = order.scope,
  ): Restriction => ({
    ...order,
    scope,
    id: newId('restriction'),
    contactId,
    pupilId,
    source: 'school',
    standing: scope,
    record: { reason: 'Court order', evidence: null, owner: null },
  })

  test('the strictest decides', () => {
    expect(strictest(['reports-only', 'no-location', 'none'])).toBe('no-location')
    expect(strictest(['no-location', 'unreadable'])).toBe('unreadable')
    expect(strictest(['unreadable', 'all-contact'])).toBe('all-contact')
    expect(strictest([])).toBe('none')
  })

  test('one about a child says nothing of another, one about every child does', () => {
    const one = [laid(father, teddy)]
    expect(standingOf(one, father, teddy)).toBe('all-contact')
    expect(standingOf(one, father, sister)).toBe('none')
    expect(standingOf(one, newId('contact'), teddy)).toBe('none')
    expect(standingOf([laid(father, null, 'no-location')], father, sister)).toBe('no-location')
  })
})
