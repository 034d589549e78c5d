import { and, eq, lt, ne, or } from 'drizzle-orm'
import * as audit from '#audit'
import { atMost } from '#kernel'
import type { School, Write } from '#shards'
import type { Fingerprint } from '#vault'
import { destroyObjects } from '../files/objects.ts'
import type { Import } from '../import.ts'
import * as store from '../store.ts'
import { imports } from '../tables.ts'

/** A night's export that is not looked at is replaced by the next night's, so there are never many. */
const MAX_REPLACED = 50
const AT_ONCE = 10
/** Kinds of which a full export is of everybody. */
const LISTS: readonly Import['data'][] = ['roster', 'staff', 'consents']

/**
 * Older exports of this feed that wait for an approval, where this one says all that they say: nobody need look at
 * last night's when tonight's is there. Only lists of people: marks and conduct are of days, and tonight's may be of
 * others than last night's.
 */
export async function heldBefore(
  school: School,
  { id, data, isPartial, agentId, feed, takenAtMs }: Import,
  digest: Fingerprint,
): Promise<Import[]> {
  if (isPartial || !LISTS.includes(data) || agentId === null || feed === null) return []
  const rows = await school.db
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.schoolId, school.id),
        eq(imports.state, 'held'),
        eq(imports.data, data),
        eq(imports.agentId, agentId),
        eq(imports.feed, feed),
        ne(imports.id, id),
        or(
          lt(imports.takenAtMs, takenAtMs),
          and(eq(imports.takenAtMs, takenAtMs), eq(imports.fileFingerprint, digest)),
        ),
      ),
    )
    .limit(MAX_REPLACED)
  return atMost(AT_ONCE, rows, (row) => store.opened(school, row))
}

/** For the commit of what replaces them: it fails where somebody has approved or discarded one meanwhile. */
export async function replaceWrites(
  school: School,
  older: readonly Import[],
  by: Pick<Import, 'id' | 'agentId' | 'data'>,
): Promise<Write[]> {
  const facts = { agent: by.agentId, kind: by.data, by: by.id }
  const writes = await atMost(AT_ONCE, older, async (each) => [
    ...(await store.replaced(school, each, by.id)),
    audit.entry(school, 'import.replaced', each.id, facts),
  ])
  return writes.flat()
}

/** What was read of them is of no more use. Where it stops in between, the clock goes on (`clearOld`). */
export async function forgetReplaced(
  school: School,
  files: R2Bucket,
  older: readonly Import[],
): Promise<void> {
  for (const { id } of older) {
    await destroyObjects(school, files, { id, findings: null, kept: 'nothing' })
    await school.write(store.cleared(school, id, 'nothing'))
  }
}
