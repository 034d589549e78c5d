import { and, eq } from 'drizzle-orm'
import type { Id } from '#kernel'
import type { School, Statement } from '#shards'
import type { Fingerprint } from '#vault'
import type { ImportMapping, MappingRecord } from './import-mapping.ts'
import { importMappings } from '../tables.ts'
import { nameOfItsOwn } from './names.ts'

export async function findMapping(
  school: School,
  headersFingerprint: Fingerprint,
): Promise<ImportMapping | undefined> {
  const [row] = await school.db
    .select()
    .from(importMappings)
    .where(
      and(
        eq(importMappings.schoolId, school.id),
        eq(importMappings.headersFingerprint, headersFingerprint),
      ),
    )
  return row && { id: row.id, ...(await school.open(importMappings.record, row.id, row.record)) }
}

/** Under a name of its own, even where the one that is asked for is another mapping's. */
export async function mappingSaved(
  school: School,
  id: Id<'mapping'>,
  { name, mapping }: MappingRecord,
  headersFingerprint: Fingerprint,
): Promise<Statement> {
  const record = { name: await nameOfItsOwn(school, name, id), mapping }
  const values = {
    record: await school.seal(importMappings.record, id, record),
    changedAtMs: school.clock.now(),
  }
  return school.db
    .insert(importMappings)
    .values({ id, schoolId: school.id, headersFingerprint, ...values })
    .onConflictDoUpdate({
      target: importMappings.id,
      set: values,
      setWhere: eq(importMappings.schoolId, school.id),
    })
    .toSQL()
}
