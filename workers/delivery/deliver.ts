import { invariant, newId, type ParcelId } from '#kernel'
import type { School } from '#shards'
import type { Carriers } from './carriers.ts'
import type { ParcelContent, ParcelState } from './parcel.ts'
import { parcels } from './tables.ts'
import { CONNECTIONS, type Offer, type Outcome, type Provider, PROVIDER_TIMEOUT_MS } from './provider.ts'
import * as store from './store.ts'

/** How long a consumer has parcels in hand. Every call is over by then: none starts in the last part. */
export const LEASE_MS = 30_000
/** A parcel refused this often, by whomever, fails. */
export const MAX_TRIES = 8
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** After an answer was lost, wait until no call of ours can still be under way. */
export const LOOK_UP_AFTER_MS = 15_000

/** Who the parcels come from: the number and address that people can answer to. */
export type Sender = { number: string; email: string }


/**
 * Offers parcels to carriers: takes them in hand and writes an attempt for each, calls, records what
 * came of it. Killed at any point, the attempt shows that a call may have been made, and the parcel
 * becomes uncertain, never sent again unseen. Returns the parcels that were refused for good.
 */
export async function deliver(
  school: School,
  carriers: Carriers,
  sender: Sender,
  ids: readonly ParcelId[],
): Promise<store.Moved[]> {
  const nowMs = school.clock.now()
  const claims = ids.map((parcel) => ({
    parcel,
    attempt: newId('attempt', nowMs),
    choice: choiceOf(carriers, nowMs),
  }))
  const claimed = await store.claim(school, claims, nowMs + LEASE_MS)
  if (claimed.length === 0) return []

  const contents = await openAll(school, claimed)
  const outcomes = await offerAll(school, carriers, sender, claimed, contents)
  const endings = claimed.map((parcel, index) => endingOf(school, parcel, outcomes[index] as Outcome))
  await store.settle(school, endings)
  return endings.flatMap(({ parcel, state, code }, index) => {
    const fingerprint = claimed[index]?.fingerprint
    return fingerprint && state === 'failed-permanent' ? [{ id: parcel, state, code, fingerprint }] : []
  })
}

/** Chosen for each parcel by itself, so that weights hold and a probe is one parcel. */
function choiceOf(carriers: Carriers, nowMs: number): store.Choice {
  const sms = carriers.choose('sms', nowMs)
  const email = carriers.choose('email', nowMs)
  return { ...(sms && { sms }), ...(email && { email }) }
}

const openAll = (school: School, claimed: readonly store.Claimed[]): Promise<ParcelContent[]> =>
  Promise.all(claimed.map(({ id, content }) => school.open(parcels.content, id, content)))

async function offerAll(
  school: School,
  carriers: Carriers,
  sender: Sender,
  claimed: readonly store.Claimed[],
  contents: readonly ParcelContent[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const startBeforeMs = Date.now() + LEASE_MS - PROVIDER_TIMEOUT_MS - 1_000
  const names = [...new Set(claimed.map((parcel) => parcel.provider))]
  const width = Math.max(1, Math.floor(CONNECTIONS / names.length))

  await Promise.all(
    names.map(async (name) => {
      const provider = carriers.find(name)
      invariant(provider, 'a claimed parcel names a provider in use')
      const places = [...claimed.keys()].filter((place) => claimed[place]?.provider === name)
      const offers = await Promise.all(
        places.map((place) =>
          offerOf(school, carriers, sender, provider, claimed[place], contents[place]),
        ),
      )
      const answers = await provider.send(offers, { width, startBeforeMs })
      places.forEach((place, index) => {
        const answer = answers[index] ?? { outcome: 'ambiguous', code: 'no-answer' }
        outcomes[place] = answer
        carriers.record(name, isHealthy(answer), school.clock.now())
      })
    }),
  )
  return outcomes
}

async function offerOf(
  school: School,
  carriers: Carriers,
  sender: Sender,
  provider: Provider,
  parcel: store.Claimed | undefined,
  content: ParcelContent | undefined,
): Promise<Offer> {
  invariant(parcel && content, 'every claimed parcel was opened')
  const address = { shard: school.shard, school: school.id, parcel: parcel.id }
  return {
    reference: await carriers.references.make(address),
    address: content.address,
    from: provider.channel === 'email' ? sender.email : sender.number,
    subject: content.subject,
    text: content.text,
  }
}

/** A provider that says no to a number is well; one that does not answer is not. */
const isHealthy = ({ outcome }: Outcome) => outcome === 'accepted' || outcome === 'rejected'

function endingOf(school: School, parcel: store.Claimed, outcome: Outcome): store.Ending {
  const nowMs = school.clock.now()
  const { state, notBeforeMs } = next(outcome, parcel.tries, nowMs)
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

/** What an outcome makes of a parcel, and when it may be touched again. */
export function next(
  { outcome }: Pick<Outcome, 'outcome'>,
  tries: number,
  nowMs: number,
): { state: ParcelState; notBeforeMs: number } {
  switch (outcome) {
    case 'accepted':
      return { state: 'sent', notBeforeMs: 0 }
    case 'rejected':
      return { state: 'failed-permanent', notBeforeMs: 0 }
    case 'ambiguous':
      return { state: 'uncertain', notBeforeMs: nowMs + LOOK_UP_AFTER_MS }
    case 'unavailable': {
      if (tries >= MAX_TRIES) return { state: 'failed-technical', notBeforeMs: 0 }
      const wait = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS)
      return { state: 'created', notBeforeMs: nowMs + wait }
    }
  }
}
