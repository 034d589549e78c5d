export type ParcelChannel = 'sms' | 'email'

/** A parcel's urgency: 0 goes first, and overtakes what is on the queue already. */
export const EMERGENCY = 0
export const LEAST_URGENT = 9

/** The address and what is said: sealed. The subject is for e-mail only. */
export type ParcelContent = { address: string; subject: string | null; text: string }

/** PRODUCT 6.8. */
export type ParcelState =
  | 'created'
  | 'queued'
  | 'sending'
  | 'uncertain'
  | 'sent'
  | 'delivered'
  | 'failed-temporary'
  | 'failed-permanent'
  | 'failed-technical'
  | 'failed-expired'
  | 'cancelled'

/**
 * How far a parcel has come. A status only ever moves to a higher rank, so receipts may come late,
 * twice or out of order and end the same. Delivered outranks every failure: a carrier that says both
 * has delivered it.
 */
export const rank: Record<ParcelState, number> = {
  created: 0,
  queued: 1,
  sending: 2,
  uncertain: 3,
  sent: 4,
  'failed-temporary': 5,
  'failed-technical': 6,
  'failed-expired': 7,
  'failed-permanent': 8,
  delivered: 9,
  cancelled: 10,
}

/** Where a parcel's story ends. */
export const isFinal = (state: ParcelState): boolean => rank[state] > rank.sent
