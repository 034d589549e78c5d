import { type Counts, type HeldBecause, heldReasons } from './import.ts'

/** PRODUCT 5.4: a file that would remove more than 20% of the pupils is held for approval. */
export const HELD_ABOVE_SHARE = 0.2

export const removesMany = ({ pupils }: Pick<Counts, 'pupils'>): boolean =>
  pupils.leaving > pupils.here * HELD_ABOVE_SHARE

export const removesManyStaff = ({ staff }: Pick<Counts, 'staff'>): boolean =>
  staff !== undefined && staff.leaving > staff.here * HELD_ABOVE_SHARE

/** So few may go without anybody being asked, whatever share they are: a school deletes its mistakes. */
export const REMOVED_UNASKED = 5

/** As with pupils: an export that was cut short would take incidents from children who had them. */
export const removesManyRecords = ({ conduct }: Pick<Counts, 'conduct'>): boolean =>
  conduct !== undefined && isMany(conduct.removed, conduct.here)

/** An export that lost its contacts would take from every child whom to ring. */
export const removesManyContacts = ({ contacts }: Pick<Counts, 'contacts'>): boolean =>
  isMany(contacts.leaving, contacts.here)

/** A column that was mapped wrongly, or came empty, would take the numbers of everybody. */
export const removesManyPoints = ({ points }: Pick<Counts, 'points'>): boolean =>
  isMany(points.ended, points.here)

const isMany = (gone: number, here: number): boolean =>
  gone > REMOVED_UNASKED && gone > here * HELD_ABOVE_SHARE

/**
 * One order that ends is everyday: a court's runs out, or the office ticked the wrong box. Several at a time look
 * like an export that lost its marks, and each that ends by mistake tells somebody where a child is.
 */
export const ENDED_UNASKED = 1
/** However many there are: no school ends so many in one night without somebody who knows of it. */
export const ENDED_AT_MOST = 3

export const endsManyRestrictions = ({
  restrictions: { ended, here },
}: Pick<Counts, 'restrictions'>): boolean =>
  ended > ENDED_AT_MOST || (ended > ENDED_UNASKED && ended > here * HELD_ABOVE_SHARE)

/**
 * A restriction is laid on a contact. A file that writes the name another way ("D Marsh") makes
 * another contact, on whom there is none: somebody must look before that one is written to.
 */
export const heldBecause = (
  counts: Counts,
  found: readonly HeldBecause[] = [],
): HeldBecause | null => {
  const all = new Set<HeldBecause>(found)
  if (counts.restrictions.dropped > 0) all.add('drops-a-restricted-contact')
  if (removesMany(counts)) all.add('removes-many-pupils')
  if (removesManyStaff(counts)) all.add('removes-many-staff')
  if (removesManyRecords(counts)) all.add('removes-many-records')
  if (endsManyRestrictions(counts)) all.add('ends-many-restrictions')
  if (removesManyContacts(counts)) all.add('removes-many-contacts')
  if (removesManyPoints(counts)) all.add('removes-many-points')
  return heldReasons.find((reason) => all.has(reason)) ?? null
}
