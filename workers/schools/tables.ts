import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id, Millipence, SchoolId } from '#kernel'
import type { CreditKind } from './credit.ts'

/**
 * What a school bought and spent, in thousandths of a penny: money in is positive, money out
 * negative, and the balance is the sum. Triggers refuse every change and removal.
 */
export const creditEntries = sqliteTable(
  'credit_entries',
  {
    id: text('id').$type<Id<'credit'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    kind: text('kind').$type<CreditKind>().notNull(),
    millipence: integer('millipence').$type<Millipence>().notNull(),
    /** A message's id, or a code such as `first-credit`. */
    subject: text('subject').notNull(),
    atMs: integer('at_ms').notNull(),
    actorId: text('actor_id').notNull(),
  },
  (table) => [
    // Holds what the balance and the accounts of a month add up, so that both are read from it alone.
    index('credit_entries_sum').on(table.schoolId, table.kind, table.atMs, table.millipence),
    // A message is paid for once, however often its job is delivered.
    uniqueIndex('credit_entries_spent_once')
      .on(table.schoolId, table.subject)
      .where(sql`kind = 'spent'`),
    // And what it did not cost comes back once.
    uniqueIndex('credit_entries_returned_once')
      .on(table.schoolId, table.subject)
      .where(sql`kind = 'returned'`),
  ],
)
