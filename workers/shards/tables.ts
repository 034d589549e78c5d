import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable } from 'drizzle-orm/sqlite-core'

/**
 * Empty for ever: `expect` inserts whether what was read still holds; the CHECK fails the whole
 * batch if not, and a trigger takes the row away if so.
 */
export const expectations = sqliteTable(
  'expectations',
  { held: integer('held').notNull() },
  (table) => [check('expectation_held', sql`${table.held} = 1`)],
)
