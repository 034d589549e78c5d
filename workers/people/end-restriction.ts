import { type Refusal, refuse } from '#kernel'
import * as audit from '#audit'
import type { School } from '#shards'
import type { RestrictionId } from './restriction.ts'
import { findRestriction, restrictionEnded, stillHolds } from './store/restrictions.ts'

/** Why a restriction ends, as the person who ends it says; it stands in the trail. */
export type EndedBecause = 'order-ended' | 'entered-by-mistake' | 'replaced-by-another'

export type EndRefusal = 'no-such-restriction' | 'comes-from-mis' | 'already-ended'

/**
 * Ends a restriction that the school laid down itself. One from the MIS ends with the import that
 * no longer carries it: ended here, the next import would bring it back.
 */
export async function endRestriction(
  school: School,
  id: RestrictionId,
  because: EndedBecause,
): Promise<Refusal<EndRefusal> | undefined> {
  const found = await findRestriction(school, id)
  if (!found) return refuse('no-such-restriction')
  if (found.source === 'mis') return refuse('comes-from-mis')

  const { contactId, pupilId } = found
  const ended = await school.commit(
    stillHolds(school, id),
    restrictionEnded(school, id),
    audit.entry(school, 'restriction.ended', id, { contact: contactId, pupil: pupilId, because }),
  )
  return ended ? undefined : refuse('already-ended')
}
