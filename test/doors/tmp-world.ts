import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll } from 'vitest'
import { DIRECTORY_HOLDER } from '#shards'
import { premisesOf, shardsOf } from '#workers/env.ts'
import type { TestEnv } from '../cast/test-env.ts'

/** Each test file starts in an empty world with its tables made. One world per file: tests within it share it. */
beforeAll(async () => {
  const has = async (when: string) => console.log('WORLD', when, JSON.stringify(await (env as never as TestEnv).DIRECTORY.prepare("select count(*) as n from sqlite_master where name='organisations'").first()))
  await reset()
  await has('after')
  const { MIGRATIONS, DIRECTORY, SHARDS, ...rest } = env as unknown as TestEnv
  await applyD1Migrations(DIRECTORY, MIGRATIONS.directory)
  console.log('WORLD', 'orgs', JSON.stringify(await DIRECTORY.prepare('select count(*) as n from organisations').first()))
  const shards = shardsOf({ DIRECTORY, ...rest } as TestEnv, Number(SHARDS))
  for (const shard of shards) await applyD1Migrations(shard, MIGRATIONS.shard)

  // The isolate outlives the world, and so would the directory's keys in the vault's memory.
  const { vault } = await premisesOf(env as unknown as TestEnv)
  await vault.shred(DIRECTORY_HOLDER)
  await vault.create(DIRECTORY_HOLDER)
})
