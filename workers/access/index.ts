/**
 * Access owns who may come in: users, passwords, sessions, and the count of wrong guesses. It
 * promises that an account that is not there looks like a wrong password, that a session ends when
 * it is ended, and that an organisation's trail knows of every sign-in. It never keeps a password or
 * a session's token, only what was made of them; names and e-mails are sealed under the
 * organisation's own key.
 */
export { type AddRefusal, addUser, type NewUser } from './add-user.ts'
export type { LastRefusal, WhomRefusal } from './change-user.ts'
export { changeRole } from './change-role.ts'
export { endAllOf } from './end-all-of.ts'
export { endSessionsOf } from './end-sessions-of.ts'
export type { Entitlement, EntitlementRefusal } from './entitlement.ts'
export { forcePasswordChange } from './force-password-change.ts'
export { forget } from './forget.ts'
export { type Caller, fromWhere } from './from-where.ts'
export { challengeToEnrol, challengeToVerify, type RelyingParty } from './factors/challenge.ts'
export type { Circumstances } from './factors/circumstances.ts'
export { type AppProposal, enrolApp, proposeApp, sameApp } from './factors/enrol-app.ts'
export { enrolPasskey } from './factors/enrol-passkey.ts'
export {
  type FactorId,
  type FactorNews,
  type Factors,
  hasFactor,
  MAX_PASSKEYS,
  type Passkey,
  type Tell,
} from './factors/factor.ts'
export {
  challengesHolding,
  passkeysHolding,
  recoveryCodesHolding,
  totpsHolding,
} from './factors/holdings.ts'
export { makeRecoveryCodes } from './factors/make-recovery-codes.ts'
export type { MovedOn } from './factors/move-on.ts'
export { type Proof, prove } from './factors/prove.ts'
export { mustStay, removeFactor } from './factors/remove-factor.ts'
export { resetFactors } from './factors/reset-factors.ts'
export { factorsOf } from './factors/store.ts'
export { sessionsHolding, signInFailuresHolding, usersHolding } from './holdings.ts'
export {
  acceptInvitation,
  type Chosen,
  openInvitation,
  type SecretRefusal,
} from './invitations/accept.ts'
export { invitationsHolding } from './invitations/holdings.ts'
export {
  hasExpired,
  type Invitation,
  type InvitationId,
  type Invitee,
  type Letter,
  type Sent,
} from './invitations/invitation.ts'
export { invite, type InviteRefusal } from './invitations/invite.ts'
export { resendInvitation } from './invitations/resend.ts'
export { find as findInvitation, list as listInvitations } from './invitations/store.ts'
export { withdrawInvitation } from './invitations/withdraw.ts'
export { limitsShortened } from './limits-shortened.ts'
export { endOtherSessions, endSession, type OwnSession, sessionsOf } from './own-sessions.ts'
export {
  MAX_PASSWORD_CHARACTERS,
  MIN_PASSWORD_CHARACTERS,
  passwordProblem,
  type PasswordRefusal,
} from './password.ts'
export { namesByIds } from './names-by-ids.ts'
export {
  askReset,
  MAX_RESETS,
  mayAskReset,
  type OrganisationOf,
  RESET_LASTS_MS,
  type ResetLetter,
} from './passwords/ask-reset.ts'
export { changePassword, type ChangeRefusal } from './passwords/change-password.ts'
export { choosePassword } from './passwords/choose-password.ts'
export { passwordDueAtMs, REMINDED_DAYS_BEFORE } from './passwords/period.ts'
export { remindOfPassword, type ReminderLetter } from './passwords/remind.ts'
export { openReset, resetPassword, type ResetRefusal } from './passwords/reset-password.ts'
export type { Choice, ChoiceRefusal } from './passwords/set-password.ts'
export { passwordsToRemindOf, whyNewPassword } from './passwords/store.ts'
export { passwordResetsHolding } from './passwords/holdings.ts'
export { completeReview } from './reviews/complete.ts'
export { reviewLinesHolding, reviewsHolding } from './reviews/holdings.ts'
export { openReview, openReviews } from './reviews/open-reviews.ts'
export {
  type Decision,
  decisions,
  type Level,
  levelText,
  MAX_NOTE_LENGTH,
  restrictsAtMs,
  type Review,
  reviewLastDayMs,
  type ReviewLine,
  type ReviewOccasion,
  reviewOccasion,
  type ReviewState,
  reviewState,
} from './reviews/review.ts'
export { signOff, type SignOff, type SignOffRefusal } from './reviews/sign-off.ts'
export {
  completedReviews,
  findReview,
  openReviewOf,
  reminded as reviewReminded,
  toBeReminded as reviewsToRemindOf,
} from './reviews/store.ts'
export { showTerm, type Term, termAfter, termAt, type TermName } from './reviews/term.ts'
export { type Reviewed, type ReviewView, viewReview } from './reviews/view-review.ts'
export {
  liveSupport,
  type SupportAccess,
  supportAccessesByIds,
  supportHistory,
} from './support/accesses.ts'
export type { Employee, Entered } from './support/begin.ts'
export {
  type BulkExport,
  type BulkExportKind,
  bulkExportKinds,
  type BulkExportStanding,
  bulkExportStanding,
  FETCH_WITHIN_MS,
} from './support/bulk-export.ts'
export {
  bulkExportReasons,
  bulkExportsOf,
  findBulkExport,
  listBulkExports,
} from './support/bulk-export-store.ts'
export { inGroups } from './support/code.ts'
export { endOwnGuests, endSupport, leaveSupport } from './support/end.ts'
export { enterByReason } from './support/enter-by-reason.ts'
export {
  type BulkExportAreas,
  decideBulkExport,
  requestBulkExport,
  takeBulkExport,
} from './support/export-in-bulk.ts'
export {
  bulkExportsHolding,
  screeningsHolding,
  supportAccessesHolding,
} from './support/holdings.ts'
export { letIn, type Screening } from './support/let-in.ts'
export {
  type AskedLevel,
  askedLevels,
  levelsFrom,
  type SchoolRole,
  SUPPORT_MS,
} from './support/level.ts'
export { makeCode } from './support/make-code.ts'
export { tellOfEnds } from './support/tell-of-ends.ts'
export { codeUntil } from './support/store.ts'
export {
  CONFIRMED_FOR_MS,
  defaultLimits,
  type Limits,
  type Need,
  type VerifiedBy,
} from './session.ts'
export { type Attempt, signIn, type SignInOptions, type Terms } from './sign-in.ts'
export { signOut } from './sign-out.ts'
export { counted, type Guess, networkOf, takenBack } from './throttle.ts'
export {
  countByRole,
  countInvited,
  hasAccount,
  type Invited,
  type RoleCount,
  type Unopened,
  withoutAnyAccount,
} from './people-counted.ts'
export { reinstate } from './reinstate.ts'
export { removeUser } from './remove-user.ts'
export { suspend } from './suspend.ts'
export { countSessions, withSecondFactor } from './user-store.ts'
export { standing, type Standing } from './standing.ts'
export { find, list, namesOf, type SupportAccessRow } from './store.ts'
export {
  type Grant,
  grants,
  isInCharge,
  mustHaveSecondFactor,
  type PasswordChange,
  type Role,
  rolesOf,
  type User,
  type UserRecord,
  type UserState,
} from './user.ts'
