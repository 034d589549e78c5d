import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll } from 'vitest'
import { invariant } from '#kernel'
import { DIRECTORY_HOLDER } from '#shards'
import { premisesOf, shardsOf } from '#workers/env.ts'
import type { TestEnv } from './test-env.ts'

const given = env as unknown as TestEnv

/** Each test file starts in an empty world with its tables made. One world per file: tests within it share it. */
beforeAll(async () => {
  const { MIGRATIONS, DIRECTORY, SHARDS } = given
  const shards = shardsOf(given, Number(SHARDS))
  await emptied([DIRECTORY, ...shards])
  await applyD1Migrations(DIRECTORY, MIGRATIONS.directory)
  for (const shard of shards) await applyD1Migrations(shard, MIGRATIONS.shard)

  // The isolate outlives the world, and so would the directory's keys in the vault's memory.
  const { vault } = await premisesOf(given)
  await vault.shred(DIRECTORY_HOLDER)
  await vault.create(DIRECTORY_HOLDER)
})

/** `reset` forgets what is in memory only: a store that was idle for ten seconds is woken first. */
async function emptied(databases: readonly D1Database[]): Promise<void> {
  const tables = (database: D1Database) =>
    database
      .prepare(`select count(*) as n from sqlite_master where name = 'd1_migrations'`)
      .first('n')
  await Promise.all([
    ...databases.map(tables),
    ...[given.VAULT, given.FILES, given.ANCHORS].map((bucket) => bucket.head('nothing')),
  ])
  await reset()
  const left = await Promise.all(databases.map(tables))
  invariant(
    left.every((count) => count === 0),
    'every test file starts in an empty world',
  )
}
