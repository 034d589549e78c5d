/**
 * Attendance codes of schools in England from 19 August 2024 (PRODUCT 10.1; the School Attendance (Pupil
 * Registration) (England) Regulations 2024). A later change gets a file and a date of its own: a mark
 * keeps the meaning that its code had on its day.
 */
export const CODES_2024_FROM = '2024-08-19'

/** What a mark counts as. `possible` sessions are those of the first four; `not-counted` is no session. */
export type MarkMeaning =
  | 'present'
  | 'approved-activity'
  | 'authorised'
  | 'unauthorised'
  | 'not-possible'
  | 'not-counted'

/** Codes have one character or two: C and C2 are different absences. */
export const CODES_2024 = {
  '/': { meaning: 'present', words: 'Present in the morning' },
  '\\': { meaning: 'present', words: 'Present in the afternoon' },
  L: { meaning: 'present', words: 'Late, before the register closed' },
  K: { meaning: 'approved-activity', words: 'Education arranged by the local authority' },
  V: { meaning: 'approved-activity', words: 'Educational visit or trip' },
  P: { meaning: 'approved-activity', words: 'Sporting activity' },
  W: { meaning: 'approved-activity', words: 'Work experience' },
  B: { meaning: 'approved-activity', words: 'Educated off site' },
  D: { meaning: 'not-possible', words: 'At another school where also registered' },
  X: { meaning: 'not-possible', words: 'Not of compulsory school age and not required' },
  Q: { meaning: 'not-possible', words: 'No access arrangements made' },
  Y1: { meaning: 'not-possible', words: 'Transport not available' },
  Y2: { meaning: 'not-possible', words: 'Widespread disruption to travel' },
  Y3: { meaning: 'not-possible', words: 'Part of the school closed' },
  Y4: { meaning: 'not-possible', words: 'Whole school unexpectedly closed' },
  Y5: { meaning: 'not-possible', words: 'In criminal justice detention' },
  Y6: { meaning: 'not-possible', words: 'Public health guidance or law' },
  Y7: { meaning: 'not-possible', words: 'Other unavoidable cause' },
  C1: { meaning: 'authorised', words: 'Regulated performance or employment abroad' },
  M: { meaning: 'authorised', words: 'Medical or dental appointment' },
  J1: { meaning: 'authorised', words: 'Interview' },
  S: { meaning: 'authorised', words: 'Study leave' },
  C2: { meaning: 'authorised', words: 'Part-time timetable' },
  C: { meaning: 'authorised', words: 'Exceptional circumstances' },
  T: { meaning: 'authorised', words: 'Parent travelling for work' },
  R: { meaning: 'authorised', words: 'Religious observance' },
  I: { meaning: 'authorised', words: 'Illness' },
  E: { meaning: 'authorised', words: 'Suspended or excluded' },
  G: { meaning: 'unauthorised', words: 'Holiday not granted' },
  N: { meaning: 'unauthorised', words: 'No reason yet' },
  O: { meaning: 'unauthorised', words: 'Absent without leave' },
  U: { meaning: 'unauthorised', words: 'Late, after the register closed' },
  Z: { meaning: 'not-counted', words: 'Not yet on the register' },
  '#': { meaning: 'not-counted', words: 'School closed as planned' },
} as const satisfies Readonly<Record<string, { meaning: MarkMeaning; words: string }>>

export type AttendanceCode = keyof typeof CODES_2024

/** Codes that ended with these regulations; a system that still sends one has not been brought up to date. */
export const WITHDRAWN_IN_2024: ReadonlySet<string> = new Set(['H', 'J', 'Y'])

export const isCode2024 = (text: string): text is AttendanceCode => Object.hasOwn(CODES_2024, text)

/** Whether the session could have been attended: the denominator of every percentage. */
export const isPossible = (code: AttendanceCode): boolean =>
  POSSIBLE.includes(CODES_2024[code].meaning)

const POSSIBLE: readonly MarkMeaning[] = [
  'present',
  'approved-activity',
  'authorised',
  'unauthorised',
]
