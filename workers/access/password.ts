import { Buffer } from 'node:buffer'
import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto'
import { type Refusal, refuse } from '#kernel'

/** PRODUCT 3.2. Counted in characters (code points), not in bytes. */
export const MIN_PASSWORD_CHARACTERS = 12
export const MAX_PASSWORD_CHARACTERS = 256

/** Hash of nothing: checked where there is no account, so that the answer takes as long. */
export const nobodysHash =
  'scrypt$16384$8$5$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/** What is wrong with a new password, if anything. */
export function passwordProblem(
  password: string,
): Refusal<'password-too-short' | 'password-too-long'> | undefined {
  const characters = [...password].length
  if (characters < MIN_PASSWORD_CHARACTERS) return refuse('password-too-short', 'password')
  if (characters > MAX_PASSWORD_CHARACTERS) return refuse('password-too-long', 'password')
  return undefined
}

/**
 * The hash to keep, with its parameters and salt in it: `scrypt$N$r$p$salt$key`. OWASP's Password
 * Storage Cheat Sheet holds N=2^14, r=8, p=5 equal to its larger settings, at 16 MB of memory:
 * a Worker has 128 MB for all the requests it is answering.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await derived(password, salt, NEW)
  return [
    'scrypt',
    NEW.N,
    NEW.r,
    NEW.p,
    salt.toString('base64url'),
    key.toString('base64url'),
  ].join('$')
}

/** Whether this is the password that was hashed. Equal time for every wrong one. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = hash.split('$')
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false
  const kept = Buffer.from(key, 'base64url')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  const given = await derived(password.slice(0, MAX_READ), Buffer.from(salt, 'base64url'), cost)
  return timingSafeEqual(given, kept)
}

type Cost = Required<Pick<ScryptOptions, 'N' | 'r' | 'p'>>

const NEW: Cost = { N: 16_384, r: 8, p: 5 }
const SALT_BYTES = 16
const KEY_BYTES = 32
const MAX_MEMORY_BYTES = 32 * 1024 * 1024
/** Of what was typed; longer than any password there is, so that nobody makes us hash a book. */
const MAX_READ = 4 * MAX_PASSWORD_CHARACTERS

/** Unicode composed first (NFC), so that é is é on every keyboard (NIST SP 800-63B §3.1.1.2). */
function derived(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: MAX_MEMORY_BYTES }
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
