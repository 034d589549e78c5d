import { Buffer } from 'node:buffer'

/** PRODUCT 3.4: a session left alone ends after this long … */
export const IDLE_MS = 30 * 60_000
/** … and however busy, after this. */
export const ABSOLUTE_MS = 12 * 60 * 60_000
/** A session's last use is written at most this often, so that a page costs no write. */
export const SEEN_EVERY_MS = 60_000

const TOKEN_BYTES = 32
const TOKEN_PATTERN = /^[\w-]{43}$/ // 32 bytes as base64url

/** What the browser keeps: 256 random bits. */
export const newToken = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES))).toString('base64url')

/** What the database keeps instead; undefined where the text cannot be a token of ours. */
export async function hashOf(token: string | undefined): Promise<string | undefined> {
  if (token === undefined || !TOKEN_PATTERN.test(token)) return undefined
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return Buffer.from(hash).toString('base64url')
}

/** What stands between a password that was right and the pages behind it, in this order. */
export type Need = 'second-factor' | 'enrolment' | 'new-password'

/** The second factor that was shown. */
export type VerifiedBy = 'passkey' | 'totp' | 'recovery-code'

/**
 * As its owner knows it again: "Firefox on Windows", `GB-3fa94c1b`, and the town where the platform says
 * one. The town is here only, for its owner and for a day; no trail has it.
 */
export type SessionRecord = { device: string; place: string; city?: string }

/** What a session's life is bounded by: an organisation may ask for less than a day, and never for more. */
export type Limits = { idleMs: number; absoluteMs: number }
export const defaultLimits: Limits = { idleMs: IDLE_MS, absoluteMs: ABSOLUTE_MS }

export type Session = {
  createdAtMs: number
  seenAtMs: number
  idleMs: number
  endsAtMs: number
  endedAtMs: number | null
}

export const isLive = (session: Session, nowMs: number): boolean =>
  session.endedAtMs === null &&
  nowMs < session.endsAtMs &&
  nowMs - session.seenAtMs < session.idleMs

/** What is riskiest asks for proof again when the last one is older than this. */
export const CONFIRMED_FOR_MS = 10 * 60_000

export const isToBeSeen = (session: Session, nowMs: number): boolean =>
  nowMs - session.seenAtMs >= SEEN_EVERY_MS
