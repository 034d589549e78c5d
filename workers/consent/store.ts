import { and, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm'
import { newId } from '#kernel'
import type { Channel } from '#people'
import { anyOf, type School, type Statement, statement } from '#shards'
import type { Fingerprint } from '#vault'
import { optOuts } from './tables.ts'

/** Who told us: the person by texting STOP (or START) or on a page of theirs, the school, or its MIS. */
export type Source = 'stop' | 'school' | 'mis' | 'person'

/**
 * Ends non-essential messages to a number or an address, from when it was said (now, where the time
 * is not given). Said twice it counts once. Carriers may tell things in any order: one that is older
 * than a START known already changes nothing.
 */
export function stopped(
  school: School,
  channel: Channel,
  fingerprint: Fingerprint,
  source: Source,
  saidAtMs?: number,
): Statement[] {
  const atMs = notAfterNow(school, saidAtMs)
  const id = newId('opt-out', school.clock.now())
  return [
    statement(sql`
      insert into opt_outs (id, school_id, channel, fingerprint, source, at_ms)
      select ${id}, ${school.id}, ${channel}, ${fingerprint}, ${source}, ${atMs}
      where not exists (select 1 from opt_outs where school_id = ${school.id}
        and channel = ${channel} and fingerprint = ${fingerprint}
        and (source <> 'mis' or ${source} = 'mis')
        and ((ended_at_ms is null and at_ms >= ${atMs}) or ended_at_ms > ${atMs}))`),
  ]
}

/**
 * They want to be written to again, from when it was said; what was stopped later stays so, and of a
 * STOP and a START of one instant the STOP holds. When they had stopped, and since when not, stays on
 * record; so does a START alone, for a STOP before it that is told of later.
 */
export function resumed(
  school: School,
  channel: Channel,
  fingerprint: Fingerprint,
  saidAtMs?: number,
): Statement[] {
  const atMs = notAfterNow(school, saidAtMs)
  const id = newId('opt-out', school.clock.now())
  return [
    school.db
      .update(optOuts)
      .set({ endedAtMs: atMs })
      .where(
        and(
          standing(school, channel),
          eq(optOuts.fingerprint, fingerprint),
          lt(optOuts.atMs, atMs),
        ),
      )
      .toSQL(),
    statement(sql`
      insert into opt_outs (id, school_id, channel, fingerprint, source, at_ms, ended_at_ms)
      select ${id}, ${school.id}, ${channel}, ${fingerprint}, 'stop', ${atMs}, ${atMs}
      where not exists (select 1 from opt_outs where school_id = ${school.id}
        and channel = ${channel} and fingerprint = ${fingerprint} and source <> 'mis'
        and ended_at_ms >= ${atMs})`),
  ]
}

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

/** Whether they took it back later than then: a STOP of that time, told of late, changes nothing. */
export async function isResumedSince(
  school: School,
  channel: Channel,
  fingerprint: Fingerprint,
  atMs: number,
): Promise<boolean> {
  const later = await school.db
    .select({ id: optOuts.id })
    .from(optOuts)
    .where(
      and(
        ours(school),
        eq(optOuts.channel, channel),
        eq(optOuts.fingerprint, fingerprint),
        ne(optOuts.source, 'mis'),
        gt(optOuts.endedAtMs, atMs),
      ),
    )
    .limit(1)
  return later.length > 0
}

/** How often anything was said: before reading who stopped or agreed, for `nothingSaidSince`. */
export async function countSaid(school: School): Promise<number> {
  const [counted] = await school.rows<{ said: number }>(
    statement(sql`select ${saidIn(school)} as said`),
  )
  return counted?.said ?? 0
}

/** Makes a commit fail if somebody asked to stop, agreed to marketing or took that back since. */
export const nothingSaidSince = (school: School, counted: number): Statement =>
  school.expect({ toSQL: () => statement(sql`select 1 where ${saidIn(school)} = ${counted}`) })

/** An opt-in that ends counts once more: a message that relied on it may not leave. */
const saidIn = (school: School) => sql`(
  (select count(*) from opt_outs where school_id = ${school.id}) +
  (select count(*) + count(ended_at_ms) from opt_ins where school_id = ${school.id}))`

/** A carrier's clock that runs ahead must not make a STOP that no START can end. */
const notAfterNow = (school: School, saidAtMs = school.clock.now()): number =>
  Math.min(saidAtMs, school.clock.now())

const ours = (school: School) => eq(optOuts.schoolId, school.id)

const standing = (school: School, channel: Channel) =>
  and(ours(school), eq(optOuts.channel, channel), isNull(optOuts.endedAtMs))
