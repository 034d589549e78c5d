import { and, eq } from 'drizzle-orm'
import type { Id } from '#kernel'
import type { School, Statement } from '#shards'
import type { Fingerprint } from '#vault'
import type { ImportMapping, MappingRecord } from './import-mapping.ts'
import { importMappings } from '../tables.ts'

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

export async function mappingSaved(
  school: School,
  id: Id<'mapping'>,
  record: MappingRecord,
  headersFingerprint: Fingerprint,
): Promise<Statement> {
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
