import * as access from '#access'
import { describeError, log } from '#kernel'
import { Directory } from '#shards'
import { enclave } from './enclave-call.ts'
import { type Env, premisesOf, readSettings } from './env.ts'

/** Every minute: sessions that are over are forgotten, and each shard is swept in its own room. A shard that fails does not hold up the others. */
export async function everyMinute(env: Env): Promise<void> {
  const { SHARDS } = readSettings(env)
  await access.forget(new Directory(await premisesOf(env)))
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
