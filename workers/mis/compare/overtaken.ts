import { and, desc, eq, gt, or } from 'drizzle-orm'
import type { AgentId } from '#kernel'
import type { School, Write } from '#shards'
import type { Import } from '../import.ts'
import { opened } from '../store.ts'
import { imports } from '../tables.ts'

/**
 * The applied import that this one comes too late after: it would take the school back to before it. Parts of
 * one export were taken at one moment, so none overtakes another.
 */
export async function overtakenBy(school: School, imported: Import): Promise<Import | undefined> {
  const [row] = await newer(school, imported)
  return row && opened(school, row)
}

/** Makes a commit fail if it has been overtaken by then. */
export const notOvertaken = (school: School, imported: Import): Write =>
  school.expectNone(newer(school, imported))

/**
 * A list of everybody is overtaken by a newer list of everybody, and by whatever somebody uploaded since. One of
 * some, and rows, only by the same feed: last night's Year 8 says nothing of Year 7. What somebody uploaded of some
 * pupils came by none: whoever applies it has it before their eyes.
 */
function newer(school: School, { data, takenAtMs, isPartial, agentId, feed }: Import) {
  const isOfEverybody = !isPartial && (data === 'roster' || data === 'staff')
  return school.db
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.schoolId, school.id),
        eq(imports.state, 'applied'),
        eq(imports.data, data),
        gt(imports.takenAtMs, takenAtMs),
        isOfEverybody
          ? or(eq(imports.isPartial, false), eq(imports.source, 'browser'))
          : and(eq(imports.agentId, agentId ?? NONE), eq(imports.feed, feed ?? '')),
      ),
    )
    .orderBy(desc(imports.takenAtMs))
    .limit(1)
}

/** No agent's: what has no feed is overtaken by nothing. */
const NONE = '' as AgentId
