import type { Fingerprint } from '#vault'
import type { ImportId, OrganisationId } from '#kernel'
import type { AgentId, PushId } from './agent.ts'

/**
 * `arriving` is on its way to the bucket; `received` waits to be opened; `opened` was whole and as it was
 * sealed, and is its import's; `refused` was not.
 */
export type PushState = 'arriving' | 'received' | 'opened' | 'refused'

/** One body that an agent posted: what it said about itself, and what became of it. */
export type Push = {
  id: PushId
  organisationId: OrganisationId
  agentId: AgentId
  importId: ImportId
  state: PushState
  /** Of the encapsulated key, which is new in every body: what came once does not come again. */
  encFingerprint: Fingerprint
  /** SHA-256 of the sealed bytes, by which the same body is known again; null while it arrives. */
  digest: string | null
  serverKeyId: string
  apiKeyId: string
  kind: string
  scope: string
  takenAtMs: number
  bytes: number
  receivedAtMs: number
  /** How often it was begun to open it, also where that was never heard of again. */
  attempts: number
  /** Not before then it is tried again. */
  dueAtMs: number
  /** Why it was refused. */
  because: string | null
}

/** A body of which nothing more came for so long is given up: the same may come again. */
export const ARRIVING_MS = 60 * 60_000
/** Received and still not opened: the job on the queue was lost. */
export const WAITING_MS = 2 * 60_000
/** So often it is begun to open a body: what has not gone in some hours does not go, and is refused. */
export const MAX_ATTEMPTS = 10
const MINUTE_MS = 60_000
const LONGEST_PAUSE_MS = 60 * MINUTE_MS

/** Milliseconds to wait after so many attempts: none after the first, then twice as long each time, up to an hour. */
export const pauseAfter = (attempts: number): number =>
  attempts <= 1 ? 0 : Math.min(LONGEST_PAUSE_MS, MINUTE_MS * 2 ** (attempts - 2))

/** An export that is older than this was not made last night. */
export const STALE_MS = 36 * 60 * 60_000
/** Whether an export that was made then is too old to be the night's, when it comes. */
export const isStale = (takenAtMs: number, atMs: number): boolean => atMs - takenAtMs > STALE_MS
/** How long it is known what came: long past the time in which it could come again. */
export const PUSH_KEPT_DAYS = 90
