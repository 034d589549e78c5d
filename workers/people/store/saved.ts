import { getTableName } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { inBatches } from '#kernel'
import { insertAll, type Statement } from '#shards'

const SEALED_AT_ONCE = 500

/**
 * Inserts rows, and where one with that id is there already changes the named columns of it, if it
 * is the same school's. `keep` says in SQL what becomes of a column that depends on the old row.
 */
export function saved<T extends SQLiteTable & { id: SQLiteColumn; schoolId: SQLiteColumn }>(
  table: T,
  rows: readonly T['$inferInsert'][],
  changed: readonly SQLiteColumn[],
  keep: Readonly<Record<string, string>> = {},
): Statement[] {
  const name = getTableName(table)
  const sets = [
    ...changed.map((column) => `"${column.name}" = excluded."${column.name}"`),
    ...Object.entries(keep).map(([column, sql]) => `"${column}" = ${sql}`),
  ].join(', ')
  const conflict = `where true on conflict (id) do update set ${sets} where "${name}".school_id = excluded.school_id`
  return insertAll(table, rows).map(({ sql, params }) => ({ sql: `${sql} ${conflict}`, params }))
}

/** Makes rows of many inputs, some at a time: each is sealed and fingerprinted on the way. */
export async function sealedRows<Input, Row>(
  inputs: readonly Input[],
  seal: (input: Input) => Promise<Row>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const batch of inBatches(inputs, SEALED_AT_ONCE)) {
    rows.push(...(await Promise.all(batch.map(seal))))
  }
  return rows
}
