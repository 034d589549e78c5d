import {
  type AttendanceCode,
  CODES_2024_FROM,
  isCode2024,
  WITHDRAWN_IN_2024,
} from './codes-2024.ts'
import type { FileProblem, PupilKey } from './roster.ts'

/** One mark of a register as a file has it. */
export type Mark = {
  /** The line of the file, or the record's place in its list, from 1. */
  line: number
  pupil: PupilKey
  /** ISO, 2026-11-23. */
  date: string
  at: MarkAt
  code: AttendanceCode
  /** Whole minutes; null where the source does not say. */
  minutesLate: number | null
}

/** The statutory morning or afternoon, or a lesson by what the system calls its period. */
export type MarkAt = { kind: 'session'; session: 'AM' | 'PM' } | { kind: 'lesson'; period: string }

export type Marks = {
  marks: Mark[]
  /** At most MAX_REJECTED of them; `moreRejected` counts the rest. */
  rejected: RejectedMark[]
  moreRejected: number
  /** Places of the register where nobody has marked yet. They are no marks, and start nothing. */
  unmarked: number
}

export type RejectedMark = { line: number; field: string; reason: MarkReason; shown?: string }

export type MarkReason =
  | 'cannot-be-identified'
  | 'not-a-date'
  | 'not-a-session'
  | 'unknown-code'
  | 'withdrawn-code'
  | 'before-these-codes'
  | 'not-minutes'
  | 'too-long'
  | 'duplicate'
  | 'conflicts-with-earlier-row'

export type MarksRead = { ok: true; marks: Marks } | { ok: false; problem: FileProblem }

/** A month of 1,500 pupils, mornings and afternoons, with room. A year comes as a file a month. */
export const MAX_MARKS = 100_000

export type CodeRead =
  | { ok: true; code: AttendanceCode }
  | { ok: false; reason: 'unknown-code' | 'withdrawn-code' | 'before-these-codes' }

/** A code on its day (ISO). Only the table of 2024 is known, so earlier days are not guessed at. */
export function readMarkCode(raw: string, date: string): CodeRead {
  if (date < CODES_2024_FROM) return { ok: false, reason: 'before-these-codes' }
  const code = raw.toUpperCase()
  if (isCode2024(code)) return { ok: true, code }
  return { ok: false, reason: WITHDRAWN_IN_2024.has(code) ? 'withdrawn-code' : 'unknown-code' }
}

/** `-` is what Xporter and SIMS write before a register is taken; an empty mark says the same. */
export const isUnmarked = (raw: string): boolean => raw === '' || raw === '-'
