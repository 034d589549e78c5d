import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id, PupilId, SchoolId } from '#kernel'
import { fingerprinted, sealed } from '#shards'
import type { ConductKind, ConductRecord } from './conduct.ts'
import type { Month } from './mark.ts'
import type { PageRecord } from './register-page.ts'

/** A pupil's marks of one month, so that a school's year is some 18,000 rows and not half a million. */
export const registerPages = sqliteTable(
  'register_pages',
  {
    id: text('id').$type<Id<'register-page'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    pupilId: text('pupil_id').$type<PupilId>().notNull(),
    month: text('month').$type<Month>().notNull(),
    record: sealed<PageRecord>('record').notNull(),
    /** One more with each change: what a change relies on not to have moved. */
    version: integer('version').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
  },
  (table) => [
    uniqueIndex('register_pages_by_pupil').on(table.schoolId, table.pupilId, table.month),
  ],
)

/** Behaviour incidents, achievements and detentions. */
export const conductRecords = sqliteTable(
  'conduct_records',
  {
    id: text('id').$type<Id<'conduct'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    pupilId: text('pupil_id').$type<PupilId>().notNull(),
    kind: text('kind').$type<ConductKind>().notNull(),
    month: text('month').$type<Month>().notNull(),
    record: sealed<ConductRecord>('record').notNull(),
    /** By what the next file finds it again: the source's id of it, or all that it says. */
    sourceFingerprint: fingerprinted('source_fingerprint').notNull(),
    /** Of everything the last import said of it: the same again changes nothing. */
    digest: fingerprinted('digest').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
  },
  (table) => [
    uniqueIndex('conduct_records_by_source').on(table.schoolId, table.sourceFingerprint),
    index('conduct_records_by_pupil').on(table.schoolId, table.pupilId, table.month),
    index('conduct_records_by_kind').on(table.schoolId, table.kind, table.month),
  ],
)
