import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll } from 'vitest'
import { DIRECTORY_HOLDER } from '#shards'
import { premisesOf, shardsOf } from '#workers/env.ts'
import type { TestEnv } from './test-env.ts'

/** Each test file starts in an empty world with its tables made. One world per file: tests within it share it. */
beforeAll(async () => {
  await reset()
  const { MIGRATIONS, DIRECTORY, SHARDS, ...rest } = env as unknown as TestEnv
  await applyD1Migrations(DIRECTORY, MIGRATIONS.directory)
  const shards = shardsOf({ DIRECTORY, ...rest } as TestEnv, Number(SHARDS))
  for (const shard of shards) await applyD1Migrations(shard, MIGRATIONS.shard)

  // The isolate outlives the world, and so would the directory's keys in the vault's memory.
  const { vault } = await premisesOf(env as unknown as TestEnv)
  await vault.shred(DIRECTORY_HOLDER)
  await vault.create(DIRECTORY_HOLDER)
})
