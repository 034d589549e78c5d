import { keyFingerprint, newKeyPair } from '#vault'
import type { z } from 'zod'
import {
  type Enrolled,
  enrolledInfoOf,
  enrolledSchema,
  type Enrolment,
  enrolmentInfoOf,
  type EnrolmentRequest,
  identitySchema,
  openJson,
  sealedSchema,
  sealJson,
} from '../workers/mis/push/answers.ts'
import { bytesOf, type KeyPair, type Secrets, textOf, writeSecrets } from './secrets.ts'
import { answered, type Told, unproven } from './talk.ts'
import { VERSION } from './version.ts'
import type { World } from './world.ts'

export type Identity = z.infer<typeof identitySchema>

/** Who answers at this address. A person compares its fingerprint before anything is told to it. */
export async function identify(
  { network }: Pick<World, 'network'>,
  address: URL | string,
): Promise<Told<Identity>> {
  const url = new URL('/mis/v1/hello', address)
  const told = await answered({ method: 'GET', url }, network, identitySchema)
  if (!told.ok) return told
  // Worked out here: what is compared is the key that is used, not what somebody says of it.
  const fingerprint = await keyFingerprint(bytesOf(told.value.publicKey))
  return { ok: true, value: { ...told.value, fingerprint } }
}

/** Whether two fingerprints are the same, however they were typed. */
export const isSameFingerprint = (one: string, other: string): boolean => {
  const hex = (text: string) => text.toUpperCase().replace(/[^0-9A-F]/g, '')
  return hex(one).length === 32 && hex(one) === hex(other)
}

/**
 * Makes this agent's own key on this machine, trades the code for a login and an API key, and pins the key of
 * Schoolgate that a person has compared. The private key never leaves the machine; code, login and API key
 * travel sealed between the two keys, so that a web filter that opens TLS sees none of them.
 */
export async function enrol(
  { network, state }: World,
  address: URL,
  code: string,
  identity: Identity,
): Promise<Told<{ secrets: Secrets; fingerprint: string }>> {
  const made = await newKeyPair()
  const pair = { privateKey: textOf(made.privateKey), publicKey: textOf(made.publicKey) }
  const request = await requestOf(pair, identity, { code, version: VERSION })
  const told = await answered(
    {
      method: 'POST',
      url: new URL('/mis/v1/enrolments', address),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    },
    network,
    sealedSchema,
  )
  if (!told.ok) return told
  const given = await givenBy(pair, identity, request, told.value.sealed)
  if (!given) return unproven
  const { apiKey, ...rest } = given
  const secrets: Secrets = {
    version: 1,
    address: address.origin,
    ...rest,
    apiKeys: [apiKey],
    serverKeys: [{ id: identity.keyId, publicKey: identity.publicKey }],
    keyPairs: [pair],
  }
  await writeSecrets(state, secrets)
  return { ok: true, value: { secrets, fingerprint: await keyFingerprint(made.publicKey) } }
}

async function requestOf(
  pair: KeyPair,
  { keyId, publicKey }: Identity,
  enrolment: Enrolment,
): Promise<EnrolmentRequest> {
  const about = { keyId, agentPublicKey: pair.publicKey }
  const info = enrolmentInfoOf(about)
  const channel = { info, from: bytesOf(pair.privateKey), to: bytesOf(publicKey) }
  return { ...about, sealed: await sealJson(channel, enrolment) }
}

/** Only the key that was compared can have sealed it, to this program's key, for this request. */
async function givenBy(
  pair: KeyPair,
  { publicKey }: Identity,
  request: EnrolmentRequest,
  sealed: string,
): Promise<Enrolled | undefined> {
  const info = enrolledInfoOf(request)
  const channel = { info, from: bytesOf(publicKey), to: bytesOf(pair.privateKey) }
  return enrolledSchema.safeParse(await openJson(channel, sealed)).data
}
