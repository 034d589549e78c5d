import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id, OrganisationId, UserId } from '#kernel'
import { sealed } from '#shards'
import type { Grant, Role } from '../user.ts'
import type { Decision } from './review.ts'
import type { TermName } from './term.ts'

/** PRODUCT 3.9: once a term, an organisation says of each of its users whether their level is still right. */
export const reviews = sqliteTable(
  'reviews',
  {
    id: text('id').$type<Id<'review'>>().primaryKey(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    /** "2026-autumn". */
    term: text('term').$type<TermName>().notNull(),
    openedAtMs: integer('opened_at_ms').notNull(),
    dueAtMs: integer('due_at_ms').notNull(),
    completedAtMs: integer('completed_at_ms'),
    completedBy: text('completed_by').$type<UserId>(),
    /** When the last reminder went out. */
    remindedAtMs: integer('reminded_at_ms'),
  },
  (table) => [
    uniqueIndex('reviews_by_term').on(table.organisationId, table.term),
    index('reviews_open')
      .on(table.organisationId, table.dueAtMs)
      .where(sql`completed_at_ms is null`),
  ],
)

/** What was decided about one person in a review, and what their level was then. */
export const reviewLines = sqliteTable(
  'review_lines',
  {
    id: text('id').$type<Id<'review-line'>>().primaryKey(),
    reviewId: text('review_id').$type<Id<'review'>>().notNull(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    userId: text('user_id').$type<UserId>().notNull(),
    role: text('role').$type<Role>().notNull(),
    grants: text('grants', { mode: 'json' }).$type<Grant[]>().notNull(),
    yearGroups: text('year_groups', { mode: 'json' }).$type<string[]>(),
    decision: text('decision').$type<Decision>().notNull(),
    /** In the decider's words, about a person: under the organisation's key. */
    note: sealed<string>('note'),
    decidedBy: text('decided_by').$type<UserId>().notNull(),
    decidedAtMs: integer('decided_at_ms').notNull(),
  },
  (table) => [uniqueIndex('review_lines_one_each').on(table.reviewId, table.userId)],
)
