import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { listYoung } from './push.ts'
import { clearSpool, listSpool, putInSpool } from './spool.ts'
import type { World } from './world.ts'

let state: string
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'agent-'))
})

async function* slowly(...parts: number[]) {
  for (const part of parts) {
    yield new Uint8Array(part)
    await pause(50)
  }
}

const put = (feed: string, sealedAtMs = Date.now(), body = slowly(10)) =>
  putInSpool(state, { feed, part: 0, sealedAtMs, headers: {} }, body)

const inSpool = async () => (await readdir(join(state, 'spool'))).length

test('who looks while a push is written sees what is whole, and takes nothing away', async () => {
  await put('staff')
  const putting = put('pupils', Date.now(), slowly(10, 10, 10, 10))
  const seen: number[] = []
  for (let looks = 0; looks < 5; looks++) {
    seen.push((await listSpool(state)).length)
    await pause(30)
  }
  expect(await putting).toMatchObject({ feed: 'pupils', bytes: 40 })
  expect(seen).toEqual([1, 1, 1, 1, 1])
  expect((await listSpool(state)).map(({ feed }) => feed)).toEqual(['staff', 'pupils'])
})

test('what a stop cut short is thrown away by who sends, and by nobody else', async () => {
  await put('pupils')
  for (const name of ['half.sgp.1.part', 'headless.sgp', 'bodiless.json']) {
    await writeFile(join(state, 'spool', name), '{}')
  }
  expect(await listSpool(state)).toHaveLength(1)
  expect(await inSpool()).toBe(5)
  await clearSpool(state)
  expect(await inSpool()).toBe(2)
})

test('what waited too long for a Schoolgate that is busy is read afresh instead', async () => {
  const logged: unknown[] = []
  const world = { state, network: {}, log: (...line) => void logged.push(line) } satisfies World
  await put('old', Date.now() - 14 * 60_000)
  await put('young', Date.now() - 12 * 60_000)
  expect((await listYoung(world)).map(({ feed }) => feed)).toEqual(['young'])
  expect(logged).toEqual([['spool.outdated', { feed: 'old' }]])
  expect(await inSpool()).toBe(2)
})
