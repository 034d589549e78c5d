import type { D1Migration } from '@cloudflare/vitest-plugin'
import type { Env } from '#workers/env.ts'

/** The Worker's environment, with the migrations that `vitest.config.ts` passes in beside it. */
export type TestEnv = Env & {
  SHARDS: string
  MIGRATIONS: { directory: D1Migration[]; shard: D1Migration[] }
}
