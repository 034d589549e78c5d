/**
 * The MIS import: files from a school's own system, uploaded by a person or sent by its agent, read, compared with the roll, looked at by a person
 * and applied. It promises that a file is applied whole or not at all and at most once, that the same
 * file again changes nothing, that a file which would remove many pupils waits for an approval, and
 * that what a file holds beyond what Schoolgate needs reaches no table. It keeps a file sealed until it is known
 * what its columns are, a day at most, and what was read of it until its import is closed. It never ends a restriction that the school itself laid down.
 */
export { apply, type ApplyRefusal } from './apply.ts'
export { approve } from './approve.ts'
export { chooseMapping } from './choose-mapping.ts'
export {
  ABANDONED_AFTER_DAYS,
  clearOld,
  REPORT_KEPT_DAYS,
  schoolsToClear,
  UNMATCHED_AFTER_HOURS,
} from './clear-old.ts'
export { clearStrays, schoolsWithImports } from './clear-strays.ts'
export { type Columns, columnsOf } from './columns.ts'
export { discard } from './discard.ts'
export { importMappingsHolding, importsHolding } from './holdings.ts'
export {
  can,
  changesNothing,
  type Counts,
  type HeldBecause,
  type Import,
  type ImportKind,
  type ImportSource,
  type ImportState,
  type KnownSchool,
  noCounts,
} from './import.ts'
export {
  endsManyRestrictions,
  HELD_ABOVE_SHARE,
  removesMany,
  removesManyContacts,
  removesManyPoints,
  removesManyRecords,
  removesManyStaff,
} from './guards.ts'
export type { Conduct, ConductKind, ConductReason } from './records/conduct.ts'
export type { Mark, MarkReason } from './records/marks.ts'
export {
  type ImportMapping,
  MAX_MAPPING_NAME,
  type MappingRecord,
} from './mappings/import-mapping.ts'
export type { ChangedField } from './compare/plan.ts'
export { type Doubtful, type DoubtfulField, type Who, whoIs } from './push/doubtful.ts'
export type { PushProblem } from './push/problem.ts'
export * from './read/index.ts'
export { allowListOf, kindsFor } from './push/allow-list.ts'
export {
  answerInfoOf,
  type Enrolled,
  enrolledInfoOf,
  enrolmentInfoOf,
  type EnrolmentRequest,
  enrolmentRequestSchema,
  enrolmentSchema,
  openJson,
  type Sealed,
  sealJson,
} from './push/answers.ts'
export { hello, identity } from './push/hello.ts'
export { receivePush } from './push/receive-push.ts'
export { forgetOldPushes } from './push/forget-old.ts'
export { takeIn, type TakeInRefusal } from './push/take-in.ts'
export { takeNewKey } from './push/take-new-key.ts'
export {
  MAX_PUSH_BYTES,
  PUSH_KINDS,
  PUSH_SCOPES,
  type PushAddress,
  pushHeaders,
  type PushKind,
} from './push/wire.ts'
export { mayBeAnyPupil, mayBeAnyStaff } from './compare/may-be-anybody.ts'
export { overtakenBy } from './compare/overtaken.ts'
export { isAnotherSchool, numbersDecide } from './compare/whose-school.ts'
export type { Touched } from './compare/report-touched.ts'
export { reportOf } from './report-of.ts'
export { resealObjects } from './files/reseal-objects.ts'
export { MAX_PEOPLE, MAX_POINTS } from './records/roster.ts'
export {
  MAX_LEAVERS,
  MAX_LISTED,
  type PersonEntry,
  type Report,
  type ShownChange,
} from './compare/report.ts'
export type {
  Dropped,
  FileProblem,
  FileProblemReason,
  Rejected,
  RejectedReason,
  RosterSource,
} from './records/roster.ts'
export { SAMPLE_CSV } from './sample.ts'
export { countWaiting, find, findAll, lastApplied, lastPosition, list } from './store.ts'
export { upload, type Uploaded, type UploadedFile } from './upload.ts'
export * as writeBacks from './write-backs/index.ts'
export { writeBacksHolding } from './write-backs/holdings.ts'
export * as mappings from './mappings/index.ts'
