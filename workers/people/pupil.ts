import type { PupilId } from '#kernel'
import type { PupilContact } from './contact.ts'
import type { Point } from './point.ts'

/** What a pupil's sealed record holds (PRODUCT 4.1), and nothing else. */
export type PupilRecord = {
  forename: string
  surname: string
  preferredForename: string | null
  middleNames: string | null
  upn: string | null
  admissionNumber: string | null
  gender: string | null
  /** ISO date. */
  dateOfBirth: string | null
}

/** The names of the groups a pupil is in; null where in none of that kind. */
export type Placing = {
  yearGroup: string | null
  registrationGroup: string | null
  house: string | null
}

/** A pupil as a list shows one. */
export type PupilLine = Placing & { id: PupilId; record: PupilRecord }

/** A pupil with everyone who answers for them. */
export type Pupil = PupilLine & {
  /** Null while on roll. */
  leftAtMs: number | null
  points: Point[]
  /** In the order in which they are asked: by priority, then by name. */
  contacts: PupilContact[]
}

/** The name the school calls a pupil by. */
export const firstName = (pupil: PupilRecord): string => pupil.preferredForename ?? pupil.forename

export const fullName = (pupil: PupilRecord): string => `${firstName(pupil)} ${pupil.surname}`

/** By surname, then by first name, as registers are kept; accents and capitals do not matter. */
export const bySurname = (a: { record: PupilRecord }, b: { record: PupilRecord }): number =>
  order.compare(a.record.surname, b.record.surname) ||
  order.compare(firstName(a.record), firstName(b.record))

/**
 * Whether somebody who was granted these year groups may see the pupil; null grants every year.
 * A pupil without a year is seen only by those who see everyone.
 */
export const isWithin = (
  pupil: { yearGroup: string | null },
  yearGroups: readonly string[] | null,
): boolean =>
  yearGroups === null || (pupil.yearGroup !== null && yearGroups.includes(pupil.yearGroup))

const order = new Intl.Collator('en-GB', { sensitivity: 'base', numeric: true })
