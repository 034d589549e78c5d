import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import { type SQLiteColumn, SQLiteSyncDialect, type SQLiteTable } from 'drizzle-orm/sqlite-core'

/** A statement and its bound values: plain data that has not run yet. */
export type Statement = { readonly sql: string; readonly params: readonly unknown[] }

/** What a store's past participle returns: something to run in a commit, and nothing that has run. */
export type Write = Statement | { toSQL(): Statement }

// One bound value may be 2 MB in production (D1 limits page); local D1 does not enforce it.
const MAX_BOUND_CHARACTERS = 1_400_000
const dialect = new SQLiteSyncDialect()

export const statement = (query: SQL): Statement => dialect.sqlToQuery(query)

export const toStatement = (write: Write): Statement => ('toSQL' in write ? write.toSQL() : write)

/**
 * Inserts any number of rows with one bound value a statement (`json_each`), since D1 allows 100.
 * `conflict` says what happens to a row that is there already; without it the batch fails.
 */
export function insertAll<T extends SQLiteTable>(
  table: T,
  rows: readonly T['$inferInsert'][],
  conflict?: 'ignore' | 'replace',
): Statement[] {
  const columns = Object.entries(getTableColumns(table)) as [string, SQLiteColumn][]
  const name = getTableName(table)
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ')
  const values = columns.map((_, index) => `value ->> ${index}`).join(', ')
  const verb = conflict ? `insert or ${conflict}` : 'insert'
  const text = `${verb} into "${name}" (${names}) select ${values} from json_each(?)`
  return jsonChunks(rows.map((row) => driverValues(columns, row))).map((json) => ({
    sql: text,
    params: [json],
  }))
}

/** `column in (…)` for any number of values, as one bound value. */
export const anyOf = (column: SQLiteColumn | SQL, values: readonly (string | number)[]): SQL =>
  sql`${column} in (select value from json_each(${JSON.stringify(values)}))`

function driverValues(columns: [string, SQLiteColumn][], row: Record<string, unknown>): string {
  const values = columns.map(([key, column]) => {
    const value = row[key] ?? (column.default instanceof Object ? undefined : column.default)
    return value === undefined || value === null ? null : column.mapToDriverValue(value)
  })
  return JSON.stringify(values)
}

function jsonChunks(rows: readonly string[]): string[] {
  const chunks: string[] = []
  let current: string[] = []
  let length = 0
  for (const row of rows) {
    if (length + row.length > MAX_BOUND_CHARACTERS && current.length > 0) {
      chunks.push(`[${current.join(',')}]`)
      current = []
      length = 0
    }
    current.push(row)
    length += row.length + 1
  }
  if (current.length > 0) chunks.push(`[${current.join(',')}]`)
  return chunks
}
