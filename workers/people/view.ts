import type { ContactId, PupilId } from '#kernel'
import * as audit from '#audit'
import type { School } from '#shards'
import type { Contact } from './contact.ts'
import { isWithin, type Pupil } from './pupil.ts'
import type { Restriction } from './restriction.ts'
import { findContact } from './store/contacts.ts'
import { find, type Within } from './store/pupils.ts'
import { restrictionsOf } from './store/restrictions.ts'

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
  await school.commit(audit.entry(school, 'pupil.viewed', id))
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
  await school.commit(audit.entry(school, 'contact.viewed', id))
  return { ...contact, children }
}

/**
 * Why this pupil's contacts must not be told, for somebody who may know. That they looked stands in
 * the trail; where there is nothing to see, nothing is written.
 */
export async function viewRestrictions(school: School, pupil: Pupil): Promise<Restriction[]> {
  const ids = pupil.contacts.map((contact) => contact.id)
  const all = ids.length === 0 ? [] : await restrictionsOf(school, ids)
  const about = all.filter((one) => one.pupilId === null || one.pupilId === pupil.id)
  if (about.length === 0) return []
  const facts = { restrictions: about.length }
  await school.commit(audit.entry(school, 'restriction.viewed', pupil.id, facts))
  return about
}
