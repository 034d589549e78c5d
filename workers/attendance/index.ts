/**
 * Attendance owns the registers: which mark each pupil has for each session and lesson, how marks were
 * amended and by whom, and what pupils did well or badly. It promises that an amendment never loses the
 * original, that an old mark from the school's system does not undo what a person decided here, and
 * that percentages count possible sessions only. It never decides a code by itself and tells nobody.
 */
export { amend, type Amending, type AmendRefusal } from './amend.ts'
export { applyConduct } from './apply-conduct.ts'
export { applyMarks } from './apply-marks.ts'
export type {
  Conduct,
  ConductChange,
  ConductKind,
  ConductRecord,
  PupilConduct,
  WholeConduct,
} from './conduct.ts'
export type { Figures } from './figures.ts'
export { conductRecordsHolding, registerPagesHolding } from './holdings.ts'
export type { LessonMark, MarkAt, Month, PupilMark, Session, SessionMark } from './mark.ts'
export type { AmendedBy, Amendment } from './register-page.ts'
export { conductThisYear, type PupilYear, yearOf } from './year-of.ts'
