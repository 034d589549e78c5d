import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { School, Statement } from '#shards'
import { statement } from '#shards'
import { type Head, type Link, START } from './chain.ts'
import { trail, trailHeads } from './tables.ts'

/**
 * Entries read at a time when following the chain: with 1,000 queries to a request (D1 limits page) that
 * is two million, more than a large school makes in the six years that they are kept.
 */
const PAGE = 2_000

export async function head(school: School): Promise<Head> {
  const [found] = await school.db
    .select()
    .from(trailHeads)
    .where(eq(trailHeads.schoolId, school.id))
  return found ?? START
}

export const unsealed = (school: School, limit: number) =>
  school.db
    .select()
    .from(trail)
    .where(and(eq(trail.schoolId, school.id), isNull(trail.position)))
    .orderBy(asc(trail.atMs), asc(trail.id))
    .limit(limit)

export const linksAfter = (school: School, position: number) =>
  school.db
    .select()
    .from(trail)
    .where(and(eq(trail.schoolId, school.id), gt(trail.position, position)))
    .orderBy(asc(trail.position))
    .limit(PAGE) as unknown as Promise<Link[]>

/** Gives entries their places and moves the head, provided that the head is still where it was. */
export function linked(school: School, from: Head, links: readonly Link[]): Statement[] {
  const last = links.at(-1) ?? from
  const values = links.map((link) => [link.id, link.position, link.digest])
  return [
    from.position === 0
      ? school.expectNone(
          school.db.select().from(trailHeads).where(eq(trailHeads.schoolId, school.id)),
        )
      : school.expect(
          school.db
            .select()
            .from(trailHeads)
            .where(and(eq(trailHeads.schoolId, school.id), eq(trailHeads.position, from.position))),
        ),
    statement(sql`
      update trail set position = given.value ->> 1, digest = given.value ->> 2
      from json_each(${JSON.stringify(values)}) as given
      where trail.id = given.value ->> 0 and trail.position is null`),
    statement(sql`
      insert into trail_heads (school_id, position, digest, sealed_at_ms)
      values (${school.id}, ${last.position}, ${last.digest}, ${school.clock.now()})
      on conflict (school_id) do update set
        position = excluded.position, digest = excluded.digest, sealed_at_ms = excluded.sealed_at_ms`),
  ]
}

/** Makes the commit it is part of fail if the like was noted since: for what anybody can cause at will. */
export const noneSince = (
  school: School,
  action: string,
  subject: string,
  { because, sinceMs }: { because: string; sinceMs: number },
): Statement =>
  school.expectNone(
    school.db
      .select({ id: trail.id })
      .from(trail)
      .where(
        and(
          eq(trail.schoolId, school.id),
          eq(trail.subject, subject),
          eq(trail.action, action),
          sql`${trail.facts} ->> 'because' = ${because}`,
          gt(trail.atMs, sinceMs),
        ),
      ),
  )
