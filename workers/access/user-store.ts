import { and, eq, ne, sql } from 'drizzle-orm'
import { mailboxKey, type UserId } from '#kernel'
import { type Directory, type School, statement, type Statement, type Write } from '#shards'
import { sessions, users } from './directory-tables.ts'
import type { Entitlement } from './entitlement.ts'
import { challenges, passkeys, recoveryCodes, totps } from './factors/directory-tables.ts'
import { passwordResets } from './passwords/directory-tables.ts'
import { isInCharge, rolesOf, type User } from './user.ts'

/** Takes away accounts of this address that a crash left half open: nobody ever signed in to them. */
export async function abandoned(directory: Directory, email: string): Promise<Statement> {
  const fingerprint = await directory.fingerprint('user-email', mailboxKey(email))
  const beforeMs = directory.clock.now() - OPENING_MS
  return statement(sql`
    delete from ${users} where email_fingerprint = ${fingerprint} and state = 'opening'
      and created_at_ms <= ${beforeMs}`)
}

/** Makes a change fail that would leave an organisation with nobody who is in charge and can sign in. */
export const somebodyStays = (directory: Directory, school: School, id: UserId) =>
  directory.expectNone({ toSQL: () => lastInCharge(school, id) })

/** Whether this is the only one left in charge. */
export const isLastInCharge = async (
  directory: Directory,
  school: School,
  id: UserId,
): Promise<boolean> => (await directory.rows(lastInCharge(school, id))).length > 0

/** The user, if they are in charge and nobody else is. */
const lastInCharge = (school: School, id: UserId) =>
  statement(sql`
    select 1 from users as one
    where one.id = ${id} and one.organisation_id = ${school.id} and ${isActiveInCharge('one')}
      and not exists (
        select 1 from users as another
        where another.organisation_id = ${school.id} and another.id <> ${id}
          and ${isActiveInCharge('another')})`)

const isActiveInCharge = (name: string) =>
  sql.raw(`${name}.state = 'active' and ${name}.role in (${rolesInCharge})`)

const rolesInCharge = Object.values(rolesOf)
  .flat()
  .filter(isInCharge)
  .map((role) => `'${role}'`)
  .join(', ')

export const entitled = (
  directory: Directory,
  school: School,
  id: UserId,
  { role, grants, yearGroups }: Entitlement,
): Write =>
  directory.db
    .update(users)
    .set({ role, grants: [...grants], yearGroups: yearGroups && [...yearGroups] })
    .where(its(school, id))

/**
 * Somebody is gone for good: of what is personal the name stays, for the trail to be read, and nothing is
 * left to write to or to sign in with.
 */
export async function removed(
  directory: Directory,
  school: School,
  { id, name }: Pick<User, 'id' | 'name'>,
): Promise<[Write]> {
  const record = await school.seal(users.record, id, { name, email: '' })
  const change = { state: 'removed' as const, record, passwordHash: '' }
  // In a list: an async function that returned the query itself would run it.
  return [directory.db.update(users).set(change).where(its(school, id))]
}

export const passwordChangeAsked = (directory: Directory, school: School, id: UserId): Write =>
  directory.db.update(users).set({ passwordChange: 'forced' }).where(its(school, id))

/** Second factors, and links to a new password: what would be of use to nobody but an intruder. */
export const keysTakenAway = (directory: Directory, school: School, id: UserId): Write[] => [
  ...[passkeys, recoveryCodes, challenges, passwordResets].map((table) =>
    directory.db
      .delete(table)
      .where(and(eq(table.userId, id), eq(table.organisationId, school.id))),
  ),
  directory.db.delete(totps).where(and(eq(totps.id, id), eq(totps.organisationId, school.id))),
]

/** Those of an organisation's users who have a second factor that works. */
export async function withSecondFactor(
  directory: Directory,
  school: School,
): Promise<ReadonlySet<UserId>> {
  const found = await directory.rows<{ id: UserId }>(
    statement(sql`
      select id from ${users} where organisation_id = ${school.id} and (
        exists (select 1 from ${passkeys} where user_id = users.id)
        or exists (select 1 from ${totps} as app where app.id = users.id))`),
  )
  return new Set(found.map(({ id }) => id))
}

/** How often somebody is signed in at this moment. */
export async function countSessions(
  directory: Directory,
  school: School,
  id: UserId,
): Promise<number> {
  const nowMs = directory.clock.now()
  const [found] = await directory.rows<{ live: number }>(
    statement(sql`
      select count(*) as live from ${sessions}
      where user_id = ${id} and organisation_id = ${school.id} and ended_at_ms is null
        and ends_at_ms > ${nowMs} and seen_at_ms + idle_ms > ${nowMs}`),
  )
  return found?.live ?? 0
}

/** No account takes so long to open. */
const OPENING_MS = 10 * 60_000

const its = (school: School, id: UserId) =>
  and(eq(users.id, id), eq(users.organisationId, school.id), ne(users.state, 'removed'))
