import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import { type ImportId, invariant, stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { premisesOf } from '#workers/env.ts'
import { found, upload } from '../../test/cast/office.ts'
import { settle } from '../../test/cast/settle.ts'
import type { TestEnv } from '../../test/cast/test-env.ts'
import { type FindingsId, openObject, type Part } from './files/objects.ts'
import * as mis from './index.ts'

/** A CSV says of Robin Finch what Schoolgate has no use for. Nobody has said yet what its columns are. */
const { FILES } = env as unknown as TestEnv
const CANARY = 'four-grey-herons'
const HOUR_MS = 3_600_000
const clock = stoppedClock(Date.UTC(2026, 10, 23, 9))
let directory: Directory
let school: School

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as TestEnv, clock))
  const cast = await settle(directory)
  school = cast.botolphs.school
})

/** Of headings of its own, so that no mapping of another test knows them. */
const spied = (column: string, cell: string = CANARY) =>
  new TextEncoder().encode(
    `Adno,Surname,Forename,DOB,Reg Group,${column}\r\nF1,Finch,Robin,01/02/2018,4A,${cell}\r\n`,
  )

async function unmatched(column: string): Promise<mis.Import> {
  const file = { bytes: spied(column), fileName: 'export.csv', isPartial: true }
  const taken = await mis.upload(school, FILES, { ...file, dfeNumber: null, ourName: 'Ours' })
  invariant(taken.ok && taken.needsMapping, 'nobody has said yet what its columns are')
  return found(school, taken.id)
}

async function match(imported: mis.Import, files = FILES) {
  const columns = await mis.columnsOf(school, FILES, imported)
  invariant(columns, 'its file is there')
  const record = { name: imported.id, mapping: columns.mapping }
  return mis.chooseMapping(school, files, imported, record)
}

const keysOf = async (id: ImportId) =>
  (await FILES.list({ prefix: `imports/${school.id}/${id}/` })).objects.map(({ key }) => key)

const partsOf = async (id: ImportId) => (await keysOf(id)).map((key) => key.split('/').at(-1))

/** All that is kept of an import, opened. */
async function plain(id: ImportId): Promise<string[]> {
  const keys = await keysOf(id)
  return Promise.all(
    keys.map(async (key) => {
      const [part, findings] = key.slice(`imports/${school.id}/${id}/`.length).split('/').reverse()
      const whose = { id, findings: (findings ?? null) as FindingsId | null }
      const bytes = await openObject(school, FILES, whose, part as Part)
      return new TextDecoder().decode(bytes)
    }),
  )
}

const failingToDelete = (): R2Bucket =>
  new Proxy(FILES, {
    get: (bucket, name) => {
      if (name === 'delete') return () => Promise.reject(new Error('gone for a moment'))
      const value: unknown = Reflect.get(bucket, name)
      return typeof value === 'function' ? value.bind(bucket) : value
    },
  })

test('what stands in a column that was left out is in nothing that is kept once it is matched', async () => {
  const imported = await unmatched('Religion A')
  expect(await partsOf(imported.id)).toEqual(['file'])
  expect((await plain(imported.id)).join()).toContain(CANARY)

  expect(await match(imported)).toBeUndefined()
  expect((await partsOf(imported.id)).sort()).toEqual(['report', 'roster'])
  const kept = (await plain(imported.id)).join()
  expect(kept).toContain('Finch')
  expect(kept).toContain('Religion A')
  expect(kept).not.toContain(CANARY)
  await mis.discard(school, FILES, await found(school, imported.id))
})

test('the next file with these headings is never kept as it came', async () => {
  const first = await unmatched('Religion B')
  await match(first)
  const puts: string[] = []
  const watched = new Proxy(FILES, {
    get: (bucket, name) => {
      const value: unknown = Reflect.get(bucket, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        if (name === 'put') puts.push(String(given[0]).split('/').at(-1) ?? '')
        return value.apply(bucket, given)
      }
    },
  })
  const next = await upload(school, watched, spied('Religion B'), { isPartial: true })
  expect(puts.sort()).toEqual(['report', 'roster'])
  expect((await plain(next.id)).join()).not.toContain(CANARY)
  for (const each of [first, next]) {
    await mis.discard(school, FILES, await found(school, each.id))
  }
})

test('it is compared again, and applied, from what was taken of it', async () => {
  const imported = await unmatched('Religion C')
  await match(imported)
  const looked = await found(school, imported.id)
  const other = await upload(school, FILES, spied('Religion D'), { isPartial: true })
  expect(await mis.apply(school, FILES, other)).toBeUndefined()

  expect(await mis.apply(school, FILES, looked)).toEqual({ refused: 'roll-has-changed' })
  const again = await found(school, imported.id)
  expect(again.counts?.pupils).toMatchObject({ added: 0, unchanged: 1 })
  expect(await mis.apply(school, FILES, again)).toBeUndefined()
  expect(await partsOf(imported.id)).toEqual(['report'])
  const names = (await people.list(school)).map(({ record }) => people.fullName(record))
  expect(names.filter((name) => name === 'Robin Finch')).toHaveLength(1)
})

test('a file that outlived its matching is found by the clock, and everything else stays', async () => {
  const waiting = await unmatched('Religion E')
  const interrupted = await unmatched('Religion F')
  await expect(match(interrupted, failingToDelete())).rejects.toThrow('gone for a moment')
  expect((await found(school, interrupted.id)).state).toBe('previewed')
  expect((await partsOf(interrupted.id)).sort()).toEqual(['file', 'report', 'roster'])
  await mis.clearStrays(school, FILES)
  expect(await partsOf(interrupted.id)).toHaveLength(3)

  clock.advance(HOUR_MS + 1)
  await mis.clearStrays(school, FILES)
  expect((await partsOf(interrupted.id)).sort()).toEqual(['report', 'roster'])
  expect(await partsOf(waiting.id)).toEqual(['file'])
  expect(await mis.apply(school, FILES, await found(school, interrupted.id))).toBeUndefined()
  await mis.discard(school, FILES, waiting)
})

const due = () => directory.schoolsHaving(school.shard, mis.schoolsToClear(clock.now()))

test('a file whose columns nobody matches goes after a day, and not before', async () => {
  const imported = await unmatched('Religion G')
  clock.advance(mis.UNMATCHED_AFTER_HOURS * HOUR_MS)
  expect(await due()).toEqual([])
  expect(await mis.clearOld(school, FILES)).toBe(0)
  expect(await partsOf(imported.id)).toEqual(['file'])

  clock.advance(1)
  expect(await due()).toEqual([school.id])
  expect(await mis.clearOld(school, FILES)).toBe(1)
  expect(await partsOf(imported.id)).toEqual([])
  const closed = await found(school, imported.id)
  expect(closed).toMatchObject({ state: 'discarded', kept: 'nothing' })
  const entries = await audit.about(school, imported.id, 5)
  expect(entries.map(({ action }) => action)).toContain('import.discarded')
  expect(await mis.columnsOf(school, FILES, closed)).toBeUndefined()
})

test('whoever matches what was discarded meanwhile is told that it is closed', async () => {
  const imported = await unmatched('Religion H')
  const columns = await mis.columnsOf(school, FILES, imported)
  await mis.discard(school, FILES, imported)
  const record = { name: 'Late', mapping: columns?.mapping ?? { columns: [] } }
  const stale = await mis.chooseMapping(school, FILES, imported, record)
  expect(stale).toEqual({ refused: 'already-closed' })
  expect(await partsOf(imported.id)).toEqual([])
})
