import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import { atMost, type ImportId } from '#kernel'
import { anyOf, type School } from '#shards'
import type { Import, Kept } from '../import.ts'
import { OPENED_AT_ONCE, opened } from '../store.ts'
import { imports } from '../tables.ts'

/** Imports in one of these states, from before that time, of which more is kept than `kept`. */
export async function overdue(
  school: School,
  states: readonly Import['state'][],
  { beforeMs, kept, limit }: { beforeMs: number; kept: readonly Kept[]; limit: number },
): Promise<Import[]> {
  const rows = await school.db
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.schoolId, school.id),
        inArray(imports.state, [...states]),
        inArray(imports.kept, [...kept]),
        lt(sql`coalesce(${imports.closedAtMs}, ${imports.createdAtMs})`, beforeMs),
      ),
    )
    .limit(limit)
  return atMost(OPENED_AT_ONCE, rows, (row) => opened(school, row))
}

/** What of these imports is still to be kept. */
export const keptOf = (
  school: School,
  ids: readonly ImportId[],
): Promise<Pick<Import, 'id' | 'findings' | 'kept' | 'state'>[]> =>
  school.db
    .select({
      id: imports.id,
      findings: imports.findings,
      kept: imports.kept,
      state: imports.state,
    })
    .from(imports)
    .where(and(eq(imports.schoolId, school.id), anyOf(imports.id, ids)))
