import { describe, expect, test } from 'vitest'
import {
  ABSOLUTE_MS,
  hashOf,
  IDLE_MS,
  isLive,
  isToBeSeen,
  newToken,
  SEEN_EVERY_MS,
} from './session.ts'

const NINE = Date.UTC(2026, 10, 23, 9)
const session = {
  createdAtMs: NINE,
  seenAtMs: NINE,
  idleMs: IDLE_MS,
  endsAtMs: NINE + ABSOLUTE_MS,
  endedAtMs: null,
}

describe('a session', () => {
  test('ends when it is left alone for half an hour', () => {
    expect(isLive(session, NINE + IDLE_MS - 1)).toBe(true)
    expect(isLive(session, NINE + IDLE_MS)).toBe(false)
  })

  test('ends after twelve hours, however busy', () => {
    const busy = { ...session, seenAtMs: NINE + ABSOLUTE_MS - 1 }
    expect(isLive(busy, NINE + ABSOLUTE_MS - 1)).toBe(true)
    expect(isLive(busy, NINE + ABSOLUTE_MS)).toBe(false)
  })

  test('ends when it is ended', () => {
    expect(isLive({ ...session, endedAtMs: NINE + 1 }, NINE + 2)).toBe(false)
  })

  test('is written to once a minute at most', () => {
    expect(isToBeSeen(session, NINE + SEEN_EVERY_MS - 1)).toBe(false)
    expect(isToBeSeen(session, NINE + SEEN_EVERY_MS)).toBe(true)
  })
})

describe('a token', () => {
  test('is 256 bits, and never the same', () => {
    const tokens = new Set(Array.from({ length: 1_000 }, newToken))
    expect(tokens.size).toBe(1_000)
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
  })

  test('is kept as a digest from which it cannot be told', async () => {
    const token = newToken()
    const hash = await hashOf(token)
    expect(hash).toMatch(/^[\w-]{43}$/)
    expect(hash).not.toBe(token)
    expect(await hashOf(token)).toBe(hash)
  })

  test.each([
    undefined,
    '',
    'short',
    `${'a'.repeat(43)}=`,
    `${'a'.repeat(42)}é`,
    'a'.repeat(4_000),
  ])('of another shape is nobody’s: %s', async (text) => {
    expect(await hashOf(text)).toBeUndefined()
  })
})
