import { HOTP, Secret, TOTP } from 'otpauth'

/**
 * Codes of an authenticator app (RFC 6238): SHA-1, six digits, a new one every 30 seconds, which is what
 * every app can do. The code before and the one after are taken as well, because clocks differ (§5.2).
 */
export const STEP_MS = 30_000
const WINDOW_STEPS = 1
const SECRET_BYTES = 20 // RFC 4226 §4, R6: 160 bits recommended
const settings = { algorithm: 'SHA1', digits: 6 }
const CODE_PATTERN = /^\d{6}$/

/** A new secret, as base 32. */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

export const stepAt = (atMs: number): number => Math.floor(atMs / STEP_MS)

/** The code of a time step. */
export const codeAt = (secret: string, step: number): string =>
  HOTP.generate({ ...settings, secret: Secret.fromBase32(secret), counter: step })

/**
 * The time step that this is the code of; undefined where it is none's that may be used now. Whoever
 * asks notes the step, so that no code works twice.
 */
export function stepOf(secret: string, typed: string, nowMs: number): number | undefined {
  const token = typed.replace(/[\s-]/g, '')
  if (!CODE_PATTERN.test(token)) return undefined
  const step = stepAt(nowMs)
  const delta = HOTP.validate({
    ...settings,
    token,
    secret: Secret.fromBase32(secret),
    counter: step,
    window: WINDOW_STEPS,
  })
  return delta === null ? undefined : step + delta
}

/** What an app reads out of the QR code (Google Authenticator's key URI format). */
export const appLink = (secret: string, label: string): string =>
  new TOTP({
    ...settings,
    issuer: 'Schoolgate',
    label,
    secret: Secret.fromBase32(secret),
    period: STEP_MS / 1000,
  }).toString()

/** In groups of four, for whoever types it. */
export const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')
