import { newId } from '#kernel'
import type { Joined } from './join-contacts.ts'
import type { Known } from './known.ts'
import type { PlannedWrites } from './plan.ts'
import type { Topic } from './tells.ts'

const MARKED = 'Marked in the school’s own system: do not contact'

/**
 * A "do not contact" in the file holds from the import that carries it (PRODUCT 5.5), also where
 * somebody ended it here meanwhile. It ends only where a file that speaks of such marks lists the pair
 * without one; and what the school itself laid down no file can end.
 */
export function planRestrictions(
  known: Known,
  { pupils }: Joined,
  tells: ReadonlySet<Topic>,
  nowMs: number,
  writes: PlannedWrites,
): void {
  const held = new Map(
    known.snapshot.restrictions.map((each) => [`${each.contactId} ${each.pupilId}`, each.id]),
  )
  for (const { id: pupilId, ties } of pupils) {
    for (const { contact, mayNotBeContacted } of ties) {
      const there = held.get(`${contact.id} ${pupilId}`)
      if (mayNotBeContacted && !there) {
        writes.restrictions.push({
          id: newId('restriction', nowMs),
          contactId: contact.id,
          pupilId,
          scope: 'all-contact',
          record: { reason: MARKED, evidence: null, owner: null },
          source: 'mis',
          startsAtMs: nowMs,
          reviewAtMs: null,
        })
      } else if (!mayNotBeContacted && there && tells.has('no-contact')) {
        writes.restrictionsEnded.push(there)
      }
    }
  }
}
