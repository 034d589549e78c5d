import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What in production are secrets of the platform. */
export type Secrets = {
  MASTER_KEYS: string
  REFERENCE_KEY: string
  SANDBOX_KEY: string
  SANDBOX_WEBHOOK_SECRET: string
}

/**
 * The development secrets of this state directory: made once, readable by their owner alone. The
 * environment may bring others, so that a test can start the sandbox first.
 */
export function secretsIn(stateDir: string): Secrets {
  const path = join(stateDir, 'secrets.json')
  if (!existsSync(path)) {
    mkdirSync(stateDir, { recursive: true })
    writeFileSync(path, `${JSON.stringify(made(), null, 2)}\n`, { mode: 0o600 })
  }
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Secrets
  const given = Object.keys(kept).flatMap((name) => {
    const value = process.env[name]
    return value ? [[name, value]] : []
  })
  return { ...kept, ...Object.fromEntries(given) }
}

const KEY_BYTES = 32

const made = (): Secrets => ({
  MASTER_KEYS: `dev1:${key('base64url')}`,
  REFERENCE_KEY: key('base64url'),
  SANDBOX_KEY: key('base64url'),
  SANDBOX_WEBHOOK_SECRET: `whsec_${key('base64')}`,
})

const key = (encoding: 'base64' | 'base64url') => randomBytes(KEY_BYTES).toString(encoding)
