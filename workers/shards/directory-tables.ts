import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { OrganisationId } from '#kernel'

/** Which shard holds which organisation's data. */
export const placements = sqliteTable(
  'placements',
  {
    organisationId: text('organisation_id').$type<OrganisationId>().primaryKey(),
    shard: integer('shard').notNull(),
  },
  (table) => [index('placements_by_shard').on(table.shard)],
)
