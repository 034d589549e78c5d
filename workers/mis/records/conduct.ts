import type { FileProblem, PupilKey } from './roster.ts'

/** What a pupil did well or badly, or has to stay behind for, as a file has it. */
export type Conduct = {
  /** The line of the file, or the record's place in its list, from 1. */
  line: number
  /** The source's own id of it with the pupil's, so that the next file finds it again; null in a CSV without. */
  reference: string | null
  pupil: PupilKey
  kind: ConductKind
  /** ISO, 2026-11-23. */
  date: string
  /** The school's own name for it: "Lunchtime incident". */
  type: string
  points: number | null
  /** What the school wrote about it; null where it is not sent. */
  description: string | null
}

export type ConductKind = 'behaviour' | 'achievement' | 'detention'

export type RejectedConduct = {
  line: number
  field: string
  reason: ConductReason
  shown?: string
}

export type ConductReason =
  | 'cannot-be-identified'
  | 'not-a-date'
  | 'no-type'
  | 'too-long'
  | 'looks-like-a-formula'
  | 'not-points'
  | 'not-a-kind'
  | 'unknown-incident'

export type Conducts = {
  conduct: Conduct[]
  /** At most MAX_REJECTED of them; `moreRejected` counts the rest. */
  rejected: RejectedConduct[]
  moreRejected: number
}

export type ConductRead = { ok: true; conduct: Conducts } | { ok: false; problem: FileProblem }

/** A term of 1,500 pupils who are praised twice a week. */
export const MAX_CONDUCT = 60_000
