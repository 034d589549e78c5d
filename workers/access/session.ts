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

export type Session = {
  createdAtMs: number
  seenAtMs: number
  endsAtMs: number
  endedAtMs: number | null
}

export const isLive = (session: Session, nowMs: number): boolean =>
  session.endedAtMs === null && nowMs < session.endsAtMs && nowMs - session.seenAtMs < IDLE_MS

export const isToBeSeen = (session: Session, nowMs: number): boolean =>
  nowMs - session.seenAtMs >= SEEN_EVERY_MS
