import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import { mailboxKey, type OrganisationId, type UserId } from '#kernel'
import { type Directory, type School, statement, type Statement, system, type Write } from '#shards'
import { sessions, users } from './directory-tables.ts'
import { ABSOLUTE_MS, SEEN_EVERY_MS } from './session.ts'
import type { User } from './user.ts'

export type UserRow = typeof users.$inferSelect
export type SessionRow = typeof sessions.$inferSelect

export async function findByEmail(
  directory: Directory,
  email: string,
): Promise<UserRow | undefined> {
  const fingerprint = await directory.fingerprint('user-email', mailboxKey(email))
  const [found] = await directory.db
    .select()
    .from(users)
    .where(eq(users.emailFingerprint, fingerprint))
  return found
}

export async function findSession(
  directory: Directory,
  idHash: string,
): Promise<{ session: SessionRow; row: UserRow } | undefined> {
  const [found] = await directory.db
    .select({ session: sessions, row: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
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

/** An organisation's users, oldest first, the disabled ones too: what they did still has their name. */
export async function list(directory: Directory, school: School): Promise<User[]> {
  const found = await directory.db
    .select()
    .from(users)
    .where(eq(users.organisationId, school.id))
    .orderBy(asc(users.id))
    .limit(MAX_USERS)
  return Promise.all(found.map((row) => asUser(school, row)))
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
  const { id, organisationId, role, yearGroups } = row
  return {
    id,
    organisationId,
    role,
    yearGroups,
    ...(await school.open(users.record, id, row.record)),
  }
}

export const signedIn = (directory: Directory, row: UserRow, idHash: string): Write[] => {
  const nowMs = directory.clock.now()
  return [
    directory.db.insert(sessions).values({
      idHash,
      userId: row.id,
      organisationId: row.organisationId,
      createdAtMs: nowMs,
      seenAtMs: nowMs,
      endsAtMs: nowMs + ABSOLUTE_MS,
    }),
    directory.db.update(users).set({ lastSignInAtMs: nowMs }).where(eq(users.id, row.id)),
  ]
}

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

/** A new account, once the trail knows of it. */
export const opened = (directory: Directory, school: School, id: UserId): Write =>
  directory.db
    .update(users)
    .set({ state: 'active' })
    .where(and(eq(users.id, id), eq(users.organisationId, school.id)))

export const disabled = (directory: Directory, school: School, id: UserId): Write[] => [
  directory.db
    .update(users)
    .set({ state: 'disabled' })
    .where(and(eq(users.id, id), eq(users.organisationId, school.id))),
  directory.db
    .update(sessions)
    .set({ endedAtMs: directory.clock.now() })
    .where(
      and(
        eq(sessions.userId, id),
        eq(sessions.organisationId, school.id),
        isNull(sessions.endedAtMs),
      ),
    ),
]

/** Sessions that were over a while ago, so many at a time that no statement holds the database long. */
export const forgottenSessions = (directory: Directory): Statement =>
  statement(sql`
    delete from sessions where id_hash in (
      select id_hash from sessions where ends_at_ms < ${directory.clock.now() - ABSOLUTE_MS}
      limit ${MAX_FORGOTTEN})`)

const MAX_USERS = 1_000
const MAX_FORGOTTEN = 1_000
