import { newId, type ParcelId } from '#kernel'
import type { School } from '#shards'
import type { Carriers } from './carriers.ts'
import * as hand from './hand-store.ts'
import { offerAll, type Sender } from './offer.ts'
import { next } from './outcome.ts'
import { emergenciesQueued } from './pace-store.ts'
import { type Outcome, PROVIDER_TIMEOUT_MS } from './provider.ts'
import type { Moved } from './report-store.ts'

/** How long a consumer has parcels in hand. Every call is over by then: none starts in the last part. */
export const LEASE_MS = 30_000
/** Emergencies that a job takes along at most, besides its own parcels. */
const MAX_OVERTAKING = 50
/** Between the moment that a call may last until, and the end of the lease. */
const MARGIN_MS = 1_000

/**
 * Offers parcels to carriers: takes them in hand and writes an attempt for each, calls, records what
 * came of it. Killed at any point, the attempt shows that a call may have been made, and the parcel
 * becomes uncertain, never sent again unseen. Emergencies that are on the queue go along and go
 * first: their own job, when it comes, finds nothing left to do. Returns the parcels that were
 * refused for good.
 */
export async function deliver(
  school: School,
  carriers: Carriers,
  sender: Sender,
  ids: readonly ParcelId[],
): Promise<Moved[]> {
  const overtaking = await emergenciesQueued(school, MAX_OVERTAKING)
  const claimedAtMs = school.clock.now()
  const claimed = await takeInHand(school, carriers, [...overtaking, ...ids], claimedAtMs)
  if (claimed.length === 0) return []

  const startBeforeMs = claimedAtMs + LEASE_MS - PROVIDER_TIMEOUT_MS - MARGIN_MS
  const outcomes = await offerAll(school, carriers, sender, claimed, startBeforeMs)
  const endings = claimed.map((parcel, place) => endingOf(school, parcel, outcomes[place]))
  await hand.settle(school, endings)
  return endings.flatMap(({ parcel, state, code }, place) => {
    const fingerprint = claimed[place]?.fingerprint
    const isRefused = fingerprint !== undefined && state === 'failed-permanent'
    return isRefused ? [{ id: parcel, state, code, fingerprint }] : []
  })
}

async function takeInHand(
  school: School,
  carriers: Carriers,
  ids: readonly ParcelId[],
  nowMs: number,
): Promise<hand.Claimed[]> {
  const claims = [...new Set(ids)].map((parcel) => ({
    parcel,
    attempt: newId('attempt', nowMs),
    choice: choiceOf(carriers, nowMs),
  }))
  const claimed = await hand.claim(school, claims, nowMs + LEASE_MS)
  const placeOf = new Map(claims.map(({ parcel }, place) => [parcel, place]))
  return claimed.sort((a, b) => (placeOf.get(a.id) ?? 0) - (placeOf.get(b.id) ?? 0))
}

/** Chosen for each parcel by itself, so that weights hold and a probe is one parcel. */
function choiceOf(carriers: Carriers, nowMs: number): hand.Choice {
  const sms = carriers.choose('sms', nowMs)
  const email = carriers.choose('email', nowMs)
  return { ...(sms && { sms }), ...(email && { email }) }
}

const NO_ANSWER: Outcome = { outcome: 'ambiguous', code: 'no-answer' }

function endingOf(school: School, parcel: hand.Claimed, outcome = NO_ANSWER): hand.Ending {
  const { state, notBeforeMs } = next(outcome, parcel.tries, school.clock.now())
  return {
    parcel: parcel.id,
    attempt: parcel.attempt,
    outcome: outcome.outcome,
    code: 'code' in outcome ? outcome.code : null,
    providerMessageId: outcome.outcome === 'accepted' ? outcome.providerMessageId : null,
    state,
    notBeforeMs,
  }
}
