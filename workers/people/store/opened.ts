import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { inBatches } from '#kernel'
import type { School } from '#shards'
import type { Sealed } from '#vault'

/** Rows opened side by side: enough to keep the cipher busy, few enough to keep memory small. */
const OPENED_AT_ONCE = 500

/** A row with its record in the clear. */
export type Opened<Row> = Row extends { record: Sealed<infer T> }
  ? Omit<Row, 'record'> & { record: T }
  : never

/** Opens the records of many rows, in their order. Throws where one does not open. */
export async function opened<Row extends { id: string; record: Sealed<unknown> }>(
  school: School,
  column: SQLiteColumn,
  rows: readonly Row[],
): Promise<Opened<Row>[]> {
  const done: Opened<Row>[] = []
  for (const batch of inBatches(rows, OPENED_AT_ONCE)) {
    const records = await Promise.all(batch.map((row) => school.open(column, row.id, row.record)))
    batch.forEach((row, at) => done.push({ ...row, record: records[at] } as Opened<Row>))
  }
  return done
}
