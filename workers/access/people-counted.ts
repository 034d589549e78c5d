import { sql } from 'drizzle-orm'
import type { OrganisationId } from '#kernel'
import { type Directory, statement } from '#shards'
import { users } from './directory-tables.ts'
import { invitations } from './invitations/directory-tables.ts'
import { findByEmail } from './store.ts'
import type { Role } from './user.ts'

/** An organisation's people for those who may know how many and not who (PRODUCT 3.6). */
export type RoleCount = { role: Role; people: number; suspended: number }

export const countByRole = (
  directory: Directory,
  organisation: OrganisationId,
): Promise<RoleCount[]> =>
  directory.rows(
    statement(sql`
      select role, count(*) as people, sum(state = 'suspended') as suspended from ${users}
      where organisation_id = ${organisation} and state in ('active', 'suspended')
      group by role order by role`),
  )

/** How many were invited to an organisation and have not answered, and until when one of them can. */
export type Invited = { invited: number; untilMs: number; isOpen: boolean }

export async function countInvited(
  directory: Directory,
  organisation: OrganisationId,
): Promise<Invited> {
  const [found] = await directory.rows<{ invited: number; untilMs: number | null }>(
    statement(sql`
      select count(*) as invited, max(expires_at_ms) as untilMs from ${invitations}
      where organisation_id = ${organisation}
        and accepted_at_ms is null and withdrawn_at_ms is null`),
  )
  const untilMs = found?.untilMs ?? 0
  return { invited: found?.invited ?? 0, untilMs, isOpen: untilMs > directory.clock.now() }
}

/** An organisation that somebody was invited to, and where nobody has opened an account yet. */
export type Unopened = { organisationId: OrganisationId; expiresAtMs: number }

/** Customers that wait for their first account, the longest first; `expiresAtMs` is the last invitation's. */
export const withoutAnyAccount = (directory: Directory, limit: number): Promise<Unopened[]> =>
  directory.rows(
    statement(sql`
      select organisation_id as organisationId, max(expires_at_ms) as expiresAtMs
      from ${invitations}
      where accepted_at_ms is null and withdrawn_at_ms is null and not exists (
        select 1 from users
        where users.organisation_id = invitations.organisation_id and users.state <> 'opening')
      group by organisation_id order by expiresAtMs limit ${limit}`),
  )

/** Whether somebody has an account by this address, anywhere: for the operator, who sets customers up. */
export const hasAccount = async (directory: Directory, email: string): Promise<boolean> =>
  (await findByEmail(directory, email)) !== undefined
