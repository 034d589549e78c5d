import type { ParcelChannel, ParcelState } from './parcel.ts'

/** What a provider is asked to carry. `reference` is ours; it comes back in receipts. */
export type Offer = {
  reference: string
  address: string
  from: string
  subject: string | null
  text: string
}

/** What it answered. Never an exception: see `AttemptOutcome`. */
export type Outcome =
  | { outcome: 'accepted'; providerMessageId: string }
  | { outcome: 'rejected'; code: string }
  | { outcome: 'unavailable'; code: string }
  | { outcome: 'ambiguous'; code: string }
  | { outcome: 'not-offered'; code: string }
  | { outcome: 'unreadable'; code: string }

/** One thing a provider reports of a message, in our words. */
export type Receipt = {
  eventId: string
  reference: string
  providerMessageId: string
  state: ParcelState
  code: string | null
  atMs: number
}

/** A text that somebody sent to a school's number. */
export type Inbound = { eventId: string; from: string; to: string; text: string; atMs: number }

/** What a look-up by our reference found. `unknown`: it did not answer, or cannot say. */
export type LookedUp =
  | { found: 'there'; providerMessageId: string; state: ParcelState }
  | { found: 'never-had-it' }
  | { found: 'unknown' }

/** A carrier's adapter: four things, each with the carrier's own words turned into ours. */
export type Provider = {
  readonly name: string
  readonly channel: ParcelChannel
  /** Share of the channel's parcels it gets, relative to the others. */
  readonly weight: number
  /** Offers parcels, at most `width` at a time. Outcomes stand in the order of the offers. */
  send(
    offers: readonly Offer[],
    options: { width: number; startBeforeMs: number },
  ): Promise<Outcome[]>
  /** Undefined where the post is not signed by this provider, or is not what it posts. */
  readReceipts(headers: Headers, body: string): Promise<Receipt[] | undefined>
  readInbound(headers: Headers, body: string): Promise<Inbound | undefined>
  lookUp(reference: string): Promise<LookedUp>
}

/** A call that has not answered by then is given up: its outcome is ambiguous. */
export const PROVIDER_TIMEOUT_MS = 10_000
/** Simultaneous outgoing connections the platform allows an invocation (Workers limits page). */
export const CONNECTIONS = 6
