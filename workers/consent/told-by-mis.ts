import { and, eq, isNull, min, sql } from 'drizzle-orm'
import { newId } from '#kernel'
import type { Channel } from '#people'
import { anyOf, insertAll, type School, type Statement, statement } from '#shards'
import type { Fingerprint } from '#vault'
import type { Source } from './store.ts'
import { optOuts } from './tables.ts'

/** A number or an address, for one kind of message. */
export type Wish = { channel: Channel; fingerprint: Fingerprint }

/** One that is not to be written to for what is not essential, who said so, and since when. */
export type StandingWish = Wish & { source: Source; atMs: number }

/** Every wish to stop that holds now. */
export const standing = (school: School): Promise<StandingWish[]> =>
  school.db
    .select({
      channel: optOuts.channel,
      fingerprint: optOuts.fingerprint,
      source: optOuts.source,
      atMs: optOuts.atMs,
    })
    .from(optOuts)
    .where(and(eq(optOuts.schoolId, school.id), isNull(optOuts.endedAtMs)))

/** Of these numbers or addresses, which are to be sent no more than the essential, and since when each source says so. */
export async function standingOf(school: School, wishes: readonly Wish[]): Promise<StandingWish[]> {
  const { channel, fingerprint, source } = optOuts
  const rows = await school.db
    .select({ channel, fingerprint, source, atMs: min(optOuts.atMs) })
    .from(optOuts)
    .where(
      and(
        eq(optOuts.schoolId, school.id),
        isNull(optOuts.endedAtMs),
        anyOf(fingerprint, fingerprintsOf(wishes)),
        anyOf(sql`${channel} || ' ' || ${fingerprint}`, keysOf(wishes)),
      ),
    )
    .groupBy(channel, fingerprint, source)
    .orderBy(min(optOuts.atMs))
  return rows.map((row) => ({ ...row, atMs: row.atMs ?? 0 }))
}

/** The school's own system says that these are not to be written to; as from now. */
export const stoppedByMis = (school: School, wishes: readonly Wish[]): Statement[] => {
  const nowMs = school.clock.now()
  return insertAll(
    optOuts,
    wishes.map(({ channel, fingerprint }) => ({
      id: newId('opt-out', nowMs),
      schoolId: school.id,
      channel,
      fingerprint,
      source: 'mis' as const,
      atMs: nowMs,
      endedAtMs: null,
    })),
  )
}

/** The school's system says it no more. A STOP that a person sent holds on. */
export const takenBackByMis = (school: School, wishes: readonly Wish[]): Statement[] =>
  wishes.length === 0
    ? []
    : [
        statement(sql`
          update opt_outs set ended_at_ms = ${school.clock.now()}
          where school_id = ${school.id} and source = 'mis' and ended_at_ms is null
            and ${anyOf(sql`channel || ' ' || fingerprint`, keysOf(wishes))}`),
      ]

export const keysOf = (wishes: readonly Wish[]): string[] =>
  wishes.map(({ channel, fingerprint }) => `${channel} ${fingerprint}`)

/** By these the index finds the rows; `keysOf` then tells the channels apart. */
export const fingerprintsOf = (wishes: readonly Wish[]): Fingerprint[] =>
  wishes.map(({ fingerprint }) => fingerprint)
