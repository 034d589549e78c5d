import type { StaffId } from '#kernel'
import type { Point } from './point.ts'

export type StaffRecord = { title: string | null; forename: string; surname: string }

/** A member of staff and how they are reached. */
export type StaffMember = { id: StaffId; record: StaffRecord; points: Point[] }

export const staffName = (person: StaffRecord): string =>
  [person.title, person.forename, person.surname].filter(Boolean).join(' ')
