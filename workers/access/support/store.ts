import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { newId, type OrganisationId, type SupportAccessId, type UserId } from '#kernel'
import { type Directory, type School, statement, type Statement, type Write } from '#shards'
import { sessions } from '../directory-tables.ts'
import type { SupportAccessRow } from '../store.ts'
import { screenings, supportAccesses } from './directory-tables.ts'
import { CODE_MS, type SchoolRole } from './level.ts'

/** A code is kept as a fingerprint that is the school's: the same digits next door are another. */
export const codeFingerprint = (directory: Directory, organisation: OrganisationId, code: string) =>
  directory.fingerprint('screening', `${organisation} ${code}`)

/**
 * Keeps a new code of a user and closes their older ones, unless somebody of the school has the same
 * one just now. True where it was kept.
 */
export async function codeKept(
  directory: Directory,
  organisation: OrganisationId,
  user: UserId,
  code: string,
): Promise<boolean> {
  const nowMs = directory.clock.now()
  const id = newId('screening', nowMs)
  const print = await codeFingerprint(directory, organisation, code)
  const kept = await directory.writeReturning(
    statement(sql`
      insert into screenings (id, organisation_id, user_id, code, created_at_ms, expires_at_ms)
      select ${id}, ${organisation}, ${user}, ${print}, ${nowMs}, ${nowMs + CODE_MS}
      where not exists (
        select 1 from screenings where organisation_id = ${organisation} and code = ${print}
          and closed_at_ms is null and expires_at_ms > ${nowMs})
      returning id`),
    statement(sql`
      update screenings set closed_at_ms = ${nowMs}
      where organisation_id = ${organisation} and user_id = ${user} and id <> ${id}
        and closed_at_ms is null`),
  )
  return kept.length > 0
}

/** What a code that was right lends. */
export type Lent = { screenedBy: UserId; role: SchoolRole; yearGroups: string[] | null }

/**
 * Uses a code up, in one statement, so that of two who enter it at once only one comes in. Undefined
 * where there is no such code of this school, it is too old or used, or whose it is may not come in any
 * more, or is of none of the `lenders`.
 */
export async function codeUsed(
  directory: Directory,
  organisation: OrganisationId,
  code: string,
  lenders: readonly SchoolRole[],
): Promise<Lent | undefined> {
  const nowMs = directory.clock.now()
  const print = await codeFingerprint(directory, organisation, code)
  const [used] = await directory.rows<{ by: UserId; role: SchoolRole; years: string | null }>(
    statement(sql`
      update screenings set closed_at_ms = ${nowMs}
      where organisation_id = ${organisation} and code = ${print}
        and closed_at_ms is null and expires_at_ms > ${nowMs}
        and exists (
          select 1 from users where users.id = screenings.user_id and users.state = 'active'
            and users.role in (select value from json_each(${JSON.stringify(lenders)})))
      returning user_id as "by",
        (select role from users where users.id = user_id) as role,
        (select year_groups from users where users.id = user_id) as years`),
  )
  if (!used) return undefined
  const yearGroups = used.years === null ? null : (JSON.parse(used.years) as string[])
  return { screenedBy: used.by, role: used.role, yearGroups }
}

/** Until when a code of this user may be used; undefined where they have none. */
export async function codeUntil(
  directory: Directory,
  organisation: OrganisationId,
  user: UserId,
): Promise<number | undefined> {
  const nowMs = directory.clock.now()
  const [found] = await directory.db
    .select({ untilMs: screenings.expiresAtMs })
    .from(screenings)
    .where(
      and(
        eq(screenings.organisationId, organisation),
        eq(screenings.userId, user),
        isNull(screenings.closedAtMs),
        gt(screenings.expiresAtMs, nowMs),
      ),
    )
    .limit(1)
  return found?.untilMs
}

export const started = (directory: Directory, row: typeof supportAccesses.$inferInsert): Write =>
  directory.db.insert(supportAccesses).values(row)

const isLive = (nowMs: number) =>
  and(isNull(supportAccesses.endedAtMs), gt(supportAccesses.endsAtMs, nowMs))

