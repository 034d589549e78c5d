import { sql } from 'drizzle-orm'
import * as audit from '#audit'
import { atMost, describeError, log } from '#kernel'
import { type Directory, statement, system } from '#shards'
import type { Env } from './env.ts'
import { nudge } from './outbox/nudge.ts'

/** Schools looked after in one minute on one shard; the rest come next minute. */
const SCHOOLS_A_SWEEP = 500
const WIDTH = 4

/**
 * What a lost nudge or a crash left undone: outboxes with something due or under way are woken, and
 * trails with new entries are chained. Run each minute for each shard.
 */
export async function sweep(env: Env, directory: Directory, shard: number): Promise<void> {
  const nowMs = directory.clock.now()
  const waiting = await directory.schoolsHaving(
    shard,
    statement(sql`
      select school_id from messages where state = 'scheduled' and due_at_ms <= ${nowMs}
      union select school_id from messages where state = 'sending'
      union select school_id from parcels where state in ('created', 'queued', 'sending', 'uncertain')
      limit ${SCHOOLS_A_SWEEP}`),
  )
  await atMost(WIDTH, waiting, (id) => nudge(env, { id, shard }))

  const unsealed = await directory.schoolsHaving(
    shard,
    statement(sql`select distinct school_id from trail where position is null limit ${SCHOOLS_A_SWEEP}`),
  )
  await atMost(WIDTH, unsealed, async (id) => {
    const school = directory.schoolAt(shard, id, system('clock'))
    try {
      if (school) await audit.sealTrail(school, env.ANCHORS)
    } catch (error) {
      log('trail.not-sealed', { school: id, ...describeError(error) })
    }
  })
}
