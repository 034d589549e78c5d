import { expect, test } from 'vitest'
import { DAY_MS, passwordDueAtMs, reminderDueAtMs } from './period.ts'

const changedAtMs = Date.UTC(2026, 8, 1)
const due = changedAtMs + 90 * DAY_MS

test('a password lasts so many days, or for good', () => {
  expect(passwordDueAtMs({ passwordChangedAtMs: changedAtMs }, 90)).toBe(due)
  expect(passwordDueAtMs({ passwordChangedAtMs: changedAtMs }, null)).toBeUndefined()
})

test.each([
  [due - 14 * DAY_MS - 1, undefined],
  [due - 14 * DAY_MS, due - 14 * DAY_MS],
  [due - 3 * DAY_MS - 1, due - 14 * DAY_MS],
  [due - 3 * DAY_MS, due - 3 * DAY_MS],
  [due - 1, due - 3 * DAY_MS],
  [due, undefined],
])('reminders are due 14 days before and 3, and no more when it is too late: %d', (now, since) => {
  expect(reminderDueAtMs(due, now)).toBe(since)
})
