import { and, between, eq, getTableName, type SQL, sql } from 'drizzle-orm'
import { type Id, inBatches, type PupilId } from '#kernel'
import { anyOf, insertAll, type School, type Statement, statement } from '#shards'
import type { Month } from './mark.ts'
import type { PageRecord, RegisterPage } from './register-page.ts'
import { type conductRecords, registerPages } from './tables.ts'

/** Rows opened or sealed side by side: enough to keep the cipher busy, few enough for the memory. */
const AT_ONCE = 500

/** These pupils' pages of one month. */
export async function pagesOf(
  school: School,
  month: Month,
  pupils: readonly PupilId[],
): Promise<Map<PupilId, RegisterPage>> {
  const rows = await school.db
    .select()
    .from(registerPages)
    .where(theirs(school, month, pupils))
  const pages = new Map<PupilId, RegisterPage>()
  for (const batch of inBatches(rows, AT_ONCE)) {
    const opened = await Promise.all(batch.map((row) => openedPage(school, row)))
    batch.forEach((row, at) => pages.set(row.pupilId, opened[at] as RegisterPage))
  }
  return pages
}

/** One pupil's pages from that month to that one, in order. */
export async function pagesBetween(
  school: School,
  pupilId: PupilId,
  first: Month,
  last: Month,
): Promise<RegisterPage[]> {
  const rows = await school.db
    .select()
    .from(registerPages)
    .where(
      and(
        eq(registerPages.schoolId, school.id),
        eq(registerPages.pupilId, pupilId),
        between(registerPages.month, first, last),
      ),
    )
    .orderBy(registerPages.month)
  return Promise.all(rows.map((row) => openedPage(school, row)))
}

/** Makes a commit fail if one of these pages was changed, or another begun, meanwhile. */
export const pagesUnmoved = (
  school: School,
  month: Month,
  pupils: readonly PupilId[],
  known: Iterable<RegisterPage>,
): Statement => {
  const versions = [...known].reduce((sum, { version }) => sum + version, 0)
  return unmoved(
    school,
    sql`(select coalesce(sum(${registerPages.version}), 0) from ${registerPages}
      where ${theirs(school, month, pupils)}) = ${versions}`,
  )
}

export type PageWritten = PageRecord & {
  id: Id<'register-page'>
  pupilId: PupilId
  month: Month
  version: number
}

export async function pagesWritten(
  school: School,
  pages: readonly PageWritten[],
): Promise<Statement[]> {
  const rows: (typeof registerPages.$inferInsert)[] = []
  for (const batch of inBatches(pages, AT_ONCE)) {
    rows.push(...(await Promise.all(batch.map((page) => sealedPage(school, page)))))
  }
  return replaced(registerPages, rows, ['record', 'version'])
}

async function sealedPage(
  school: School,
  { id, pupilId, month, version, marks, amendments }: PageWritten,
) {
  const record = await school.seal(registerPages.record, id, { marks, amendments })
  const createdAtMs = school.clock.now()
  return { id, schoolId: school.id, pupilId, month, version, record, createdAtMs }
}

async function openedPage(
  school: School,
  { id, month, version, record }: typeof registerPages.$inferSelect,
): Promise<RegisterPage> {
  return { id, month, version, ...(await school.open(registerPages.record, id, record)) }
}

const theirs = (school: School, month: Month, pupils: readonly PupilId[]) =>
  and(
    eq(registerPages.schoolId, school.id),
    eq(registerPages.month, month),
    anyOf(registerPages.pupilId, pupils),
  )

export const unmoved = (school: School, isSo: SQL): Statement =>
  school.expect({ toSQL: () => statement(sql`select 1 where ${isSo}`) })

/** Inserts rows; of one that this school has already, changes the named columns. */
export function replaced<T extends typeof registerPages | typeof conductRecords>(
  table: T,
  rows: readonly T['$inferInsert'][],
  columns: readonly string[],
): Statement[] {
  const sets = columns.map((column) => `"${column}" = excluded."${column}"`).join(', ')
  const conflict = `where true on conflict (id) do update set ${sets}
    where "${getTableName(table)}".school_id = excluded.school_id`
  return insertAll(table, rows).map(({ sql: text, params }) => ({
    sql: `${text} ${conflict}`,
    params,
  }))
}
