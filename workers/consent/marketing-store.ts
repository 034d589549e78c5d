import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { newId } from '#kernel'
import type { Channel } from '#people'
import { anyOf, insertAll, type School, type Statement, statement } from '#shards'
import type { Fingerprint } from '#vault'
import { optIns } from './tables.ts'
import { fingerprintsOf, keysOf, type Wish } from './told-by-mis.ts'

/** Those of these numbers or addresses that agreed to marketing. A STOP is asked for by itself. */
export async function agreedAmong(
  school: School,
  channel: Channel,
  fingerprints: readonly Fingerprint[],
): Promise<Set<Fingerprint>> {
  const rows = await school.db
    .select({ fingerprint: optIns.fingerprint })
    .from(optIns)
    .where(
      and(holding(school), eq(optIns.channel, channel), anyOf(optIns.fingerprint, fingerprints)),
    )
  return new Set(rows.map((row) => row.fingerprint))
}

/** Every agreement to marketing that holds now, and since when. */
export const agreements = (school: School): Promise<(Wish & { atMs: number })[]> =>
  school.db
    .select({ channel: optIns.channel, fingerprint: optIns.fingerprint, atMs: optIns.atMs })
    .from(optIns)
    .where(holding(school))

/** An agreement to marketing, with who told us of it; `endedAtMs` is null while it holds. */
export type Agreement = Wish & { source: 'mis'; atMs: number; endedAtMs: number | null }

/** What these numbers or addresses ever agreed to, the oldest first: whoever is shown one sees also what has ended. */
export const agreementsOf = (school: School, wishes: readonly Wish[]): Promise<Agreement[]> =>
  school.db
    .select({
      channel: optIns.channel,
      fingerprint: optIns.fingerprint,
      source: optIns.source,
      atMs: optIns.atMs,
      endedAtMs: optIns.endedAtMs,
    })
    .from(optIns)
    .where(
      and(
        eq(optIns.schoolId, school.id),
        anyOf(optIns.fingerprint, fingerprintsOf(wishes)),
        anyOf(sql`${optIns.channel} || ' ' || ${optIns.fingerprint}`, keysOf(wishes)),
      ),
    )
    .orderBy(asc(optIns.atMs), sql`coalesce(${optIns.endedAtMs}, ${FOR_EVER_MS})`)

/** Those that were taken back later than then. */
export const withdrawnSince = (school: School, ms: number): Promise<Wish[]> =>
  school.db
    .select({ channel: optIns.channel, fingerprint: optIns.fingerprint })
    .from(optIns)
    .where(and(eq(optIns.schoolId, school.id), gt(optIns.endedAtMs, ms)))

/** The school's own system says that these agreed (decision 0020); as from now. */
export function agreedByMis(school: School, wishes: readonly Wish[]): Statement[] {
  const nowMs = school.clock.now()
  return insertAll(
    optIns,
    wishes.map(({ channel, fingerprint }) => ({
      id: newId('opt-in', nowMs),
      schoolId: school.id,
      channel,
      fingerprint,
      source: 'mis' as const,
      atMs: nowMs,
      endedAtMs: null,
    })),
  )
}

/** The school's system says it no more. That they had agreed, and until when, stays on record. */
export const withdrawnByMis = (school: School, wishes: readonly Wish[]): Statement[] =>
  wishes.length === 0
    ? []
    : [
        statement(sql`
          update opt_ins set ended_at_ms = ${school.clock.now()}
          where school_id = ${school.id} and source = 'mis' and ended_at_ms is null
            and ${anyOf(sql`channel || ' ' || fingerprint`, keysOf(wishes))}`),
      ]

const holding = (school: School) => and(eq(optIns.schoolId, school.id), isNull(optIns.endedAtMs))

/** Of two of one moment the one that holds comes last. */
const FOR_EVER_MS = Number.MAX_SAFE_INTEGER
