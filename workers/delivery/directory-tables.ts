import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id } from '#kernel'

/** Jobs that a queue gave up on, kept until somebody of the operator looks. Bodies are ids only. */
export const deadLetters = sqliteTable(
  'dead_letters',
  {
    id: text('id').$type<Id<'dead-letter'>>().primaryKey(),
    /** The queue’s own name for the job: told of twice, it is kept once. */
    jobId: text('job_id').notNull(),
    queue: text('queue').$type<'sends' | 'delivery' | 'receipts' | 'imports'>().notNull(),
    body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
    atMs: integer('at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
    /** How it ended: put back on its queue, or let go. */
    ending: text('ending').$type<'retried' | 'discarded'>(),
  },
  (table) => [
    index('dead_letters_open').on(table.endedAtMs, table.atMs),
    uniqueIndex('dead_letters_by_job').on(table.queue, table.jobId),
  ],
)
