import { placeFrom } from '../places.ts'

export type ServeSettings = {
  port: number
  stateDir: string
  sandboxPort: number
  sandboxStateDir: string
  cronEveryMs: number
  /** Without it somebody else runs the sandbox, at `sandboxPort` and with our keys. */
  hasSandbox: boolean
  seedPassword: string | undefined
  /** In base 32, as authenticator apps take it. */
  seedTotp: string | undefined
}

/** What the environment and the command line ask for. Throws a sentence where it makes no sense. */
export function readServeSettings(options: readonly string[]): ServeSettings {
  return {
    port: whole('PORT', 8787, 65_535),
    stateDir: placeFrom('STATE_DIR', '.state'),
    sandboxPort: whole('SANDBOX_PORT', 8788, 65_535),
    sandboxStateDir: placeFrom('SANDBOX_STATE_DIR', '.sandbox'),
    cronEveryMs: whole('CRON_EVERY_MS', 60_000, 86_400_000),
    hasSandbox: !options.includes('--no-sandbox'),
    seedPassword: process.env['SEED_PASSWORD'] || undefined,
    seedTotp: totpFrom(process.env['SEED_TOTP']),
  }
}

function whole(name: string, otherwise: number, most: number): number {
  const value = Number(process.env[name] || otherwise)
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new Error(`${name} must be a whole number from 1 to ${most}.`)
  }
  return value
}

/** RFC 4226 asks for 128 bits at least: 26 characters of base 32. */
const TOTP_PATTERN = /^[A-Z2-7]{26,128}$/

function totpFrom(given: string | undefined): string | undefined {
  if (!given) return undefined
  const secret = given.toUpperCase().replaceAll(' ', '')
  if (TOTP_PATTERN.test(secret)) return secret
  throw new Error(
    'SEED_TOTP must be a secret in base 32 (A to Z, 2 to 7) of 26 characters or more.',
  )
}