/** Ends an access before its time; undefined where it was over, or is of another customer. */
export async function ended(
  directory: Directory,
  organisation: OrganisationId,
  id: SupportAccessId,
  by: UserId,
): Promise<SupportAccessRow | undefined> {
  const nowMs = directory.clock.now()
  const [found] = await directory.db
    .update(supportAccesses)
    .set({ endedAtMs: nowMs, endedBy: by })
    .where(
      and(
        eq(supportAccesses.id, id),
        eq(supportAccesses.organisationId, organisation),
        isLive(nowMs),
      ),
    )
    .returning()
  return found
}

/**
 * Ends what is open by somebody's word or hand: the accesses that an employee is in, and those that codes
 * of this person let in.
 */
export const allEndedOf = (directory: Directory, user: UserId, by: UserId | null): Statement => {
  const nowMs = directory.clock.now()
  return statement(sql`
    update support_accesses set ended_at_ms = ${nowMs}, ended_by = ${by}
    where (operator_id = ${user} or screened_by = ${user})
      and ended_at_ms is null and ends_at_ms > ${nowMs}`)
}

/** Accesses that are over and of whose end no trail tells yet; all, or those of one person, by lot. */
export const untold = (
  directory: Directory,
  limit: number,
  of?: UserId,
): Promise<SupportAccessRow[]> => {
  const nowMs = directory.clock.now()
  return directory.db
    .select()
    .from(supportAccesses)
    .where(
      and(
        isNull(supportAccesses.toldAtMs),
        or(isNotNull(supportAccesses.endedAtMs), lte(supportAccesses.endsAtMs, nowMs)),
        of && or(eq(supportAccesses.operatorId, of), eq(supportAccesses.screenedBy, of)),
      ),
    )
    .orderBy(sql`random()`)
    .limit(limit)
}

export const told = (directory: Directory, id: SupportAccessId): Write =>
  directory.db
    .update(supportAccesses)
    .set({ toldAtMs: directory.clock.now() })
    .where(eq(supportAccesses.id, id))

/** Of an employee who leaves of their own accord: their session no longer speaks of the area. */
export const sessionLeft = (
  directory: Directory,
  { id, operatorId }: Pick<SupportAccessRow, 'id' | 'operatorId'>,
): Write =>
  directory.db
    .update(sessions)
    .set({ supportAccessId: null })
    .where(and(eq(sessions.userId, operatorId), eq(sessions.supportAccessId, id)))

/** In whose areas an employee of the operator is now. */
export const liveOf = (directory: Directory, operator: UserId): Promise<SupportAccessRow[]> =>
  directory.db
    .select()
    .from(supportAccesses)
    .where(and(eq(supportAccesses.operatorId, operator), isLive(directory.clock.now())))
    .limit(MAX_LIVE)

/** Who of the operator is in a customer's area now. */
export const liveIn = (
  directory: Directory,
  organisation: OrganisationId,
): Promise<SupportAccessRow[]> =>
  directory.db
    .select()
    .from(supportAccesses)
    .where(and(eq(supportAccesses.organisationId, organisation), isLive(directory.clock.now())))
    .orderBy(desc(supportAccesses.endsAtMs))
    .limit(MAX_LIVE)

/** All who ever were, the latest first; or those before one of them. */
export const listed = (
  directory: Directory,
  school: School,
  { limit, before }: { limit: number; before?: SupportAccessId },
): Promise<SupportAccessRow[]> =>
  directory.db
    .select()
    .from(supportAccesses)
    .where(
      and(eq(supportAccesses.organisationId, school.id), before && lt(supportAccesses.id, before)),
    )
    .orderBy(desc(supportAccesses.id))
    .limit(limit)

export const byIds = (
  directory: Directory,
  school: School,
  ids: readonly SupportAccessId[],
): Promise<SupportAccessRow[]> =>
  directory.db
    .select()
    .from(supportAccesses)
    .where(
      and(
        eq(supportAccesses.organisationId, school.id),
        inArray(supportAccesses.id, ids.slice(0, MAX_IDS)),
      ),
    )

/** Codes that nobody can use any more, a day after they were made. */
export const forgottenCodes = (directory: Directory): Statement =>
  statement(sql`
    delete from screenings where id in (
      select id from screenings where expires_at_ms < ${directory.clock.now() - DAY_MS}
      limit ${MAX_FORGOTTEN})`)

const MAX_LIVE = 20
/** D1 binds 100 values a statement. */
const MAX_IDS = 90
const DAY_MS = 24 * 60 * 60_000
const MAX_FORGOTTEN = 1_000
