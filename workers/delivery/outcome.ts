import type { ParcelState } from './parcel.ts'
import type { Outcome } from './provider.ts'

/** A parcel refused this often, by whomever, fails. */
export const MAX_TRIES = 8
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** After an answer was lost, wait until no call of ours can still be under way. */
export const LOOK_UP_AFTER_MS = 15_000
/** A parcel of which no receipt came in this time is looked up: receipts get lost, by carriers and by us. */
export const RECEIPT_PATIENCE_MS = 120_000

/** What an outcome makes of a parcel, and when it may be touched again. */
export function next(
  { outcome }: Pick<Outcome, 'outcome'>,
  tries: number,
  nowMs: number,
): { state: ParcelState; notBeforeMs: number } {
  switch (outcome) {
    case 'accepted':
      return { state: 'sent', notBeforeMs: nowMs + RECEIPT_PATIENCE_MS }
    case 'rejected':
      return { state: 'failed-permanent', notBeforeMs: 0 }
    case 'ambiguous':
      return { state: 'uncertain', notBeforeMs: nowMs + LOOK_UP_AFTER_MS }
    case 'not-offered':
      return { state: 'created', notBeforeMs: nowMs }
    case 'unreadable':
      return { state: 'failed-technical', notBeforeMs: 0 }
    case 'unavailable': {
      if (tries >= MAX_TRIES) return { state: 'failed-technical', notBeforeMs: 0 }
      const wait = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS)
      return { state: 'created', notBeforeMs: nowMs + wait }
    }
  }
}

/**
 * What an outcome says of a provider: one that says no to a number is well, one that does not answer
 * is not; a call that was not made says nothing.
 */
export function healthOf({ outcome }: Outcome): 'well' | 'unwell' | undefined {
  if (outcome === 'accepted' || outcome === 'rejected') return 'well'
  return outcome === 'unavailable' || outcome === 'ambiguous' ? 'unwell' : undefined
}
