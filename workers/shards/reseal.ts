import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { type Sealed, sealedWith } from '#vault'
import type { AnyHolding } from './holding.ts'
import type { School } from './school.ts'
import type { Scope } from './scope.ts'
import type { Statement } from './statement.ts'

/** Rows resealed in one transaction: bounded so that no statement holds the database for long. */
const RESEALED_AT_ONCE = 500

/**
 * Seals up to one batch of a table's rows anew under the school's current key, after a rotation.
 * Returns how many rows it changed; zero means that this table is done. Sealed rows are keyed by `id`.
 * `where` has the table: the school's own shard, or the directory for what is sealed there under the
 * school's key.
 */
export async function reseal(
  school: School,
  holding: AnyHolding,
  where: Scope = school,
): Promise<number> {
  const columns = sealedColumns(holding)
  const name = getTableName(holding.table)
  const { current } = await school.keyring()
  const owner = ownerColumn(holding)
  let changed = 0
  for (const column of columns) {
    const old = await where.rows<{ id: string; sealed: Sealed<unknown> }>({
      sql: `select id, "${column.name}" as sealed from "${name}"
        where "${owner}" = ? and "${column.name}" is not null and substr("${column.name}", 1, ?) <> ?
        limit ?`,
      params: [school.id, sealedWith(current.id).length, sealedWith(current.id), RESEALED_AT_ONCE],
    })
    const writes = await Promise.all(old.map((row) => resealed(school, column, name, row)))
    await where.write(writes)
    changed += old.length
  }
  return changed
}

/** A shard's rows name their school, the directory's their organisation. */
const ownerColumn = ({ table }: AnyHolding): string =>
  'schoolId' in table ? 'school_id' : 'organisation_id'

const sealedColumns = (holding: AnyHolding): SQLiteColumn[] =>
  Object.entries(getTableColumns(holding.table) as Record<string, SQLiteColumn>)
    .filter(([key]) => holding.columns[key] === 'personal')
    .map(([, column]) => column)

async function resealed(
  school: School,
  column: SQLiteColumn,
  table: string,
  row: { id: string; sealed: Sealed<unknown> },
): Promise<Statement> {
  const value = await school.open(column, row.id, row.sealed)
  const again = await school.seal(column, row.id, value as never)
  return {
    // A row that was changed meanwhile is left alone: it is under the current key already.
    sql: `update "${table}" set "${column.name}" = ? where id = ? and "${column.name}" = ?`,
    params: [again, row.id, row.sealed],
  }
}
