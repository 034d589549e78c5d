import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Id, SchoolId } from '#kernel'
import { fingerprinted } from '#shards'

/** Who asked not to be sent non-essential messages, by which number or address, how and when. */
export const optOuts = sqliteTable(
  'opt_outs',
  {
    id: text('id').$type<Id<'opt-out'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    channel: text('channel').$type<'sms' | 'email' | 'voice'>().notNull(),
    fingerprint: fingerprinted('fingerprint').notNull(),
    source: text('source').$type<'stop' | 'school' | 'mis' | 'person'>().notNull(),
    atMs: integer('at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
  },
  (table) => [index('opt_outs_by_fingerprint').on(table.schoolId, table.fingerprint)],
)

/** Who agreed to marketing beforehand, by which number or address, who told us and when. */
export const optIns = sqliteTable(
  'opt_ins',
  {
    id: text('id').$type<Id<'opt-in'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    channel: text('channel').$type<'sms' | 'email' | 'voice'>().notNull(),
    fingerprint: fingerprinted('fingerprint').notNull(),
    source: text('source').$type<'mis'>().notNull(),
    atMs: integer('at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
  },
  (table) => [index('opt_ins_by_fingerprint').on(table.schoolId, table.fingerprint)],
)
