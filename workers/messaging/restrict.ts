import * as delivery from '#delivery'
import type { Refusal } from '#kernel'
import * as people from '#people'
import type { AddRefusal, RestrictionGiven, RestrictionId } from '#people'
import type { School } from '#shards'

/**
 * Lays a restriction on a contact and, in the same commit, stops what is on its way to them.
 * Recipients are worked out when a message leaves, so the restriction holds for all that leave later;
 * texts that have left and that no carrier has yet are withheld. It stops more than it must (anything
 * to their numbers, whichever child it is about) rather than less.
 */
export async function restrict(
  school: School,
  given: RestrictionGiven,
): Promise<RestrictionId | Refusal<AddRefusal>> {
  const fingerprints = await people.fingerprintsOf(school, [given.contactId])
  const withheld = delivery.withheld(school, fingerprints, { because: 'restricted' })
  return people.addRestriction(school, given, withheld)
}
