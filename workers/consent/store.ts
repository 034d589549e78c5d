import { and, eq, isNull, sql } from 'drizzle-orm'
import { newId } from '#kernel'
import type { Channel } from '#people'
import { anyOf, type School, type Statement, statement } from '#shards'
import type { Fingerprint } from '#vault'
import { optOuts } from './tables.ts'

/** Who told us: the person by texting STOP or on a page of theirs, the school, or its MIS. */
export type Source = 'stop' | 'school' | 'mis' | 'person'

/** Ends non-essential messages to a number or an address, from now on. Said twice it counts once. */
export function stopped(
  school: School,
  channel: Channel,
  fingerprint: Fingerprint,
  source: Source,
): Statement[] {
  const atMs = school.clock.now()
  const id = newId('opt-out', atMs)
  return [
    statement(sql`
      insert into opt_outs (id, school_id, channel, fingerprint, source, at_ms)
      select ${id}, ${school.id}, ${channel}, ${fingerprint}, ${source}, ${atMs}
      where not exists (select 1 from opt_outs where school_id = ${school.id}
        and channel = ${channel} and fingerprint = ${fingerprint} and ended_at_ms is null)`),
  ]
}

/** They want to be written to again. When they had stopped, and since when not, stays on record. */
export const resumed = (
  school: School,
  channel: Channel,
  fingerprint: Fingerprint,
): Statement[] => [
  school.db
    .update(optOuts)
    .set({ endedAtMs: school.clock.now() })
    .where(and(standing(school, channel), eq(optOuts.fingerprint, fingerprint)))
    .toSQL(),
]

/** Those of these numbers or addresses that asked to stop. */
export async function stoppedAmong(
  school: School,
  channel: Channel,
  fingerprints: readonly Fingerprint[],
): Promise<Set<Fingerprint>> {
  const rows = await school.db
    .select({ fingerprint: optOuts.fingerprint })
    .from(optOuts)
    .where(and(standing(school, channel), anyOf(optOuts.fingerprint, fingerprints)))
  return new Set(rows.map((row) => row.fingerprint))
}

const standing = (school: School, channel: Channel) =>
  and(eq(optOuts.schoolId, school.id), eq(optOuts.channel, channel), isNull(optOuts.endedAtMs))
