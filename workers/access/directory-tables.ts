import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id, OrganisationId, SupportAccessId, UserId } from '#kernel'
import { fingerprinted, sealed } from '#shards'
import type { Need, SessionRecord, VerifiedBy } from './session.ts'
import type { Grant, PasswordChange, Role, UserRecord, UserState } from './user.ts'

/** Who may sign in. One row a person; a shared account would be one that the sessions list shows. */
export const users = sqliteTable(
  'users',
  {
    id: text('id').$type<UserId>().primaryKey(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    role: text('role').$type<Role>().notNull(),
    grants: text('grants', { mode: 'json' }).$type<Grant[]>().notNull(),
    yearGroups: text('year_groups', { mode: 'json' }).$type<string[]>(),
    /** Under the organisation's key, so that it goes when the organisation's key goes. */
    record: sealed<UserRecord>('record').notNull(),
    /** Under the directory's key: at sign-in nobody knows yet which organisation it is. */
    emailFingerprint: fingerprinted('email_fingerprint').notNull(),
    /** scrypt with its parameters and salt; says nothing about the password. */
    passwordHash: text('password_hash').notNull(),
    passwordChangedAtMs: integer('password_changed_at_ms').notNull(),
    /** Why a new one must be chosen at the next sign-in; null where none must. */
    passwordChange: text('password_change').$type<PasswordChange>(),
    /** When the last reminder of a periodic change went out. */
    passwordRemindedAtMs: integer('password_reminded_at_ms'),
    state: text('state').$type<UserState>().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    lastSignInAtMs: integer('last_sign_in_at_ms'),
  },
  (table) => [
    // Whoever was removed may be invited again, by another school too.
    uniqueIndex('users_by_email')
      .on(table.emailFingerprint)
      .where(sql`state <> 'removed'`),
    index('users_by_organisation').on(table.organisationId),
    index('users_by_password_age').on(table.passwordChangedAtMs),
  ],
)

/** Who is signed in. The token itself is with the browser only; its SHA-256 is what is kept. */
export const sessions = sqliteTable(
  'sessions',
  {
    idHash: text('id_hash').primaryKey(),
    /** What lists and forms call it: it stays when the token is changed. */
    id: text('id').$type<Id<'session'>>().notNull(),
    userId: text('user_id').$type<UserId>().notNull(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    /** Which device, and where the platform says that it is. */
    record: sealed<SessionRecord>('record').notNull(),
    /** What must be done before anything else is seen; null for a session that is whole. */
    needs: text('needs').$type<Need>(),
    /** The second factor that was shown in it, if any was. */
    verifiedBy: text('verified_by').$type<VerifiedBy>(),
    /** When its person last proved who they are, beyond the cookie. */
    confirmedAtMs: integer('confirmed_at_ms').notNull(),
    /** The customer's area that an employee of the operator is in. */
    supportAccessId: text('support_access_id').$type<SupportAccessId>(),
    createdAtMs: integer('created_at_ms').notNull(),
    seenAtMs: integer('seen_at_ms').notNull(),
    /** Left alone for so long, it is over. */
    idleMs: integer('idle_ms').notNull(),
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
