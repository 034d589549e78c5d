import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Id, OrganisationId, UserId } from '#kernel'
import { type Directory, type School, statement, type Statement, type Write } from '#shards'
import { users } from '../directory-tables.ts'
import type { UserRow } from '../store.ts'
import type { PasswordChange } from '../user.ts'
import { passwordResets } from './directory-tables.ts'
import { DAY_MS, REMINDED_DAYS_BEFORE } from './period.ts'

/** Somebody's row while they may sign in: what a password is checked against. */
export async function activeRow(
  directory: Directory,
  school: School,
  id: UserId,
): Promise<UserRow | undefined> {
  const [found] = await directory.db.select().from(users).where(isActive(school, id))
  return found
}

/** Why somebody must choose a new password; null where only its age asks for it, or nothing. */
export const whyNewPassword = async (
  directory: Directory,
  school: School,
  id: UserId,
): Promise<PasswordChange | null> =>
  (await activeRow(directory, school, id))?.passwordChange ?? null

/** Makes a change fail where the password is no longer what it was when somebody proved to know it. */
export const stillHas = (directory: Directory, school: School, row: UserRow): Statement =>
  directory.expect(
    directory.db
      .select()
      .from(users)
      .where(and(isActive(school, row.id), eq(users.passwordHash, row.passwordHash))),
  )

/** A new password; links to another one that are under way are worth nothing from now on. */
export const passwordSet = (
  directory: Directory,
  school: School,
  id: UserId,
  passwordHash: string,
): Write[] => {
  const nowMs = directory.clock.now()
  const change = { passwordHash, passwordChangedAtMs: nowMs, passwordChange: null }
  return [
    directory.db.update(users).set(change).where(isActive(school, id)),
    directory.db
      .update(passwordResets)
      .set({ expiresAtMs: nowMs })
      .where(and(eq(passwordResets.userId, id), gt(passwordResets.expiresAtMs, nowMs))),
  ]
}

export type NewReset = { id: Id<'password-reset'>; secretHash: string; expiresAtMs: number }

/**
 * A link for somebody, in place of the one before it. False where they had as many as they may in the time
 * since: asked inside the statement, so that many at the same moment are no more.
 */
export async function resetAdded(
  directory: Directory,
  row: UserRow,
  { id, secretHash, expiresAtMs }: NewReset,
  limit: { most: number; sinceMs: number },
): Promise<boolean> {
  const nowMs = directory.clock.now()
  const added = await directory.writeReturning(
    statement(sql`
      insert into password_resets
        (id, user_id, organisation_id, secret_hash, created_at_ms, expires_at_ms)
      select ${id}, ${row.id}, ${row.organisationId}, ${secretHash}, ${nowMs}, ${expiresAtMs}
      where (select count(*) from password_resets
             where user_id = ${row.id} and created_at_ms > ${limit.sinceMs}) < ${limit.most}
      returning id`),
    statement(sql`
      update password_resets set expires_at_ms = ${nowMs}
      where user_id = ${row.id} and id <> ${id} and expires_at_ms > ${nowMs}
        and exists (select 1 from password_resets where id = ${id})`),
  )
  return added.length > 0
}

/** Whose link this is, while it is good and they may sign in. */
export async function findReset(
  directory: Directory,
  secretHash: string,
): Promise<{ id: Id<'password-reset'>; row: UserRow } | undefined> {
  const [found] = await directory.db
    .select({ id: passwordResets.id, row: users })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(
      and(
        eq(passwordResets.secretHash, secretHash),
        isGood(directory),
        eq(users.state, 'active'),
        eq(users.organisationId, passwordResets.organisationId),
      ),
    )
  return found
}

/** Uses a link up; false where somebody did before. */
export async function resetUsed(directory: Directory, id: Id<'password-reset'>): Promise<boolean> {
  const used = await directory.db
    .update(passwordResets)
    .set({ usedAtMs: directory.clock.now() })
    .where(and(eq(passwordResets.id, id), isGood(directory)))
    .returning()
  return used.length > 0
}

/** Links of an earlier day, so many at a time. */
export const forgottenResets = (directory: Directory): Statement =>
  statement(sql`
    delete from password_resets where id in (
      select id from password_resets where created_at_ms < ${directory.clock.now() - KEPT_MS}
      limit ${MAX_FORGOTTEN})`)

/**
 * Whose password will be too old soon and who was not told so since the last time that a reminder was due,
 * drawn by lot, in some organisations with the days that a password may last there.
 */
export const passwordsToRemindOf = (
  directory: Directory,
  organisations: readonly { id: OrganisationId; passwordDays: number }[],
  limit: number,
): Promise<{ user: UserId; organisation: OrganisationId }[]> => {
  const [first, last] = REMINDED_DAYS_BEFORE.map((days) => days * DAY_MS)
  const nowMs = directory.clock.now()
  const given = JSON.stringify(organisations.map(({ id, passwordDays }) => [id, passwordDays]))
  return directory.rows(
    statement(sql`
      select id as user, organisation_id as organisation from (
        select users.*, password_changed_at_ms + (one.value ->> 1) * ${DAY_MS} as due_at_ms
        from json_each(${given}) as one join users on users.organisation_id = one.value ->> 0
        where state = 'active')
      where due_at_ms > ${nowMs} and due_at_ms - ${first} <= ${nowMs}
        and coalesce(password_reminded_at_ms, 0) < due_at_ms
          - case when due_at_ms - ${last} <= ${nowMs} then ${last} else ${first} end
      order by random() limit ${limit}`),
  )
}

/** Takes a reminder in hand, unless one went out since it was due. */
export async function reminderTaken(
  directory: Directory,
  school: School,
  id: UserId,
  sinceMs: number,
): Promise<boolean> {
  const taken = await directory.db
    .update(users)
    .set({ passwordRemindedAtMs: directory.clock.now() })
    .where(and(isActive(school, id), sql`coalesce(${users.passwordRemindedAtMs}, 0) < ${sinceMs}`))
    .returning()
  return taken.length > 0
}

/** The time of the reminder before it. */
export const reminderGivenBack = (directory: Directory, school: School, row: UserRow): Write =>
  directory.db
    .update(users)
    .set({ passwordRemindedAtMs: row.passwordRemindedAtMs })
    .where(isActive(school, row.id))

const KEPT_MS = 24 * 60 * 60_000
const MAX_FORGOTTEN = 1_000

const isActive = (school: School, id: UserId) =>
  and(eq(users.id, id), eq(users.organisationId, school.id), eq(users.state, 'active'))

const isGood = (directory: Directory) =>
  and(isNull(passwordResets.usedAtMs), gt(passwordResets.expiresAtMs, directory.clock.now()))
