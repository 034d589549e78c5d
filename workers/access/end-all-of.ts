import { sql } from 'drizzle-orm'
import type { OrganisationId } from '#kernel'
import { type Directory, statement } from '#shards'

/**
 * Signs out everybody of an organisation, and whoever of the operator is in its area: it was locked. The
 * pages of a locked one open to nobody anyway; this leaves no session that would live again with it.
 */
export const endAllOf = (directory: Directory, organisation: OrganisationId): Promise<boolean> => {
  const nowMs = directory.clock.now()
  return directory.write(
    statement(sql`
      update sessions set ended_at_ms = ${nowMs}
      where user_id in (select id from users where organisation_id = ${organisation})
        and ended_at_ms is null`),
    statement(sql`
      update support_accesses set ended_at_ms = ${nowMs}
      where organisation_id = ${organisation} and ended_at_ms is null and ends_at_ms > ${nowMs}`),
  )
}
