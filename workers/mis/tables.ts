import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id, ImportId, SchoolId, UserId } from '#kernel'
import { fingerprinted, sealed } from '#shards'
import type {
  Counts,
  HeldBecause,
  ImportKind,
  ImportRecord,
  ImportSource,
  ImportState,
  Kept,
} from './import.ts'
import type { MappingRecord } from './mappings/import-mapping.ts'
import type { PushProblem } from './push/problem.ts'
import type { PushKind } from './push/wire.ts'

/** Files that somebody uploaded or an agent sent, and what became of them. Their contents are sealed in the bucket. */
export const imports = sqliteTable(
  'imports',
  {
    id: text('id').$type<ImportId>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    state: text('state').$type<ImportState>().notNull(),
    kind: text('kind').$type<ImportKind>().notNull(),
    source: text('source').$type<ImportSource>().notNull(),
    agentId: text('agent_id').$type<Id<'agent'>>(),
    /** Of what the file speaks: rosters, registers and so on. */
    data: text('data').$type<PushKind>().notNull(),
    /** As of when it speaks: when the export was made, or when somebody uploaded it. */
    takenAtMs: integer('taken_at_ms').notNull(),
    /** What the agent’s configuration calls the feed that it came by. */
    feed: text('feed'),
    refusedBecause: text('refused_because').$type<PushProblem>(),
    record: sealed<ImportRecord>('record').notNull(),
    /** Whoever uploaded it said that it lists some pupils only: nobody leaves by it. */
    isPartial: integer('is_partial', { mode: 'boolean' }).notNull(),
    /** Of the file's SHA-256, so that the same file is known again. */
    fileFingerprint: fingerprinted('file_fingerprint').notNull(),
    mappingId: text('mapping_id').$type<Id<'mapping'>>(),
    counts: text('counts', { mode: 'json' }).$type<Counts>(),
    /** How many imports had been applied when this one was compared with the roll. */
    comparedAfter: integer('compared_after'),
    /** Of what it would write: whether that is still what somebody looked at. */
    planFingerprint: fingerprinted('plan_fingerprint'),
    heldBecause: text('held_because').$type<HeldBecause>(),
    approvedBy: text('approved_by').$type<UserId>(),
    /** Whether it says which school it is of, so that the next one can be compared with it. */
    namesSchool: integer('names_school', { mode: 'boolean' }),
    /** Place among the applied ones, from 1: what a second import relies on not to have moved. */
    position: integer('position'),
    kept: text('kept').$type<Kept>().notNull(),
    /** Under which name what was read and reported is in the bucket: what another comparison left counts no more. */
    findings: text('findings').$type<Id<'findings'>>(),
    createdBy: text('created_by').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    closedAtMs: integer('closed_at_ms'),
  },
  (table) => [
    uniqueIndex('imports_by_position').on(table.schoolId, table.position),
    index('imports_naming_school')
      .on(table.schoolId, table.position)
      .where(sql`names_school = 1`),
    index('imports_by_file').on(table.schoolId, table.fileFingerprint),
    index('imports_by_time').on(table.schoolId, table.createdAtMs),
  ],
)

/** What the columns of a school's CSV files mean, found again by the headings of the next file. */
export const importMappings = sqliteTable(
  'import_mappings',
  {
    id: text('id').$type<Id<'mapping'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    record: sealed<MappingRecord>('record').notNull(),
    headersFingerprint: fingerprinted('headers_fingerprint').notNull(),
    changedAtMs: integer('changed_at_ms').notNull(),
  },
  (table) => [
    uniqueIndex('import_mappings_by_headers').on(table.schoolId, table.headersFingerprint),
  ],
)
