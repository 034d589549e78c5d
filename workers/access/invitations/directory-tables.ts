import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id, OrganisationId } from '#kernel'
import { fingerprinted, sealed } from '#shards'
import type { Grant, Role, UserRecord } from '../user.ts'

/** Somebody who was asked to open an account. The secret is in their e-mail only; its SHA-256 is kept. */
export const invitations = sqliteTable(
  'invitations',
  {
    id: text('id').$type<Id<'invitation'>>().primaryKey(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    secretHash: text('secret_hash').notNull(),
    record: sealed<UserRecord>('record').notNull(),
    emailFingerprint: fingerprinted('email_fingerprint').notNull(),
    role: text('role').$type<Role>().notNull(),
    grants: text('grants', { mode: 'json' }).$type<Grant[]>().notNull(),
    yearGroups: text('year_groups', { mode: 'json' }).$type<string[]>(),
    invitedBy: text('invited_by').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
    acceptedAtMs: integer('accepted_at_ms'),
    withdrawnAtMs: integer('withdrawn_at_ms'),
  },
  (table) => [
    uniqueIndex('invitations_by_secret').on(table.secretHash),
    index('invitations_by_organisation').on(table.organisationId, table.id),
    index('invitations_by_time').on(table.createdAtMs),
    index('invitations_by_inviter').on(table.invitedBy),
  ],
)
