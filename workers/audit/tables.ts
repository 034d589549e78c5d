import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id, SchoolId } from '#kernel'
import type { FromWhere } from '#shards'
import type { Facts } from './facts.ts'

/**
 * What was done in a school, by whom, to what. Triggers refuse every change and removal but the one
 * that gives an entry its place in the chain.
 */
export const trail = sqliteTable(
  'trail',
  {
    id: text('id').$type<Id<'entry'>>().primaryKey(),
    schoolId: text('school_id').$type<SchoolId>().notNull(),
    atMs: integer('at_ms').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    /** Country and pseudonym of the network that a person acted from; null where a machine did. */
    fromWhere: text('from_where').$type<FromWhere>(),
    /** Ids, counts and kebab words. Never a person's data. */
    facts: text('facts', { mode: 'json' }).$type<Facts>().notNull(),
    /** Place in the chain from 1; null until the next sealing. */
    position: integer('position'),
    /** SHA-256 over this entry and the digest before it; null until sealed. */
    digest: text('digest'),
  },
  (table) => [
    uniqueIndex('trail_by_position').on(table.schoolId, table.position),
    /** Ids sort by time: pages of the newest read just what they show. */
    index('trail_by_id').on(table.schoolId, table.id),
    /** Each way to look something up ends in the id, so that its newest come without sorting. */
    index('trail_by_subject').on(table.schoolId, table.subject, table.id),
    index('trail_by_actor').on(table.schoolId, table.actorId, table.id),
    index('trail_by_action').on(table.schoolId, table.action, table.id),
    index('trail_by_operator')
      .on(table.schoolId, table.id)
      .where(sql`actor_kind = 'operator'`),
    index('trail_unsealed')
      .on(table.schoolId)
      .where(sql`position is null`),
  ],
)

/** The end of each school's chain. A copy goes to the bucket, so that this row alone proves nothing. */
export const trailHeads = sqliteTable('trail_heads', {
  schoolId: text('school_id').$type<SchoolId>().primaryKey(),
  position: integer('position').notNull(),
  digest: text('digest').notNull(),
  sealedAtMs: integer('sealed_at_ms').notNull(),
})
