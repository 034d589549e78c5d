import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { Directory, School } from '#shards'
import type { User } from '../user.ts'
import { passkeys } from './directory-tables.ts'
import * as store from './passkey-store.ts'

/** Who asks for a passkey: a name to show, the host it is bound to, and the only address it is good at. */
export type RelyingParty = { name: string; host: string; origin: string }

/** A challenge is signed once, within five minutes. */
export const CHALLENGE_LASTS_MS = 5 * 60_000

/** For a new passkey. Devices that have one of theirs already are told not to make another. */
export async function challengeToEnrol(
  directory: Directory,
  school: School,
  user: User,
  party: RelyingParty,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const options = await generateRegistrationOptions({
    rpName: party.name,
    rpID: party.host,
    userID: Uint8Array.from(new TextEncoder().encode(user.id)),
    userName: user.email,
    userDisplayName: user.name,
    timeout: CHALLENGE_LASTS_MS,
    // Who made the device is nobody's business here.
    attestationType: 'none',
    excludeCredentials: await known(directory, school, user),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  const made = {
    purpose: 'enrol',
    challenge: options.challenge,
    lastsMs: CHALLENGE_LASTS_MS,
  } as const
  await directory.write(store.challengeMade(directory, school, user.id, made))
  return options
}

/** For a passkey that somebody has. */
export async function challengeToVerify(
  directory: Directory,
  school: School,
  user: User,
  party: RelyingParty,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await generateAuthenticationOptions({
    rpID: party.host,
    allowCredentials: await known(directory, school, user),
    timeout: CHALLENGE_LASTS_MS,
    userVerification: 'preferred',
  })
  const made = {
    purpose: 'verify',
    challenge: options.challenge,
    lastsMs: CHALLENGE_LASTS_MS,
  } as const
  await directory.write(store.challengeMade(directory, school, user.id, made))
  return options
}

async function known(directory: Directory, school: School, user: User) {
  const rows = await store.ofUser(directory, user.id)
  return Promise.all(
    rows.map(async ({ id, credentialId, record }) => {
      const { transports } = await school.open(passkeys.record, id, record)
      return { id: credentialId, transports }
    }),
  )
}
