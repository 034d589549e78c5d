import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import { can, type Import } from './import.ts'
import * as store from './store.ts'

/** Somebody says, under their name, that so many pupils have really left. It is still to be applied. */
export async function approve(
  school: School,
  imported: Import,
): Promise<Refusal<'not-held'> | undefined> {
  if (!can('approve', imported)) return refuse('not-held')

  const facts = { heldBecause: imported.heldBecause, leaving: imported.counts?.pupils.leaving ?? 0 }
  const isApproved = await school.commit(
    store.approved(school, imported.id),
    audit.entry(school, 'import.approved', imported.id, facts),
  )
  return isApproved ? undefined : refuse('not-held')
}
