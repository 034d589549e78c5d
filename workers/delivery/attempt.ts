/**
 * What came of offering a parcel to a provider. `accepted`: it has it. `rejected`: it never will.
 * `unavailable`: it said no for now, and has not got it. `ambiguous`: nobody knows; never offered
 * again before a look-up or a receipt says. `not-offered`: no call was made.
 * `unreadable`: it would not open, and no call was made.
 */
export type AttemptOutcome =
  | 'accepted'
  | 'rejected'
  | 'unavailable'
  | 'ambiguous'
  | 'not-offered'
  | 'unreadable'
