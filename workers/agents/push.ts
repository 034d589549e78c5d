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
  /** Why it was refused. */
  because: string | null
}

/** A body of which nothing more came for so long is given up: the same may come again. */
export const ARRIVING_MS = 60 * 60_000
/** Received and still not opened: the job on the queue was lost. */
export const WAITING_MS = 2 * 60_000
/** How long it is known what came: long past the time in which it could come again. */
export const PUSH_KEPT_DAYS = 90
