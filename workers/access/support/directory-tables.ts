import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Id, OrganisationId, SupportAccessId, UserId } from '#kernel'
import { fingerprinted, sealed } from '#shards'
import type { Role } from '../user.ts'

/**
 * A code that a person of a school reads out to the operator's support, to let them in for half an hour
 * (PRODUCT 3.6).
 */
export const screenings = sqliteTable(
  'screenings',
  {
    id: text('id').$type<Id<'screening'>>().primaryKey(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    /** Whose code it is: support comes in at their level or lower. */
    userId: text('user_id').$type<UserId>().notNull(),
    /** Of the six digits, under the directory's key. */
    code: fingerprinted('code').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
    /** Used, or replaced by a newer one. */
    closedAtMs: integer('closed_at_ms'),
  },
  (table) => [
    index('screenings_by_organisation').on(table.organisationId, table.code),
    index('screenings_by_end').on(table.expiresAtMs),
  ],
)

/** Somebody of the operator in a customer's area: by whose leave, at which level, why, until when. */
export type SupportAccessRecord = { reason: string }

export const supportAccesses = sqliteTable(
  'support_accesses',
  {
    id: text('id').$type<SupportAccessId>().primaryKey(),
    /** The customer. */
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    operatorId: text('operator_id').$type<UserId>().notNull(),
    operatorRole: text('operator_role').$type<Role>().notNull(),
    /** Whose code let them in; null for the operator's Administrator, who needs none (PRODUCT 3.8). */
    screenedBy: text('screened_by').$type<UserId>(),
    /** As which role, and with which year groups, they are in the customer's area. */
    role: text('role').$type<Role>().notNull(),
    yearGroups: text('year_groups', { mode: 'json' }).$type<string[]>(),
    /** Under the customer's key. */
    record: sealed<SupportAccessRecord>('record').notNull(),
    startedAtMs: integer('started_at_ms').notNull(),
    endsAtMs: integer('ends_at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
    /** Who ended it before its time. */
    endedBy: text('ended_by').$type<UserId>(),
    /** When the customer's trail told of the end, whichever way it came. */
    toldAtMs: integer('told_at_ms'),
  },
  (table) => [
    index('support_accesses_by_organisation').on(table.organisationId, table.id),
    index('support_accesses_by_operator').on(table.operatorId, table.endsAtMs),
    index('support_accesses_by_lender').on(table.screenedBy, table.endsAtMs),
    // Asked each minute: of which end no trail tells yet.
    index('support_accesses_not_told')
      .on(table.endsAtMs)
      .where(sql`told_at_ms is null`),
    // Asked with every page: who of the operator is in a customer's area now.
    index('support_accesses_not_ended')
      .on(table.organisationId, table.endsAtMs)
      .where(sql`ended_at_ms is null`),
  ],
)

/** PRODUCT 3.8: what leaves a customer's area in bulk, by one person's wish and another's leave. */
export type BulkExportRecord = { reason: string }

export const bulkExports = sqliteTable(
  'bulk_exports',
  {
    id: text('id').$type<Id<'bulk-export'>>().primaryKey(),
    /** The customer. */
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    what: text('what').$type<'trail' | 'users'>().notNull(),
    /** Under the customer's key. */
    record: sealed<BulkExportRecord>('record').notNull(),
    requestedBy: text('requested_by').$type<UserId>().notNull(),
    requestedAtMs: integer('requested_at_ms').notNull(),
    /** Somebody else; null while nobody decided. */
    decidedBy: text('decided_by').$type<UserId>(),
    decision: text('decision').$type<'approved' | 'refused'>(),
    decidedAtMs: integer('decided_at_ms'),
    /** Fetched once, by whoever asked. */
    fetchedAtMs: integer('fetched_at_ms'),
  },
  (table) => [index('bulk_exports_by_time').on(table.requestedAtMs)],
)
