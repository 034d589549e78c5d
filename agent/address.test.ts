import { expect, test } from 'vitest'
import { readAddress } from './address.ts'
import {
  FIRST_PAUSE_MS,
  isPassing,
  MAX_ASKED_MS,
  MAX_PAUSE_MS,
  pauseMs,
  retryAfterMs,
} from './back-off.ts'
import { isSameFingerprint } from './enrol.ts'

test('data goes over HTTPS, or nowhere but this machine', () => {
  const reasonOf = (text: string) => {
    const read = readAddress(text)
    return read.ok ? read.url.host : read.reason
  }
  expect(reasonOf('https://schoolgate.example')).toBe('schoolgate.example')
  expect(reasonOf('http://127.0.0.1:8787')).toBe('127.0.0.1:8787')
  expect(reasonOf('http://[::1]:8787')).toBe('[::1]:8787')
  expect(reasonOf('http://localhost:8787')).toBe('localhost:8787')
  expect(reasonOf('http://schoolgate.example')).toBe('not-https')
  expect(reasonOf('http://127.0.0.1.schoolgate.example')).toBe('not-https')
  expect(reasonOf('http://localhost.example')).toBe('not-https')
  expect(reasonOf('ftp://localhost/')).toBe('not-https')
  expect(reasonOf('https://agent:secret@schoolgate.example')).toBe('holds-a-password')
  expect(reasonOf('schoolgate.example')).toBe('not-an-address')
})

test('pauses grow, differ, end somewhere, and are as long as the server asks', () => {
  const shortest = [0, 1, 2, 30].map((attempt) => pauseMs(attempt, 0, () => 0))
  const longest = [0, 1, 2, 30].map((attempt) => pauseMs(attempt, 0, () => 1))
  expect(shortest).toEqual([
    FIRST_PAUSE_MS / 2,
    FIRST_PAUSE_MS,
    2 * FIRST_PAUSE_MS,
    MAX_PAUSE_MS / 2,
  ])
  expect(longest).toEqual([FIRST_PAUSE_MS, 2 * FIRST_PAUSE_MS, 4 * FIRST_PAUSE_MS, MAX_PAUSE_MS])
  expect(new Set(Array.from({ length: 20 }, () => pauseMs(3))).size).toBeGreaterThan(10)
  expect(pauseMs(0, 90_000, () => 0)).toBe(90_000)
  expect(pauseMs(0, 86_400_000, () => 0)).toBe(MAX_ASKED_MS)
})

test('those who were told the same time do not come back together, nor before it', () => {
  const pauses = Array.from({ length: 36 }, () => pauseMs(0, 300_000))
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(300_000)
  expect(Math.max(...pauses)).toBeLessThanOrEqual(360_000)
  expect(new Set(pauses).size).toBeGreaterThan(20)
})

test('what may pass is told from what will not', () => {
  expect([408, 425, 429, 500, 503].every(isPassing)).toBe(true)
  expect([200, 301, 400, 401, 403, 404, 413].some(isPassing)).toBe(false)
})

test('Retry-After is read in seconds and as a date', () => {
  const now = Date.parse('2026-11-23T08:00:00Z')
  expect(retryAfterMs('120', now)).toBe(120_000)
  expect(retryAfterMs('Mon, 23 Nov 2026 08:01:00 GMT', now)).toBe(60_000)
  expect(retryAfterMs('Mon, 23 Nov 2026 07:00:00 GMT', now)).toBe(0)
  expect(retryAfterMs('soon', now)).toBe(0)
  expect(retryAfterMs(undefined, now)).toBe(0)
})

test('a fingerprint is the same however it is typed, and never for being short', () => {
  const shown = 'A1B2 C3D4 E5F6 0718 293A 4B5C 6D7E 8F90'
  expect(isSameFingerprint(shown, 'a1b2c3d4e5f60718293a4b5c6d7e8f90')).toBe(true)
  expect(isSameFingerprint(shown, shown.replace('A1B2', 'A1B3'))).toBe(false)
  expect(isSameFingerprint('', '')).toBe(false)
  expect(isSameFingerprint('A1B2', 'A1B2')).toBe(false)
})
