import { describeError, log } from '#kernel'
import { enclave } from './enclave-call.ts'
import { type Env, readSettings } from './env.ts'

/** Every minute: each shard is swept in its own room. A shard that fails does not hold up the others. */
export async function everyMinute(env: Env): Promise<void> {
  const { SHARDS } = readSettings(env)
  await Promise.all(
    Array.from({ length: SHARDS }, async (_, shard) => {
      try {
        await enclave(env, `sweep-${shard}`).run({ kind: 'sweep', shard })
      } catch (error) {
        log('sweep.failed', { shard, ...describeError(error) })
      }
    }),
  )
}
