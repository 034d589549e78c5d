import { join } from 'node:path'
import { readD1Migrations } from '@cloudflare/vitest-plugin'
import type { Miniflare } from 'miniflare'
import { root } from '../places.ts'
import { boundShards } from './runtime.ts'

type Migration = Awaited<ReturnType<typeof readD1Migrations>>[number]
type Database = Awaited<ReturnType<Miniflare['getD1Database']>>

/** Brings every database up to date; keeps its books where `wrangler d1 migrations` keeps them. */
export async function migrate(runtime: Miniflare): Promise<number> {
  const [directory, shard] = await Promise.all(
    ['directory', 'shard'].map((schema) => readD1Migrations(join(root, 'migrations', schema))),
  )
  const names = [
    'DIRECTORY',
    ...Array.from({ length: boundShards() }, (_, index) => `SHARD_${index}`),
  ]
  const applied = await Promise.all(
    names.map(async (name) => {
      const migrations = (name === 'DIRECTORY' ? directory : shard) ?? []
      return bringUp(await runtime.getD1Database(name), migrations)
    }),
  )
  return applied.reduce((sum, count) => sum + count, 0)
}

const BOOKS = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`

async function bringUp(database: Database, migrations: readonly Migration[]): Promise<number> {
  await database.prepare(BOOKS).run()
  const { results } = await database
    .prepare('SELECT name FROM d1_migrations')
    .all<{ name: string }>()
  const known = new Set(results.map(({ name }) => name))
  const missing = migrations.filter(({ name }) => !known.has(name))
  for (const { name, queries } of missing) {
    const booked = database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name)
    await database.batch([...queries.map((query) => database.prepare(query)), booked])
  }
  return missing.length
}
