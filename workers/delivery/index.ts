/**
 * Delivery gets a parcel (one text or e-mail to one address) to a carrier and learns what became of
 * it. It promises that a parcel killed at any point is neither lost nor sent twice: it is taken in
 * hand under a lease, an attempt is written before the call, a lost answer makes it uncertain until a
 * receipt or a look-up says, and states only move forward. It knows no pupil, no contact and no rule
 * about who may be written to.
 */
export { applyReceipts } from './apply-receipts.ts'
export type { AttemptOutcome } from './attempt.ts'
export { type Carriers, carriers } from './carriers.ts'
export { sandboxProviders } from './carriers/sandbox.ts'
export * as deadLetters from './dead-letters.ts'
export { deliver, LEASE_MS } from './deliver.ts'
export {
  attemptsHolding,
  deadLettersHolding,
  parcelsHolding,
  providerEventsHolding,
} from './holdings.ts'
export { EMERGENCY, isFinal, type ParcelChannel, type ParcelState, rank } from './parcel.ts'
export type { Sender } from './offer.ts'
export { type NewParcel, parcelOf } from './parcel-of.ts'
export type { Inbound, Provider } from './provider.ts'
export { readEvents, type ReceiptEvent } from './receipt-event.ts'
export { type References, references } from './reference.ts'
export { resolve } from './resolve.ts'
export { count, MAX_PARTS, MAX_TEXT_LENGTH, normalise, split } from './sms.ts'
export { countSince } from './health.ts'
export { leasesExpired } from './hand-store.ts'
export {
  countMoving,
  nextParcelMs,
  queueForgot,
  release,
  waitingUrgency,
  type Withholding,
  withheld,
} from './pace-store.ts'
export {
  countByState,
  listAttempts,
  listByFingerprint,
  listByIds,
  listByMessage,
  openAmong,
  type ParcelLine,
  type ParcelRow,
  parcelsAdded,
} from './parcel-store.ts'
export { type Moved, schoolsWithSilent } from './report-store.ts'
