import * as people from '#people'
import type { School } from '#shards'
import { type Audience, isAnswering } from './audience.ts'
import type { Author, Message } from './message.ts'

/**
 * Years that a message may go to when this person lets it go: those of whoever wrote it, and of them
 * only the ones that this person may write to now. A grant that was taken away holds no longer, and
 * who may write to everyone does not widen what somebody else may.
 */
export const yearsFor = (
  { years }: Pick<Author, 'years'>,
  { withinYears }: Pick<Message, 'withinYears'>,
): string[] | null => {
  if (years === null) return withinYears
  if (withinYears === null) return [...years]
  return withinYears.filter((year) => years.includes(year))
}

/** Whether somebody granted some years chose a pupil of another, or people who are of none. */
export async function isOutsideYears(
  school: School,
  years: Author['years'],
  audience: Audience,
): Promise<boolean> {
  if (years === null) return false
  if (isAnswering(audience)) return !(await haveChildIn(school, years, audience))
  if (audience.everyStaff || audience.staff.length > 0) return true
  if (audience.pupils.length + audience.groups.length === 0) return false
  const { pupils } = await people.circle(school, { ...audience, everyPupil: false })
  return pupils.some((pupil) => !pupil.hasLeft && !people.isWithin(pupil, years))
}

/** Somebody is answered for the sake of their children: one at least must be of those years. */
async function haveChildIn(
  school: School,
  years: Author['years'],
  { contacts }: Audience,
): Promise<boolean> {
  const found = await Promise.all(contacts.map((id) => people.findContact(school, id)))
  return found.every((contact) => contact?.children.some((child) => people.isWithin(child, years)))
}
