import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { fromBase64url, log, toBase64url, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import type { RelyingParty } from './challenge.ts'
import { passkeys } from './directory-tables.ts'
import * as store from './passkey-store.ts'

/** Longer than any device answers; what is longer is not read. */
const MAX_ANSWER_CHARACTERS = 32_000
/** `usb`, `internal`, `hybrid` and a few more (WebAuthn Level 3 §5.8.4). */
const MAX_TRANSPORTS = 8
const TRANSPORT_PATTERN = /^[a-z-]{2,16}$/

/**
 * What a device made when it was asked for a new passkey; undefined where the challenge was not this
 * person's, was over or was used, or where it was made for another site.
 */
export async function readNewPasskey(
  directory: Directory,
  user: UserId,
  answer: string,
  party: RelyingParty,
): Promise<store.NewPasskey | undefined> {
  const response = read<RegistrationResponseJSON>(answer)
  const challenge = response && (await taken(directory, user, 'enrol', response))
  if (!challenge) return undefined

  const verified = await unlessFalse(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.host,
      requireUserVerification: false,
    }),
  )
  if (!verified?.registrationInfo) return undefined
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential
  const spoken = transports.filter((one) => TRANSPORT_PATTERN.test(one)).slice(0, MAX_TRANSPORTS)
  const record = { name: '', publicKey: toBase64url(publicKey), transports: spoken }
  return { credentialId: id, counter, record }
}

/**
 * Whether one of this person's passkeys signed a challenge of theirs, for this site, now. The challenge is used up
 * by asking; a counter that did not go up says that there is a copy.
 */
export async function isOwnPasskey(
  directory: Directory,
  school: School,
  user: UserId,
  answer: string,
  party: RelyingParty,
): Promise<boolean> {
  const response = read<AuthenticationResponseJSON>(answer)
  const challenge = response && (await taken(directory, user, 'verify', response))
  const row = challenge && (await store.passkeyOf(directory, user, response.id))
  if (!row) return false

  const { publicKey } = await school.open(passkeys.record, row.id, row.record)
  const verified = await unlessFalse(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.host,
      requireUserVerification: false,
      credential: {
        id: row.credentialId,
        publicKey: fromBase64url(publicKey),
        counter: row.counter,
      },
    }),
  )
  if (!verified?.verified) return false
  return store.passkeyUsed(directory, row, verified.authenticationInfo.newCounter)
}

type Response = { id: string; response: { clientDataJSON: string } }

function read<R extends Response>(answer: string): R | undefined {
  if (answer.length > MAX_ANSWER_CHARACTERS) return undefined
  const given = parsed(answer) as Partial<Response> | null | undefined
  const isOne = typeof given?.id === 'string' && typeof given.response?.clientDataJSON === 'string'
  return isOne ? (given as R) : undefined
}

/** The challenge that was signed, used up; undefined where it was none that may be used. */
async function taken(
  directory: Directory,
  user: UserId,
  purpose: store.Purpose,
  { response }: Response,
): Promise<string | undefined> {
  const text = new TextDecoder().decode(fromBase64url(response.clientDataJSON))
  const client = parsed(text) as { challenge?: unknown } | null | undefined
  const challenge = client?.challenge
  if (typeof challenge !== 'string') return undefined
  const isTaken = await store.challengeTaken(directory, user, purpose, challenge)
  return isTaken ? challenge : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The library throws where an answer is not as it must be; its words may name what was sent. */
async function unlessFalse<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify()
  } catch {
    log('passkey.refused', {})
    return undefined
  }
}
