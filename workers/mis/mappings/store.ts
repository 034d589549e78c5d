import { and, desc, eq, ne } from 'drizzle-orm'
import type { Id } from '#kernel'
import type { School, Statement, Write } from '#shards'
import type { Fingerprint } from '#vault'
import type { ImportMapping } from './import-mapping.ts'
import { importMappings } from '../tables.ts'

/** A school has one for each export it uses; these are more than any has. */
const LISTED = 200

export type SavedMapping = ImportMapping & { changedAtMs: number }

/** Those that were changed last first. */
export async function list(school: School): Promise<SavedMapping[]> {
  const rows = await school.db
    .select()
    .from(importMappings)
    .where(eq(importMappings.schoolId, school.id))
    .orderBy(desc(importMappings.changedAtMs), desc(importMappings.id))
    .limit(LISTED)
  return Promise.all(rows.map((row) => opened(school, row)))
}

export async function find(school: School, id: Id<'mapping'>): Promise<SavedMapping | undefined> {
  const [row] = await school.db.select().from(importMappings).where(its(school, id))
  return row && opened(school, row)
}

/** Makes a commit fail if another mapping has these headings already. */
export const noneWithHeadings = (
  school: School,
  headings: Fingerprint,
  but: Id<'mapping'>,
): Statement =>
  school.expectNone(
    school.db
      .select()
      .from(importMappings)
      .where(
        and(
          eq(importMappings.schoolId, school.id),
          eq(importMappings.headersFingerprint, headings),
          ne(importMappings.id, but),
        ),
      ),
  )

export const removed = (school: School, id: Id<'mapping'>): Write[] => [
  school.expect(school.db.select().from(importMappings).where(its(school, id))),
  school.db.delete(importMappings).where(its(school, id)),
]

const its = (school: School, id: Id<'mapping'>) =>
  and(eq(importMappings.schoolId, school.id), eq(importMappings.id, id))

const opened = async (
  school: School,
  { id, record, changedAtMs }: typeof importMappings.$inferSelect,
): Promise<SavedMapping> => ({
  id,
  changedAtMs,
  ...(await school.open(importMappings.record, id, record)),
})
