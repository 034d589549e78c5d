import * as audit from '#audit'
import * as delivery from '#delivery'
import type { ContactId } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import { nobody } from './audience.ts'

/**
 * Stops what is on its way to contacts who have just been restricted. Recipients are worked out when
 * a message leaves, so a restriction holds for all that leave later; this is for texts that have left
 * but that no carrier has yet. It stops more than it must (anything to their numbers, whichever
 * child it is about) rather than less.
 */
export async function withhold(school: School, contacts: readonly ContactId[]): Promise<void> {
  if (contacts.length === 0) return
  const { direct } = await people.circle(school, { ...nobody, contacts: [...contacts] })
  const fingerprints = direct.flatMap(({ points }) => points.map(({ fingerprint }) => fingerprint))
  if (fingerprints.length === 0) return

  const [first] = contacts
  await school.commit(
    [delivery.withheld(school, fingerprints)],
    audit.entry(school, 'parcels.withheld', first as ContactId, { contacts: contacts.length }),
  )
}
