import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { OrganisationId, UserId } from '#kernel'
import { fingerprinted, sealed } from '#shards'
import type { Role, UserRecord, UserState } from './user.ts'

/** Who may sign in. One row a person; a shared account would be one that the sessions list shows. */
export const users = sqliteTable(
  'users',
  {
    id: text('id').$type<UserId>().primaryKey(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    role: text('role').$type<Role>().notNull(),
    yearGroups: text('year_groups', { mode: 'json' }).$type<string[]>(),
    /** Under the organisation's key, so that it goes when the organisation's key goes. */
    record: sealed<UserRecord>('record').notNull(),
    /** Under the directory's key: at sign-in nobody knows yet which organisation it is. */
    emailFingerprint: fingerprinted('email_fingerprint').notNull(),
    /** scrypt with its parameters and salt; says nothing about the password. */
    passwordHash: text('password_hash').notNull(),
    state: text('state').$type<UserState>().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    lastSignInAtMs: integer('last_sign_in_at_ms'),
  },
  (table) => [
    uniqueIndex('users_by_email').on(table.emailFingerprint),
    index('users_by_organisation').on(table.organisationId),
  ],
)

/** Who is signed in. The token itself is with the browser only; its SHA-256 is what is kept. */
export const sessions = sqliteTable(
  'sessions',
  {
    idHash: text('id_hash').primaryKey(),
    userId: text('user_id').$type<UserId>().notNull(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    seenAtMs: integer('seen_at_ms').notNull(),
    /** However busy, it is over by then. */
    endsAtMs: integer('ends_at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
  },
  (table) => [
    index('sessions_by_user').on(table.userId),
    index('sessions_by_end').on(table.endsAtMs),
  ],
)

/** Guesses that did not succeed, or whose answer is still out; a few minutes of them. */
export const signInFailures = sqliteTable(
  'sign_in_failures',
  {
    id: text('id').primaryKey(),
    /** Of the account guessed at, or of the network address it came from. */
    key: fingerprinted('key').notNull(),
    atMs: integer('at_ms').notNull(),
  },
  (table) => [
    index('sign_in_failures_by_key').on(table.key, table.atMs),
    index('sign_in_failures_by_time').on(table.atMs),
  ],
)
