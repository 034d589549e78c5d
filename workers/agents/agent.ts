import { Temporal } from 'temporal-polyfill'
import { type Id, LONDON, type OrganisationId } from '#kernel'

export type AgentId = Id<'agent'>
export type PushId = Id<'push'>

/** `enrolling` waits for the program in the school to bring its code; `revoked` is the end. */
export type AgentState = 'enrolling' | 'active' | 'revoked'

/** What the sealed record of an agent holds. Keys are 32 bytes as base64url. */
export type AgentRecord = {
  /** What the school calls it: "The office server". */
  name: string
  keys: AgentKeys | null
}

export type AgentKeys = {
  apiKey: string
  /** Made, and not yet used by the agent; with it the one before goes. */
  nextApiKey: string | null
  /** Opens what was sealed before the change and is on its way; it lets nobody in. */
  previousApiKey: string | null
  previousApiUntilMs: number
  publicKey: string
  /** The agent's key before this one, which may have sealed what is on its way. */
  previousPublicKey: string | null
  previousUntilMs: number
  /** The agent is asked to make itself a new key. */
  isNewKeyWanted: boolean
}

export type Agent = AgentRecord & {
  id: AgentId
  organisationId: OrganisationId
  state: AgentState
  /** When its enrolment code ends; null for one that has none. */
  codeExpiresAtMs: number | null
  createdAtMs: number
  enrolledAtMs: number | null
  revokedAtMs: number | null
  lastSeenAtMs: number | null
  lastPushAtMs: number | null
  version: string | null
  /** The hour in London, 0 to 23, by which the night's data is expected; null for 30 hours after the last. */
  nightlyHour: number | null
  expectedByMs: number | null
  toldLateAtMs: number | null
}

/** A code works once, and for one hour: somebody types it into the program at once. */
export const CODE_MS = 60 * 60_000
/** What the agent sealed before it changed its key may still arrive for a day. */
export const PREVIOUS_KEY_MS = 24 * 60 * 60_000
/** A school has one program, perhaps two while it moves to another server. */
export const MAX_AGENTS = 10
export const MAX_AGENT_NAME = 60
export const SILENT_HOURS = 30

/** PRODUCT 5.1: the night's data did not come. */
export const isLate = (
  { state, expectedByMs }: Pick<Agent, 'state' | 'expectedByMs'>,
  nowMs: number,
): boolean => state === 'active' && expectedByMs !== null && expectedByMs <= nowMs

/**
 * By when the next night's data must be there, after data came now (or the agent was enrolled). What comes
 * in the twelve hours before the hour is that night's already: a run at 11pm is good for 7am.
 */
export function expectedBy(nowMs: number, nightlyHour: number | null): number {
  if (nightlyHour === null) return nowMs + SILENT_HOURS * HOUR_MS
  const from = Temporal.Instant.fromEpochMilliseconds(nowMs + NIGHT_MS).toZonedDateTimeISO(LONDON)
  const sameDay = from.toPlainDate()
  const at = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({
      timeZone: LONDON,
      plainTime: Temporal.PlainTime.from({ hour: nightlyHour }),
    }).epochMilliseconds
  return at(sameDay) >= from.epochMilliseconds ? at(sameDay) : at(sameDay.add({ days: 1 }))
}

const HOUR_MS = 3_600_000
const NIGHT_MS = 12 * HOUR_MS
