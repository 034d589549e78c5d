import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import { can, type Import } from './import.ts'
import { destroyObjects } from './files/objects.ts'
import * as store from './store.ts'

/** Forgets a file that nobody wants applied: the roll stays as it is, and all that was read is destroyed. */
export async function discard(
  school: School,
  files: R2Bucket,
  imported: Import,
): Promise<Refusal<'already-closed'> | undefined> {
  if (!can('discard', imported)) return refuse('already-closed')

  const isDiscarded = await school.commit(
    store.discarded(school, imported.id),
    audit.entry(school, 'import.discarded', imported.id),
  )
  if (!isDiscarded) return refuse('already-closed')
  await destroyObjects(school, files, { ...imported, kept: 'nothing' })
  await school.write(store.cleared(school, imported.id, 'nothing'))
  return undefined
}
