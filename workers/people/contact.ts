import type { ContactId, PupilId } from '#kernel'
import type { Point } from './point.ts'
import type { PupilRecord } from './pupil.ts'
import type { Standing } from './restriction.ts'

/** What a contact's sealed record holds: a parent, a carer, anyone responsible for a pupil. */
export type ContactRecord = {
  title: string | null
  forename: string | null
  surname: string
  /** As the MIS gives it; null is English. */
  language: string | null
}

/** How a contact stands to one pupil. */
export type Tie = {
  /** "Mother", "Carer"; null where the MIS does not say. */
  relationship: string | null
  priority: number | null
  hasParentalResponsibility: boolean
  /** What a restriction makes of it today. */
  standing: Standing
}

/** A contact, as the page of a pupil shows one. */
export type PupilContact = Tie & { id: ContactId; record: ContactRecord; points: Point[] }

/** A contact with the pupils they answer for. */
export type Contact = {
  id: ContactId
  record: ContactRecord
  points: Point[]
  children: Child[]
}

export type Child = Tie & {
  id: PupilId
  record: PupilRecord
  yearGroup: string | null
  registrationGroup: string | null
  hasLeft: boolean
}

/** "Mrs Adaeze Adeyemi", as far as it is known. */
export const contactName = (contact: ContactRecord): string =>
  [contact.title, contact.forename, contact.surname].filter(Boolean).join(' ')

/** Priority 1 first; those without a priority last. */
export const byPriority = (
  a: { priority: number | null },
  b: { priority: number | null },
): number =>
  (a.priority ?? Infinity) === (b.priority ?? Infinity)
    ? 0
    : (a.priority ?? Infinity) - (b.priority ?? Infinity)
