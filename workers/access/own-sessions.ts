import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import * as audit from '#audit'
import { type Id, type Refusal, refuse, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { sessions } from './directory-tables.ts'
import type { SessionRecord, VerifiedBy } from './session.ts'
import * as store from './store.ts'

/** One of somebody's sessions, as they know it again. */
export type OwnSession = SessionRecord & {
  id: Id<'session'>
  createdAtMs: number
  seenAtMs: number
  verifiedBy: VerifiedBy | null
}

/** Where somebody is signed in now, the last used first (PRODUCT 3.1, 3.4). */
export async function sessionsOf(
  directory: Directory,
  school: School,
  user: UserId,
): Promise<OwnSession[]> {
  const found = await directory.db
    .select()
    .from(sessions)
    .where(liveOf(directory, school, user))
    .orderBy(desc(sessions.seenAtMs), asc(sessions.id))
    .limit(MAX_SESSIONS)
  return Promise.all(
    found.map(async ({ id, record, createdAtMs, seenAtMs, verifiedBy }) => ({
      ...(await school.open(sessions.record, id, record)),
      id,
      createdAtMs,
      seenAtMs,
      verifiedBy,
    })),
  )
}

/** Somebody ends one of their own sessions: whoever has its cookie is out with the next click. */
export async function endSession(
  directory: Directory,
  school: School,
  user: UserId,
  id: Id<'session'>,
): Promise<Refusal<'no-such-session'> | undefined> {
  const isIt = and(liveOf(directory, school, user), eq(sessions.id, id))
  const [found] = await directory.db.select({ id: sessions.id }).from(sessions).where(isIt)
  if (!found) return refuse('no-such-session', 'session')

  await school.commit(audit.entry(school, 'session.ended', user, { session: id }))
  await directory.write(
    directory.db.update(sessions).set({ endedAtMs: directory.clock.now() }).where(isIt),
  )
  return undefined
}

/** Somebody ends all of their sessions but the one they are in. */
export async function endOtherSessions(
  directory: Directory,
  school: School,
  user: UserId,
  but: Id<'session'>,
): Promise<void> {
  await school.commit(audit.entry(school, 'session.others-ended', user))
  await directory.write(store.allEnded(directory, school, user, but))
}

/** More than anybody has; a list is never without an end. */
const MAX_SESSIONS = 100

const liveOf = (directory: Directory, school: School, user: UserId) => {
  const nowMs = directory.clock.now()
  return and(
    eq(sessions.userId, user),
    eq(sessions.organisationId, school.id),
    isNull(sessions.endedAtMs),
    sql`${sessions.endsAtMs} > ${nowMs} and ${sessions.seenAtMs} + ${sessions.idleMs} > ${nowMs}`,
  )
}
