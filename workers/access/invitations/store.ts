import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { mailboxKey, newId, type OrganisationId, type UserId } from '#kernel'
import {
  type Directory,
  type School,
  statement,
  type Statement,
  toStatement,
  type Write,
} from '#shards'
import { invitations } from './directory-tables.ts'
import { INVITATION_MS, type Invitation, type InvitationId, type Invitee } from './invitation.ts'

type Row = typeof invitations.$inferSelect

/** Those who have not answered, the latest first, the expired among them: they can be asked again. */
export async function list(directory: Directory, school: School): Promise<Invitation[]> {
  const rows = await directory.db
    .select()
    .from(invitations)
    .where(and(eq(invitations.organisationId, school.id), isUnanswered))
    .orderBy(desc(invitations.id))
    .limit(MAX_UNANSWERED)
  return Promise.all(rows.map((row) => asInvitation(school, row)))
}

/** One of an organisation's, unanswered; undefined for any other. */
export async function find(
  directory: Directory,
  school: School,
  id: InvitationId,
): Promise<Invitation | undefined> {
  const [row] = await directory.db.select().from(invitations).where(unanswered(school, id))
  return row && asInvitation(school, row)
}

/** The one that this secret opens now. */
export async function findOpen(directory: Directory, secretHash: string): Promise<Row | undefined> {
  const [row] = await directory.db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.secretHash, secretHash),
        gt(invitations.expiresAtMs, directory.clock.now()),
        isUnanswered,
      ),
    )
  return row
}

/** A new invitation. It takes the place of whatever the address was asked before by this organisation. */
export async function added(
  directory: Directory,
  school: School,
  { secretHash, ...invitee }: Omit<Invitee, 'kind'> & { secretHash: string },
): Promise<{ id: InvitationId; expiresAtMs: number; writes: Write[] }> {
  const nowMs = directory.clock.now()
  const id = newId('invitation', nowMs)
  const { name, email, role, grants, yearGroups } = invitee
  const emailFingerprint = await directory.fingerprint('user-email', mailboxKey(email))
  const expiresAtMs = nowMs + INVITATION_MS
  const before = and(
    eq(invitations.organisationId, school.id),
    eq(invitations.emailFingerprint, emailFingerprint),
    isUnanswered,
  )
  const row = {
    id,
    organisationId: school.id,
    secretHash,
    record: await school.seal(invitations.record, id, { name, email }),
    emailFingerprint,
    role,
    grants: [...grants],
    yearGroups: yearGroups && [...yearGroups],
    invitedBy: school.actor.id,
    createdAtMs: nowMs,
    expiresAtMs,
  }
  const writes = [
    directory.db.update(invitations).set({ withdrawnAtMs: nowMs }).where(before),
    directory.db.insert(invitations).values(row),
  ]
  return { id, expiresAtMs, writes }
}

/** Takes it back; false where it was answered or taken back before. */
export async function withdraw(
  directory: Directory,
  school: School,
  id: InvitationId,
): Promise<boolean> {
  const changed = await directory.db
    .update(invitations)
    .set({ withdrawnAtMs: directory.clock.now() })
    .where(unanswered(school, id))
    .returning({ id: invitations.id })
  return changed.length > 0
}

/** A new secret in the place of the old one, which opens nothing any more; undefined where it was answered. */
export async function renewed(
  directory: Directory,
  school: School,
  { id, secretHash }: { id: InvitationId; secretHash: string },
): Promise<{ expiresAtMs: number } | undefined> {
  const [found] = await directory.db
    .update(invitations)
    .set({ secretHash, expiresAtMs: directory.clock.now() + INVITATION_MS })
    .where(unanswered(school, id))
    .returning()
  return found
}

/** Makes the opening of an account fail where its invitation was answered or withdrawn meanwhile. */
export const accepted = (directory: Directory, school: School, row: Row): Statement[] => [
  directory.expect(
    directory.db
      .select({ id: invitations.id })
      .from(invitations)
      .where(and(unanswered(school, row.id), eq(invitations.secretHash, row.secretHash))),
  ),
  toStatement(
    directory.db
      .update(invitations)
      .set({ acceptedAtMs: directory.clock.now() })
      .where(unanswered(school, row.id)),
  ),
]

/** Those that somebody asked for and nobody answered, wherever they are to: while they can still be accepted. */
export const openBy = (
  directory: Directory,
  inviter: UserId,
): Promise<{ id: InvitationId; organisationId: OrganisationId }[]> =>
  directory.db
    .select({ id: invitations.id, organisationId: invitations.organisationId })
    .from(invitations)
    .where(openOf(directory, inviter))
    .limit(MAX_UNANSWERED)

/** Takes back all that somebody asked for, so that nobody comes in by the word of who is out. */
export const allWithdrawnOf = (directory: Directory, inviter: UserId): Write =>
  directory.db
    .update(invitations)
    .set({ withdrawnAtMs: directory.clock.now() })
    .where(openOf(directory, inviter))

/** Invitations of which nobody needs to know any more, so many at a time. */
export const forgottenInvitations = (directory: Directory): Statement => {
  const nowMs = directory.clock.now()
  return statement(sql`
    delete from invitations where id in (
      select id from invitations
      where created_at_ms < ${nowMs - KEPT_MS} and expires_at_ms <= ${nowMs}
      limit ${MAX_FORGOTTEN})`)
}

export async function asInvitation(school: School, row: Row): Promise<Invitation> {
  const { id, organisationId, role, grants, yearGroups, invitedBy, createdAtMs, expiresAtMs } = row
  const record = await school.open(invitations.record, id, row.record)
  return {
    id,
    organisationId,
    role,
    grants,
    yearGroups,
    invitedBy,
    createdAtMs,
    expiresAtMs,
    ...record,
  }
}

/** At one organisation at a time. */
export const MAX_UNANSWERED = 200

const KEPT_MS = 90 * 24 * 60 * 60_000
const MAX_FORGOTTEN = 1_000

const isUnanswered = and(isNull(invitations.acceptedAtMs), isNull(invitations.withdrawnAtMs))

const unanswered = (school: School, id: InvitationId) =>
  and(eq(invitations.id, id), eq(invitations.organisationId, school.id), isUnanswered)

const openOf = (directory: Directory, inviter: UserId) =>
  and(
    eq(invitations.invitedBy, inviter),
    gt(invitations.expiresAtMs, directory.clock.now()),
    isUnanswered,
  )
