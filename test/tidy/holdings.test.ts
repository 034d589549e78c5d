import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manifest } from '#privacy'
import { root } from '../../scripts/places.ts'
import { sources } from './sources.ts'

const files = sources(/^workers\/[a-z-]+\/([a-z-]+\/)?(directory-)?tables\.ts$/)
const loaded = await Promise.all(
  files.map(
    ({ path }) => import(/* @vite-ignore */ join(root, path)) as Promise<Record<string, unknown>>,
  ),
)
const tables = loaded
  .flatMap((file) => Object.values(file))
  .filter((value) => value instanceof SQLiteTable)

const nameOf = (table: SQLiteTable) => getTableConfig(table).name

test('there are tables to look at', () => {
  expect(tables.length).toBeGreaterThan(20)
})

test('tables are declared in tables.ts and directory-tables.ts alone, where migrations find them', () => {
  const elsewhere = sources(/^(workers|web)\/.*\.tsx?$/).filter(
    ({ path, text }) => /\bsqliteTable\(/.test(text) && !files.some((file) => file.path === path),
  )
  expect(elsewhere.map(({ path }) => path)).toEqual([])
})

test('every table is in one holding, and every holding in workers/privacy/manifest.ts', () => {
  const held = manifest.map(({ table }) => nameOf(table))
  expect(held.toSorted()).toEqual(tables.map(nameOf).toSorted())
})

test('every holding classifies every column of its table', () => {
  for (const { table, columns } of manifest) {
    expect(Object.keys(columns).toSorted(), nameOf(table)).toEqual(
      Object.entries(table)
        .filter(([key]) => key !== 'enableRLS' && key !== '_')
        .map(([key]) => key)
        .toSorted(),
    )
  }
})

test('every personal column is sealed, and every sealed row is named by its id', () => {
  const sealed = manifest.filter(({ columns }) => Object.values(columns).includes('personal'))
  expect(sealed.length).toBeGreaterThan(5)
  expect(
    sealed
      .filter(({ columns }) => columns['id'] !== 'identifier')
      .map(({ table }) => nameOf(table)),
  ).toEqual([])
})
