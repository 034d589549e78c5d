import { appendFile, mkdtemp, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { collect } from './collect.ts'
import type { Feed, Source } from './config.ts'
import type { Settling } from './settled.ts'

/** The school's system writes its exports while the agent looks at them. */
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agent-'))
})

const NOW = Date.parse('2026-11-23T10:00:00Z')

async function put(name: string, content: string, at: string): Promise<void> {
  const path = join(folder, name)
  await writeFile(path, content)
  await utimes(path, new Date(at), new Date(at))
}

/** What the agent took from a source at ten o'clock, and the text of it where it is one file. */
async function taking(source: Source, how: Settling) {
  const schedule = { at: ['02:15'] }
  const feed: Feed = { name: 'pupils', data: 'roster', scope: 'full', source, schedule }
  return collect(feed, {}, NOW, how)
}

async function textOf(source: Source, how: Settling): Promise<string | undefined> {
  const taken = await taking(source, how)
  return taken.ok && taken.export.kind === 'bytes'
    ? new TextDecoder().decode(taken.export.bytes)
    : undefined
}

/** What happens to the export while the agent waits, and how often it did. */
function whileWaiting(...deeds: (() => unknown)[]) {
  const waits: number[] = []
  const pause = async (ms: number) => {
    await deeds[waits.length]?.()
    waits.push(ms)
  }
  const on = (platform: NodeJS.Platform): Settling => ({ pause, platform })
  return { waits, on }
}

const justNow = new Date(NOW - 2_000).toISOString()
const longAgo = '2026-11-23T02:00:00Z'

test('a file that is not there is not waited for', async () => {
  const path = join(folder, 'pupils.csv')
  const { waits, on } = whileWaiting()
  for (const source of [{ path }, { folder: path }, { folder, match: 'staff*.csv' }]) {
    const taken = await taking({ kind: 'ctf', ...source }, on('linux'))
    expect(taken).toMatchObject({ reason: 'no-file' })
  }
  expect(waits).toEqual([])
})

test('half of a file is not taken for the whole, and the whole of it is read as soon as it is there', async () => {
  const path = join(folder, 'pupils.csv')
  const source = { kind: 'csv', path } as const
  await put('pupils.csv', 'one,', justNow)
  const { waits, on } = whileWaiting(() => put('pupils.csv', 'one,two', justNow))
  expect(await textOf(source, on('linux'))).toBe('one,two')
  expect(waits).toEqual([5_000, 5_000])

  // The time alone tells that the same number of bytes are others.
  const other = whileWaiting(() => put('pupils.csv', 'ONE,TWO', '2026-11-23T09:59:59Z'))
  expect(await textOf(source, other.on('linux'))).toBe('ONE,TWO')
  expect(other.waits).toHaveLength(2)
})

test('a file that is written all the time is not read; where a newer one comes, that one is', async () => {
  const path = join(folder, 'pupils.csv')
  await put('pupils.csv', 'x', justNow)
  const growing = () => appendFile(path, 'more')
  const { waits, on } = whileWaiting(growing, growing, growing, growing)
  const taken = await taking({ kind: 'ctf', path }, on('linux'))
  expect(taken).toEqual({ ok: false, reason: 'still-being-written' })
  expect(waits).toHaveLength(3)

  await put('pupils-1.csv', 'old', justNow)
  const newer = whileWaiting(() => put('pupils-2.csv', 'new', justNow))
  const source = { kind: 'csv', folder, match: 'pupils-*.csv' } as const
  expect(await textOf(source, newer.on('linux'))).toBe('new')
})

test('one that was let go of is read at once; on Windows, where an open file keeps its time, it never is', async () => {
  const path = join(folder, 'pupils.csv')
  await put('pupils.csv', 'one,', longAgo)
  const linux = whileWaiting()
  expect(await textOf({ kind: 'csv', path }, linux.on('linux'))).toBe('one,')
  expect(linux.waits).toEqual([])

  const windows = whileWaiting(() => put('pupils.csv', 'one,two', longAgo))
  expect(await textOf({ kind: 'csv', path }, windows.on('win32'))).toBe('one,two')
  expect(windows.waits).toHaveLength(2)
})

test('a file dated ahead, by a clock that is wrong, is looked at twice and read', async () => {
  await put('pupils.csv', 'one', '2026-11-23T10:30:00Z')
  const { waits, on } = whileWaiting()
  const source = { kind: 'csv', path: join(folder, 'pupils.csv') } as const
  expect(await textOf(source, on('linux'))).toBe('one')
  expect(waits).toEqual([5_000])
})

test('a folder of files is one export: it waits for the last of them, and for those that come', async () => {
  await put('users.csv', 'users', longAgo)
  await put('enrollments.csv', 'half', justNow)
  const { waits, on } = whileWaiting(
    () => put('enrollments.csv', 'whole', justNow),
    () => put('Demographics.csv', 'too', justNow),
  )
  const taken = await taking({ kind: 'one-roster', folder }, on('linux'))
  expect(waits).toHaveLength(3)
  const files = taken.ok && taken.export.kind === 'files' ? [...taken.export.files] : []
  expect(files.map(([name, bytes]) => [name, new TextDecoder().decode(bytes)])).toEqual([
    ['demographics.csv', 'too'],
    ['enrollments.csv', 'whole'],
    ['users.csv', 'users'],
  ])
  expect(taken).toMatchObject({ takenAtMs: Date.parse(justNow) })

  const growing = () => appendFile(join(folder, 'enrollments.csv'), 'more')
  const never = whileWaiting(growing, growing, growing)
  expect(await taking({ kind: 'one-roster', folder }, never.on('linux'))).toEqual({
    ok: false,
    reason: 'still-being-written',
  })
})
