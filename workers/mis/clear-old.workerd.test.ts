import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import { stoppedClock } from '#kernel'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { found, upload } from '../../test/cast/office.ts'
import { rosterCsv } from '../../test/cast/roster-file.ts'
import { settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'
import * as mis from './index.ts'

/** What St Botolph's office leaves lying about is put away when its time has come, and not before. */
const { FILES } = env as unknown as TestEnv
const DAY_MS = 86_400_000
const clock = stoppedClock(Date.UTC(2026, 10, 23, 9))
let school: School

beforeAll(async () => {
  const cast = await settle(new Directory(await premisesOf(env as unknown as TestEnv, clock)))
  school = cast.botolphs.school
})

const pupils = new TextEncoder().encode(rosterCsv({ pupils: 4, seed: 21 }))
const objects = async ({ id }: mis.Import) =>
  (await FILES.list({ prefix: `imports/${school.id}/${id}/` })).objects.length

test('a file that nobody applied is forgotten after a week, with a word in the trail', async () => {
  const abandoned = await upload(school, FILES, pupils, { isPartial: true })
  clock.advance(mis.ABANDONED_AFTER_DAYS * DAY_MS)
  expect(await mis.clearOld(school, FILES)).toBe(0)
  expect(await objects(abandoned)).toBe(2)

  clock.advance(1)
  expect(await mis.clearOld(school, FILES)).toBe(1)
  expect(await objects(abandoned)).toBe(0)
  expect(await found(school, abandoned.id)).toMatchObject({ state: 'discarded', kept: 'nothing' })
  const entries = await audit.about(school, abandoned.id, 5)
  expect(entries.map(({ action }) => action)).toContain('import.discarded')
})

test('the report of an applied import is kept for thirty days, the file not at all', async () => {
  const imported = await upload(school, FILES, pupils, { isPartial: true })
  expect(await mis.apply(school, FILES, imported)).toBeUndefined()
  expect(await objects(imported)).toBe(1)
  clock.advance(mis.REPORT_KEPT_DAYS * DAY_MS)
  expect(await mis.clearOld(school, FILES)).toBe(0)
  expect(await mis.reportOf(school, FILES, imported, 'viewed')).toMatchObject({ source: 'csv' })

  clock.advance(1)
  expect(await mis.clearOld(school, FILES)).toBe(1)
  expect(await mis.reportOf(school, FILES, imported, 'viewed')).toBeUndefined()
  expect(await mis.clearOld(school, FILES)).toBe(0)
})

test('a file whose import was interrupted after its commit is destroyed later', async () => {
  const imported = await upload(school, FILES, pupils, { isPartial: true })
  const broken = new Proxy(FILES, {
    get: (bucket, name) => {
      if (name === 'delete') return () => Promise.reject(new Error('gone for a moment'))
      const value: unknown = Reflect.get(bucket, name)
      return typeof value === 'function' ? value.bind(bucket) : value
    },
  })
  await expect(mis.apply(school, broken, imported)).rejects.toThrow('gone for a moment')
  expect(await objects(imported)).toBe(2)
  expect((await found(school, imported.id)).state).toBe('applied')

  clock.advance(DAY_MS)
  expect(await mis.clearOld(school, FILES)).toBe(1)
  expect(await objects(imported)).toBe(1)
})
