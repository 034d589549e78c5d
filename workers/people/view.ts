import type { ContactId, PupilId } from '#kernel'
import * as audit from '#audit'
import type { School } from '#shards'
import type { Contact } from './contact.ts'
import { isWithin, type Pupil } from './pupil.ts'
import type { FailingPoint } from './circle.ts'
import type { Restriction, RestrictionId } from './restriction.ts'
import type { StaffMember } from './staff.ts'
import { failingPoints } from './store/failing.ts'
import { findContact } from './store/contacts.ts'
import { find, type Within } from './store/pupils.ts'
import { findRestriction, restrictionsAbout, restrictionsOf } from './store/restrictions.ts'
import { listStaff } from './store/staff.ts'

/**
 * Opens a pupil's record for somebody who looks at it, which the trail remembers (PRODUCT 3.5): what
 * could not be written down is not shown. Undefined where there is no such pupil, or none whom they
 * may see.
 */
export async function viewPupil(
  school: School,
  id: PupilId,
  { yearGroups = null }: Within = {},
): Promise<Pupil | undefined> {
  const pupil = await find(school, id)
  if (!pupil || !isWithin(pupil, yearGroups)) return undefined
  await audit.viewed(school, 'pupil.viewed', [id])
  return pupil
}

/** The same for a contact; they are seen with those of their children whom the viewer may see. */
export async function viewContact(
  school: School,
  id: ContactId,
  { yearGroups = null }: Within = {},
): Promise<Contact | undefined> {
  const contact = await findContact(school, id)
  if (!contact) return undefined
  const children = contact.children.filter((child) => isWithin(child, yearGroups))
  if (yearGroups !== null && children.length === 0) return undefined
  await audit.viewed(school, 'contact.viewed', [id])
  return { ...contact, children }
}

/**
 * Who must not be told about this pupil and why, for somebody who may know: also somebody whom an
 * import took from the pupil's contacts, since the order has not ended by that. That they looked
 * stands in the trail; where there is nothing to see, nothing is written.
 */
export async function viewRestrictions(school: School, pupil: Pupil): Promise<Restriction[]> {
  const ids = pupil.contacts.map((contact) => contact.id)
  const about = await restrictionsAbout(school, pupil.id, ids)
  if (about.length === 0) return []
  const facts = { restrictions: about.length }
  await audit.viewed(school, 'restriction.viewed', [pupil.id], facts)
  return about
}

/** What is laid on these contacts, and why, for somebody who may know. It is a look at each child it is about. */
export async function viewRestrictionsOf(
  school: School,
  contacts: readonly ContactId[],
): Promise<Restriction[]> {
  const found = await restrictionsOf(school, contacts)
  const about = await Promise.all(
    found.map(({ contactId, pupilId }) => (pupilId ? [pupilId] : childrenOf(school, contactId))),
  )
  const children = [...new Set(about.flat())]
  const facts = { restrictions: found.length }
  if (found.length > 0) {
    await audit.viewed(school, 'restriction.viewed', [...contacts, ...children], facts)
  }
  return found
}

/**
 * One restriction with its reason, for somebody who is about to end it. It is a look at each child whom it is
 * about, and "who has looked" at them says so.
 */
export async function viewRestriction(
  school: School,
  id: RestrictionId,
): Promise<Restriction | undefined> {
  const found = await findRestriction(school, id)
  if (!found || found.endedAtMs !== null) return undefined
  const { contactId: contact, pupilId: pupil } = found
  const children = pupil === null ? await childrenOf(school, contact) : [pupil]
  await audit.viewed(school, 'restriction.viewed', [id, ...children], { contact, pupil })
  return found
}

const childrenOf = async (school: School, id: ContactId): Promise<PupilId[]> =>
  (await findContact(school, id))?.children.map((child) => child.id) ?? []

/** Everyone who works at the school, for somebody who looks at the list. */
export async function viewStaff(school: School): Promise<StaffMember[]> {
  const staff = await listStaff(school)
  await audit.listed(school, 'staff.viewed', { staff: staff.length })
  return staff
}

/** Numbers and addresses that do not work, for somebody who mends them. */
export async function viewFailing(school: School): Promise<FailingPoint[]> {
  const failing = await failingPoints(school)
  const facts = { points: failing.length }
  await audit.listed(school, 'failing-points.viewed', facts)
  return failing
}
