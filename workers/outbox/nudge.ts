import type { SchoolId } from '#kernel'
import type { Env } from '../env.ts'
import { jurisdictional } from '../jurisdiction.ts'
import { caller } from './itty.ts'

/** What can be asked of a school's outbox from outside. */
type OutboxCalls = { nudge(school: SchoolId, shard: number): Promise<void> }

/**
 * Tells a school's outbox that something may be due: a message was scheduled, or a parcel is free
 * again. A hint only: a nudge that is lost is made good by cron within a minute.
 */
export async function nudge(env: Env, school: { id: SchoolId; shard: number }): Promise<void> {
  const outbox = caller<OutboxCalls>(jurisdictional(env, env.OUTBOX), school.id, ['nudge'])
  await outbox.nudge(school.id, school.shard)
}
