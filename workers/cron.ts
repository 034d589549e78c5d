import * as access from '#access'
import { describeError, log } from '#kernel'
import { Directory } from '#shards'
import { enclave } from './enclave-call.ts'
import { type Env, premisesOf, readSettings } from './env.ts'

/**
 * Every minute: sessions that are over are forgotten, and each shard is swept in its own room. Each
 * runs by itself: one that fails does not hold up the others.
 */
export async function everyMinute(env: Env): Promise<void> {
  const { SHARDS } = readSettings(env)
  await Promise.all([
    forget(env),
    ...Array.from({ length: SHARDS }, (_, shard) => sweepShard(env, shard)),
  ])
}

async function forget(env: Env): Promise<void> {
  try {
    await access.forget(new Directory(await premisesOf(env)))
  } catch (error) {
    log('forgetting.failed', describeError(error))
  }
}

async function sweepShard(env: Env, shard: number): Promise<void> {
  try {
    await enclave(env, `sweep-${shard}`).run({ kind: 'sweep', shard })
  } catch (error) {
    log('sweep.failed', { shard, ...describeError(error) })
  }
}
