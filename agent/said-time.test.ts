import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { readHistory } from './history.ts'
import { saidTime } from './said-time.ts'
import type { World } from './world.ts'

/** Exports of a night by a clock that is wrong, put right, and compared to another a little differently each time. */
let world: World
beforeEach(async () => {
  const state = await mkdtemp(join(tmpdir(), 'agent-'))
  world = { state, network: {}, log: () => undefined }
})

const HOUR = 3_600_000
const exportedAtMs = Date.UTC(2026, 10, 23, 2)
const said = (feed: string, clockAheadMs: number, at = exportedAtMs, nowMs = at + 60_000) =>
  saidTime(world, feed, { exportedAtMs: at, nowMs, clockAheadMs })

test('two feeds that read one export say the same of it, whenever they first do', async () => {
  const first = await said('pupils', 0)
  expect(await said('pupils-by-day', 4)).toBe(first)
  // Each by itself from then on: a feed that is taken out of the configuration takes nothing with it.
  const { said: known } = await readHistory(world.state)
  expect(known?.['pupils-by-day']).toEqual(known?.['pupils'])
})

test('a clock that was an hour ahead and is put right makes the same export no older and a new one newer', async () => {
  const first = await said('pupils', HOUR)
  expect(first).toBe(exportedAtMs - HOUR)
  expect(await said('pupils', 0, exportedAtMs, exportedAtMs - HOUR / 2)).toBe(first)
  expect(await said('pupils', 0, exportedAtMs - HOUR / 4)).toBe(exportedAtMs - HOUR / 4)
})

test('a clock that was an hour slow and is put right makes neither older', async () => {
  const first = await said('pupils', -HOUR)
  expect(first).toBe(exportedAtMs + HOUR)
  expect(await said('pupils', 0)).toBe(first)
  expect(await said('pupils', 0, exportedAtMs + 2 * HOUR)).toBe(exportedAtMs + 2 * HOUR)
})

test('what an API answers is of the moment it was asked, each time later than before', async () => {
  const times: number[] = []
  for (const [at, ahead] of [
    [0, 3],
    [900_000, -2],
    [1_800_000, 5],
  ] as const) {
    times.push(await said('registers', ahead, exportedAtMs + at, exportedAtMs + at + 2_000))
  }
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(new Set(times).size).toBe(3)
})

test('an export of the future is of now, and of the same now when it is read again', async () => {
  const nowMs = exportedAtMs - 24 * HOUR
  expect(await said('pupils', 0, exportedAtMs, nowMs)).toBe(nowMs)
  expect(await said('pupils', 0, exportedAtMs, nowMs + HOUR)).toBe(nowMs)
})

test('where the history is lost it is worked out anew, off by what the clocks were compared to', async () => {
  const first = await said('pupils', 0)
  await writeFile(join(world.state, 'history.json'), 'rubbish')
  expect(await said('pupils', 7)).toBe(first - 7)
})
