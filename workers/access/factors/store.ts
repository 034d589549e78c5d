import { and, eq, sql } from 'drizzle-orm'
import type { Id, UserId } from '#kernel'
import { type Directory, type School, statement, type Statement, type Write } from '#shards'
import { passkeys, totps } from './directory-tables.ts'
import { type FactorId, type Factors } from './factor.ts'
import { ofUser } from './passkey-store.ts'
import { recoveryCodesLeft } from './recovery-store.ts'

export type TotpRow = typeof totps.$inferSelect

/** Whether somebody has a second factor: one look, for signing in. */
export async function hasAny(directory: Directory, user: UserId): Promise<boolean> {
  const [found] = await directory.rows<{ has: number }>(
    statement(sql`
      select exists (select 1 from passkeys where user_id = ${user})
        or exists (select 1 from totps where id = ${user}) as has`),
  )
  return found?.has === 1
}

/** Everything that somebody can show beyond a password, oldest first. */
export async function factorsOf(
  directory: Directory,
  school: School,
  user: UserId,
): Promise<Factors> {
  const [rows, app, [codes]] = await directory.db.batch([
    ofUser(directory, user),
    directory.db.select().from(totps).where(eq(totps.id, user)),
    recoveryCodesLeft(directory, user),
  ])
  const opened = rows.map(async ({ id, record, createdAtMs, lastUsedAtMs }) => {
    const { name } = await school.open(passkeys.record, id, record)
    return { id, name, createdAtMs, lastUsedAtMs }
  })
  return {
    passkeys: await Promise.all(opened),
    app: app[0] ? { addedAtMs: app[0].createdAtMs } : null,
    recoveryCodesLeft: codes?.left ?? 0,
  }
}

export async function totpOf(directory: Directory, user: UserId): Promise<TotpRow | undefined> {
  const [found] = await directory.db.select().from(totps).where(eq(totps.id, user))
  return found
}

/** Somebody's app, in place of the one they had. `lastStep` is that of the code which showed it. */
export async function totpSet(
  directory: Directory,
  school: School,
  user: UserId,
  { secret, lastStep }: { secret: string; lastStep: number | null },
): Promise<[Write]> {
  const nowMs = directory.clock.now()
  const row = {
    organisationId: school.id,
    record: await school.seal(totps.record, user, { secret }),
    createdAtMs: nowMs,
    lastStep,
  }
  // In a list: an async function that returned the query itself would run it.
  return [
    directory.db
      .insert(totps)
      .values({ id: user, ...row })
      .onConflictDoUpdate({ target: totps.id, set: row }),
  ]
}

/** Uses up the code of a step and of those before it. False where that was done already. */
export async function stepUsed(directory: Directory, user: UserId, step: number): Promise<boolean> {
  const isLater = sql`(${totps.lastStep} is null or ${totps.lastStep} < ${step})`
  const used = await directory.db
    .update(totps)
    .set({ lastStep: step })
    .where(and(eq(totps.id, user), isLater))
    .returning({ id: totps.id })
  return used.length > 0
}

/** Says again, inside a write, that somebody has no second factor yet. */
export const noneYet = (directory: Directory, user: UserId): Statement[] => [
  directory.expectNone(ofUser(directory, user)),
  directory.expectNone(directory.db.select().from(totps).where(eq(totps.id, user))),
]

/** Which factor goes, whether one must stay, and the session that goes on. */
export type Removal = { factor: FactorId; mustHaveOne: boolean; session: Id<'session'> }

/**
 * Takes a factor away. False where it is not theirs, or where it is the last one of somebody who must have
 * one: two at once cannot leave them with none. Recovery codes go with the last, and where it is gone so are
 * all sessions but the one in which that was said.
 */
export async function factorRemoved(
  directory: Directory,
  user: UserId,
  { factor, mustHaveOne, session }: Removal,
): Promise<boolean> {
  const all = sql`((select count(*) from passkeys where user_id = ${user})
    + (select count(*) from totps where id = ${user}))`
  const mayGo = sql`(${mustHaveOne ? 0 : 1} or ${all} > 1)`
  const isGone =
    factor === 'app'
      ? sql`not exists (select 1 from totps where id = ${user})`
      : sql`not exists (select 1 from passkeys where id = ${factor})`
  const removed = await directory.writeReturning<{ id: string }>(
    statement(
      factor === 'app'
        ? sql`delete from totps where id = ${user} and ${mayGo} returning id`
        : sql`delete from passkeys where id = ${factor} and user_id = ${user} and ${mayGo} returning id`,
    ),
    statement(sql`delete from recovery_codes where user_id = ${user} and ${all} = 0`),
    statement(sql`
      update sessions set ended_at_ms = ${directory.clock.now()}
      where user_id = ${user} and id <> ${session} and ended_at_ms is null and ${isGone}`),
  )
  return removed.length > 0
}
