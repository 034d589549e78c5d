import { Buffer } from 'node:buffer'
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { type Refusal, refuse } from '#kernel'
import { COST, type Cost } from './password-cost.ts'
import { isGuessable, isMadeOf } from './passwords/guessable.ts'

/** PRODUCT 3.2. Counted in characters (code points), not in bytes. */
export const MIN_PASSWORD_CHARACTERS = 12
export const MAX_PASSWORD_CHARACTERS = 256

const zeros = (bytes: number): string => Buffer.alloc(bytes).toString('base64url')
const SALT_BYTES = 16
const KEY_BYTES = 32

/** Hash of nothing: checked where there is no account, so that the answer takes as long. */
export const nobodysHash = asText(COST, zeros(SALT_BYTES), zeros(KEY_BYTES))

export type PasswordRefusal = Refusal<
  'password-too-short' | 'password-too-long' | 'password-guessable' | 'password-of-known-words'
>

/**
 * What is wrong with a new password, if anything (PRODUCT 3.2): its length, or that it would be guessed
 * early. `words` is what is known of its person, as it is written: the organisation's name, their own,
 * their e-mail address.
 */
export function passwordProblem(
  password: string,
  { words }: { words: readonly string[] } = { words: [] },
): PasswordRefusal | undefined {
  const characters = [...password].length
  if (characters < MIN_PASSWORD_CHARACTERS) return refuse('password-too-short', 'password')
  if (characters > MAX_PASSWORD_CHARACTERS) return refuse('password-too-long', 'password')
  if (isGuessable(password, MIN_PASSWORD_CHARACTERS)) {
    return refuse('password-guessable', 'password')
  }
  const isKnown = isMadeOf(password, [OUR_NAME, ...words])
  return isKnown ? refuse('password-of-known-words', 'password') : undefined
}

const OUR_NAME = 'Schoolgate'

/** The hash to keep, with its parameters and salt in it: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await derived(password, salt, COST)
  return asText(COST, salt.toString('base64url'), key.toString('base64url'))
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

function asText({ N, r, p }: Cost, salt: string, key: string): string {
  return ['scrypt', N, r, p, salt, key].join('$')
}

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
