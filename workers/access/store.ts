import { and, asc, eq, gt, isNull, lte, ne, sql } from 'drizzle-orm'
import { type Id, mailboxKey, type OrganisationId, type UserId } from '#kernel'
import { type Directory, type School, statement, type Statement, system, type Write } from '#shards'
import { sessions, users } from './directory-tables.ts'
import { reviews } from './reviews/directory-tables.ts'
import { REVIEW_GRACE_MS } from './reviews/review.ts'
import { supportAccesses } from './support/directory-tables.ts'
import { SEEN_EVERY_MS } from './session.ts'
import type { User, UserState } from './user.ts'

export type UserRow = typeof users.$inferSelect
export type SessionRow = typeof sessions.$inferSelect

export type SupportAccessRow = typeof supportAccesses.$inferSelect
export type FoundSession = {
  session: SessionRow
  row: UserRow
  support: SupportAccessRow | null
  /** Of the user's own organisation, and for longer than the grace that it has. */
  isReviewOverdue: number
  /** Somebody of the operator is in the area of the user's own organisation now. */
  isVisited: number
}

export async function findByEmail(
  directory: Directory,
  email: string,
): Promise<UserRow | undefined> {
  const fingerprint = await directory.fingerprint('user-email', mailboxKey(email))
  const [found] = await directory.db
    .select()
    .from(users)
    .where(and(eq(users.emailFingerprint, fingerprint), ne(users.state, 'removed')))
  return found
}

export async function findSession(
  directory: Directory,
  idHash: string,
): Promise<FoundSession | undefined> {
  const nowMs = directory.clock.now()
  const [found] = await directory.db
    .select({
      session: sessions,
      row: users,
      support: supportAccesses,
      isReviewOverdue: sql<number>`exists (
        select 1 from ${reviews} where ${reviews.organisationId} = ${users.organisationId}
          and ${reviews.completedAtMs} is null and ${reviews.dueAtMs} < ${nowMs - REVIEW_GRACE_MS})`,
      isVisited: sql<number>`exists (
        select 1 from support_accesses as here where here.organisation_id = ${users.organisationId}
          and here.ended_at_ms is null and here.ends_at_ms > ${nowMs})`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(
      supportAccesses,
      and(
        eq(supportAccesses.id, sessions.supportAccessId),
        isNull(supportAccesses.endedAtMs),
        gt(supportAccesses.endsAtMs, nowMs),
      ),
    )
    .where(eq(sessions.idHash, idHash))
  return found
}

/** One of an organisation's users, whatever their state; undefined where it has no such user. */
export async function find(
  directory: Directory,
  school: School,
  id: UserId,
): Promise<User | undefined> {
  const [found] = await directory.db
    .select()
    .from(users)
    .where(and(eq(users.id, id), eq(users.organisationId, school.id)))
  return found && asUser(school, found)
}

/**
 * An organisation's users, oldest first, the disabled ones too: what they did still has their name. Where
 * there are more than a list holds, those who were removed make room.
 */
export async function list(directory: Directory, school: School): Promise<User[]> {
  const found = await directory.db
    .select()
    .from(users)
    .where(eq(users.organisationId, school.id))
    .orderBy(asc(sql`${users.state} = 'removed'`), asc(users.id))
    .limit(MAX_USERS)
  const oldestFirst = found.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return Promise.all(oldestFirst.map((row) => asUser(school, row)))
}

/** Who is who in an organisation, by id, for pages that show who did something. */
export async function namesOf(
  directory: Directory,
  organisation: OrganisationId,
): Promise<ReadonlyMap<string, string>> {
  const school = await directory.school(organisation, system('visitor'))
  const all = school ? await list(directory, school) : []
  return new Map(all.map(({ id, name }) => [id, name]))
}

export async function asUser(school: School, row: UserRow): Promise<User> {
  const { id, organisationId, role, grants, yearGroups, state } = row
  const { createdAtMs, lastSignInAtMs, passwordChangedAtMs } = row
  return {
    id,
    organisationId,
    role,
    grants,
    yearGroups,
    state,
    createdAtMs,
    lastSignInAtMs,
    passwordChangedAtMs,
    ...(await school.open(users.record, id, row.record)),
  }
}

/**
 * The same session under a new token, with something about it changed: whenever it may do more than
 * before, so that a token known from before is worth nothing.
 */
export const rotated = (
  directory: Directory,
  { id, idHash }: { id: Id<'session'>; idHash: string },
  change: Partial<Pick<SessionRow, 'needs' | 'verifiedBy' | 'confirmedAtMs' | 'supportAccessId'>>,
): Write =>
  directory.db
    .update(sessions)
    .set({ ...change, idHash })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAtMs)))

export const seen = (directory: Directory, idHash: string): Write => {
  const nowMs = directory.clock.now()
  return directory.db
    .update(sessions)
    .set({ seenAtMs: nowMs })
    .where(and(eq(sessions.idHash, idHash), lte(sessions.seenAtMs, nowMs - SEEN_EVERY_MS)))
}

/** Ends a session and says whose it was; undefined where it had ended before. */
export async function end(directory: Directory, idHash: string): Promise<SessionRow | undefined> {
  const [ended] = await directory.db
    .update(sessions)
    .set({ endedAtMs: directory.clock.now() })
    .where(and(eq(sessions.idHash, idHash), isNull(sessions.endedAtMs)))
    .returning()
  return ended
}

/** From one state or from any; whoever was removed stays so. */
export const stateChanged = (
  directory: Directory,
  school: School,
  id: UserId,
  state: UserState,
  from?: UserState,
): Write =>
  directory.db
    .update(users)
    .set({ state })
    .where(
      and(
        eq(users.id, id),
        eq(users.organisationId, school.id),
        from ? eq(users.state, from) : ne(users.state, 'removed'),
      ),
    )

/** Ends every session of a person, or all but one of them. */
export const allEnded = (
  directory: Directory,
  school: School,
  user: UserId,
  but?: Id<'session'>,
): Write =>
  directory.db
    .update(sessions)
    .set({ endedAtMs: directory.clock.now() })
    .where(
      and(
        eq(sessions.userId, user),
        eq(sessions.organisationId, school.id),
        isNull(sessions.endedAtMs),
        but && ne(sessions.id, but),
      ),
    )

/** Sessions that were over an hour ago, so many at a time that no statement holds the database long. */
export const forgottenSessions = (directory: Directory): Statement =>
  statement(sql`
    delete from sessions where id_hash in (
      select id_hash from sessions where ends_at_ms < ${directory.clock.now() - KEPT_MS}
      limit ${MAX_FORGOTTEN})`)

export const MAX_USERS = 1_000
/** With the longest life that a session has, still within the day that its holding says. */
const KEPT_MS = 60 * 60_000
const MAX_FORGOTTEN = 1_000
