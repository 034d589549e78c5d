import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id, OrganisationId, UserId } from '#kernel'

/** Somebody who forgot their password and was sent a link. */
export const passwordResets = sqliteTable(
  'password_resets',
  {
    id: text('id').$type<Id<'password-reset'>>().primaryKey(),
    userId: text('user_id').$type<UserId>().notNull(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    secretHash: text('secret_hash').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
    usedAtMs: integer('used_at_ms'),
  },
  (table) => [
    uniqueIndex('password_resets_by_secret').on(table.secretHash),
    index('password_resets_by_user').on(table.userId),
  ],
)
