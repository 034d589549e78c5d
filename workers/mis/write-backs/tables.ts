import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AgentId, PointId, PupilId, SchoolId, WriteBackId } from '#kernel'
import { sealed } from '#shards'
import type { Kept, WriteBackKind, WriteBackState } from './write-back.ts'

/** Decisions made here that the school's own system does not know yet, and what became of each. */
export const writeBacks = sqliteTable(
  'write_backs',
  {
    id: text('id').$type<WriteBackId>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    kind: text('kind').$type<WriteBackKind>().notNull(),
    /** Whose mark, or which number or address. */
    aboutId: text('about_id').$type<PupilId | PointId>().notNull(),
    state: text('state').$type<WriteBackState>().notNull(),
    record: sealed<Kept>('record').notNull(),
    createdBy: text('created_by').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    collectedBy: text('collected_by').$type<AgentId>(),
    collectedAtMs: integer('collected_at_ms'),
    closedAtMs: integer('closed_at_ms'),
  },
  (table) => [
    index('write_backs_by_state').on(table.schoolId, table.state, table.id),
    index('write_backs_by_about').on(table.schoolId, table.aboutId, table.id),
  ],
)
