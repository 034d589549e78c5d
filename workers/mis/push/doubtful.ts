import type { PupilKey, RosterPupil, RosterStaff } from '../records/roster.ts'
import type { PushedConsent } from './payload.ts'
import type { Mark } from '../records/marks.ts'

/** What whoever approves a doubtful push has to look at: whom it is about, and where it stands. */
export type Doubtful = {
  /** Dates that have not come yet. */
  ahead: Some<{
    what: 'export' | 'birth' | 'mark' | 'entry'
    who: Who | null
    line: number | null
    date: string
  }>
  /** Of one person two records that cannot both be so; `fields` are what differs between them. */
  contradictions: Some<{ who: Who; lines: number[]; fields: DoubtfulField[] }>
}

/** The first of them, and how many there are beyond. */
export type Some<T> = { first: T[]; more: number }

/** By name where the record says it, else by what the school's system knows them by. */
export type Who =
  | { kind: 'name' | 'upn' | 'admission-number' | 'reference'; text: string }
  | { kind: 'nobody' }

/** `leaves`: one record lists the pupil, and another says that they have gone. */
export type DoubtfulField =
  | 'leaves'
  | Exclude<
      keyof RosterPupil | keyof RosterStaff | keyof Mark | keyof PushedConsent,
      'line' | 'pupil' | 'date' | 'at' | 'contact' | 'about' | 'channel'
    >

/** Shown of each kind, and kept: what is more is counted. */
const MAX_DOUBTFUL = 20

export const firstOf = <T>(all: readonly T[]): Some<T> => ({
  first: all.slice(0, MAX_DOUBTFUL),
  more: Math.max(0, all.length - MAX_DOUBTFUL),
})

type Named = { key?: PupilKey; reference?: string; forename?: string; surname?: string }

export function whoIs({ key, reference, forename, surname }: Named): Who {
  const name = [forename, surname].filter(Boolean).join(' ')
  if (name !== '') return { kind: 'name', text: name }
  if (key?.upn) return { kind: 'upn', text: key.upn }
  if (key?.admissionNumber) return { kind: 'admission-number', text: key.admissionNumber }
  const id = reference ?? key?.reference
  return id ? { kind: 'reference', text: id } : { kind: 'nobody' }
}
