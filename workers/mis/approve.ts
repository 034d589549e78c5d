import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import { can, type Import } from './import.ts'
import * as store from './store.ts'

/**
 * Somebody says, under their name, that so many pupils have really left, that a restricted contact is
 * really gone, or whatever else it was held for. It is still to be applied.
 */
export async function approve(
  school: School,
  imported: Import,
): Promise<Refusal<'not-held'> | undefined> {
  if (!can('approve', imported)) return refuse('not-held')

  const { heldBecause, counts } = imported
  const leaving = counts?.pupils.leaving ?? 0
  const facts = {
    heldBecause,
    leaving,
    restrictedDropped: counts?.restrictions.dropped ?? 0,
    restrictionsEnded: counts?.restrictions.ended ?? 0,
    contactsLeft: counts?.contacts.leaving ?? 0,
    pointsEnded: counts?.points.ended ?? 0,
    ...(counts?.conduct && { entriesRemoved: counts.conduct.removed }),
  }
  const isApproved = await school.commit(
    store.approved(school, imported.id),
    audit.entry(school, 'import.approved', imported.id, facts),
  )
  return isApproved ? undefined : refuse('not-held')
}
