import { sql } from 'drizzle-orm'
import * as audit from '#audit'
import * as delivery from '#delivery'
import { atMost, describeError, log } from '#kernel'
import * as mis from '#mis'
import { type Directory, type School, statement, type Statement, system } from '#shards'
import { enclave } from './enclave-call.ts'
import type { Env } from './env.ts'
import { nudge } from './outbox/nudge.ts'

/** Schools looked after in one minute on one shard, for each kind of work. */
const SCHOOLS_A_SWEEP = 500
const WIDTH = 4
/** Whose files are looked through for what nothing knows of: each school's turn comes within some hours. */
const LOOKED_THROUGH = 5

/**
 * What a lost nudge or a crash left undone: outboxes with something due or under way are woken,
 * carriers are asked about texts of which no receipt came, trails with new entries are chained, files past their time are destroyed. Run each minute for each shard.
 */
export async function sweep(env: Env, directory: Directory, shard: number): Promise<void> {
  const each = (query: Statement, act: (school: School) => Promise<unknown>) =>
    forEach(directory, shard, query, act)

  await each(drawn(withSends(directory.clock.now())), (school) => nudge(env, school))
  await each(drawn(delivery.schoolsWithSilent(directory.clock.now())), ({ id }) =>
    enclave(env, `look-up-${shard}`).run({ kind: 'look-up', shard, school: id }),
  )
  await each(drawn(withNewEntries), (school) => audit.sealTrail(school, env.ANCHORS))
  const withOldFiles = mis.schoolsToClear(directory.clock.now())
  await each(drawn(withOldFiles), (school) => mis.clearOld(school, env.FILES))
  const someSchools = drawn(mis.schoolsWithImports, LOOKED_THROUGH)
  await each(someSchools, (school) => mis.clearStrays(school, env.FILES))
}

const withSends = (nowMs: number): Statement =>
  statement(sql`
    select school_id from messages where state = 'scheduled' and due_at_ms <= ${nowMs}
    union select school_id from messages where state = 'sending'
    union select school_id from parcels where state in ('created', 'queued', 'sending', 'uncertain')`)

const withNewEntries: Statement = statement(sql`
  select distinct school_id from trail where position is null`)

/**
 * So many of those due, drawn by lot: where more are due than a minute serves, the same first ones would
 * otherwise be served each time. A lot needs no memory, which a room that sleeps between minutes would
 * lose, and a school that always fails takes no place for good.
 */
export const drawn = (due: Statement, limit: number = SCHOOLS_A_SWEEP): Statement => ({
  sql: `select school_id from (${due.sql}) order by random() limit ?`,
  params: [...due.params, limit],
})

/** A school that fails does not hold up the others. */
async function forEach(
  directory: Directory,
  shard: number,
  query: Statement,
  act: (school: School) => Promise<unknown>,
): Promise<void> {
  const found = await directory.schoolsHaving(shard, query)
  await atMost(WIDTH, found, async (id) => {
    const school = directory.schoolAt(shard, id, system('clock'))
    try {
      if (school) await act(school)
    } catch (error) {
      log('sweep.school-failed', { school: id, ...describeError(error) })
    }
  })
}
