import { type ContactId, newId, type PupilId } from '#kernel'
import type { RestrictionSaved } from '#people'
import type { Joined } from './file-people.ts'
import type { Known } from './known.ts'
import type { DroppedContact, PlannedWrites } from './plan.ts'
import type { Topic } from '../read/tells.ts'

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
  { takenAtMs, nowMs }: AsOf,
  writes: PlannedWrites,
): void {
  const held = new Map(
    known.snapshot.restrictions
      .filter((each) => each.source === 'mis')
      .map((each) => [`${each.contactId} ${each.pupilId}`, each]),
  )
  for (const { id: pupilId, ties } of pupils) {
    for (const { contact, mayNotBeContacted } of ties) {
      const there = held.get(`${contact.id} ${pupilId}`)
      if (mayNotBeContacted && !there) {
        writes.restrictions.push(restrictionFromMis(contact.id, pupilId, nowMs))
      } else if (!mayNotBeContacted && there && tells.has('no-contact')) {
        if (mayEnd(there, takenAtMs)) writes.restrictionsEnded.push(there.id)
      }
    }
  }
}

/** `takenAtMs`: as of when what is planned speaks; `nowMs`: when it is compared. */
export type AsOf = { takenAtMs: number; nowMs: number }

/** An export that was made before an order came knows nothing of it, so it cannot end it. */
export const mayEnd = ({ startsAtMs }: { startsAtMs: number }, takenAtMs: number): boolean =>
  startsAtMs <= takenAtMs

/** "Do not contact" marks of the school's own system that stand. */
export const countFromMis = ({ snapshot }: Known): number =>
  snapshot.restrictions.filter(({ source }) => source === 'mis').length

export const restrictionFromMis = (
  contactId: ContactId,
  pupilId: PupilId,
  nowMs: number,
): RestrictionSaved => ({
  id: newId('restriction', nowMs),
  contactId,
  pupilId,
  scope: 'all-contact',
  record: { reason: MARKED, evidence: null, owner: null },
  source: 'mis',
  startsAtMs: nowMs,
  reviewAtMs: null,
})

/**
 * Contacts whom a restriction is laid on, by the school or by the MIS, and whose tie to a child that it
 * is about would end. It holds on, but the one who takes their place has none.
 */
export function thoseDropped(
  { snapshot }: Known,
  { tiesEnded }: Pick<PlannedWrites, 'tiesEnded'>,
): DroppedContact[] {
  const ended = new Set(tiesEnded)
  return snapshot.relationships
    .filter(({ id, contactId, pupilId }) => {
      const isAbout = (one: { contactId: string; pupilId: string | null }) =>
        one.contactId === contactId && (one.pupilId === null || one.pupilId === pupilId)
      return ended.has(id) && snapshot.restrictions.some(isAbout)
    })
    .map(({ pupilId, contactId }) => ({ pupilId, contactId }))
}
