import { and, eq, sql } from 'drizzle-orm'
import { newId } from '#kernel'
import type { Directory, School, Write } from '#shards'
import { sessions, users } from './directory-tables.ts'
import type { Limits, Need, SessionRecord } from './session.ts'
import type { UserRow } from './store.ts'

export type NewSession = {
  idHash: string
  record: SessionRecord
  needs: Need | null
  limits: Limits
}

/**
 * A session under way, and the time of its user's last sign-in. Fails where anything that the sign-in was
 * judged by has changed since `row` was read: checking a password takes long enough for a colleague to
 * suspend its owner, and what ended every session must end the one that was about to begin.
 */
export async function signedIn(
  directory: Directory,
  school: School,
  row: UserRow,
  { idHash, record, needs, limits }: NewSession,
): Promise<Write[]> {
  const nowMs = directory.clock.now()
  const id = newId('session', nowMs)
  return [
    directory.expect(asRead(directory, row)),
    directory.db.insert(sessions).values({
      idHash,
      id,
      userId: row.id,
      organisationId: row.organisationId,
      record: await school.seal(sessions.record, id, record),
      needs,
      confirmedAtMs: nowMs,
      createdAtMs: nowMs,
      seenAtMs: nowMs,
      idleMs: limits.idleMs,
      endsAtMs: nowMs + limits.absoluteMs,
    }),
    directory.db.update(users).set({ lastSignInAtMs: nowMs }).where(eq(users.id, row.id)),
  ]
}

const asRead = (directory: Directory, row: UserRow) =>
  directory.db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.id, row.id),
        eq(users.state, row.state),
        eq(users.passwordHash, row.passwordHash),
        eq(users.role, row.role),
        eq(users.grants, row.grants),
        sql`${users.passwordChange} is ${row.passwordChange}`,
      ),
    )
