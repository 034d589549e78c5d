import { sql } from 'drizzle-orm'
import { type Directory, type School, statement, type Statement } from '#shards'
import type { Limits } from './session.ts'

/**
 * The write by which an organisation's shorter limits hold for the sessions that are open already. Longer
 * ones wait for the next sign-in: nobody's cookie is good for longer than was said when they got it.
 */
export const limitsShortened = (
  directory: Directory,
  school: School,
  { idleMs, absoluteMs }: Limits,
): Statement =>
  statement(sql`
    update sessions set
      idle_ms = min(idle_ms, ${idleMs}),
      ends_at_ms = min(ends_at_ms, created_at_ms + ${absoluteMs})
    where user_id in (select id from users where organisation_id = ${school.id})
      and organisation_id = ${school.id} and ended_at_ms is null
      and ends_at_ms > ${directory.clock.now()}`)
