import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id, OrganisationId, UserId } from '#kernel'
import { fingerprinted, sealed } from '#shards'

/** What a passkey is checked by (WebAuthn Level 3). The private part never leaves its owner's device. */
export type PasskeyRecord = { name: string; publicKey: string; transports: string[] }

export const passkeys = sqliteTable(
  'passkeys',
  {
    id: text('id').$type<Id<'passkey'>>().primaryKey(),
    userId: text('user_id').$type<UserId>().notNull(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    /** As the device names it, base64url: random, about nobody. */
    credentialId: text('credential_id').notNull(),
    record: sealed<PasskeyRecord>('record').notNull(),
    counter: integer('counter').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    lastUsedAtMs: integer('last_used_at_ms'),
  },
  (table) => [
    uniqueIndex('passkeys_by_credential').on(table.credentialId),
    index('passkeys_by_user').on(table.userId),
  ],
)

/** The secret that a person's authenticator app shares with us (RFC 6238). One a person. */
export type TotpRecord = { secret: string }

export const totps = sqliteTable('totps', {
  id: text('id').$type<UserId>().primaryKey(),
  organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
  record: sealed<TotpRecord>('record').notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
  /** The last time step whose code was used: no code works twice (RFC 6238 §5.2). */
  lastStep: integer('last_step'),
})

/** For whoever lost their second factor: each works once. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    id: text('id').$type<Id<'recovery-code'>>().primaryKey(),
    userId: text('user_id').$type<UserId>().notNull(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    code: fingerprinted('code').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    usedAtMs: integer('used_at_ms'),
  },
  (table) => [index('recovery_codes_by_user').on(table.userId)],
)

/** What a passkey must sign, once and soon. */
export const challenges = sqliteTable(
  'challenges',
  {
    id: text('id').$type<Id<'challenge'>>().primaryKey(),
    userId: text('user_id').$type<UserId>().notNull(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    purpose: text('purpose').$type<'enrol' | 'verify'>().notNull(),
    challenge: text('challenge').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
  },
  (table) => [
    index('challenges_by_user').on(table.userId),
    index('challenges_by_end').on(table.expiresAtMs),
  ],
)
