import { keyFingerprint, newKeyPair } from '#vault'
import type { z } from 'zod'
import {
  type Enrolled,
  enrolledSchema,
  type enrolmentRequestSchema,
  identitySchema,
} from '../workers/mis/push/answers.ts'
import { bytesOf, type Secrets, textOf, writeSecrets } from './secrets.ts'
import { answered, type Told } from './talk.ts'
import { VERSION } from './version.ts'
import type { World } from './world.ts'

export type Identity = z.infer<typeof identitySchema>

/** Who answers at this address. A person compares its fingerprint before anything is told to it. */
export async function identify({ network }: World, address: URL): Promise<Told<Identity>> {
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
 * Schoolgate that a person has compared. The private key never leaves the machine.
 */
export async function enrol(
  { network, state }: World,
  address: URL,
  code: string,
  identity: Identity,
): Promise<Told<{ secrets: Secrets; fingerprint: string }>> {
  const pair = await newKeyPair()
  const agentPublicKey = textOf(pair.publicKey)
  const request = { code, agentPublicKey, version: VERSION } satisfies z.infer<
    typeof enrolmentRequestSchema
  >
  const told = await answered<Enrolled>(
    {
      method: 'POST',
      url: new URL('/mis/v1/enrolments', address),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    },
    network,
    enrolledSchema,
  )
  if (!told.ok) return told
  const { agentId, loginSecret, apiKey, organisation, keyId, publicKey } = told.value
  if (keyId !== identity.keyId || publicKey !== identity.publicKey) {
    return { ok: false, reason: 'nonsense', code: 'another-key' }
  }
  const secrets: Secrets = {
    version: 1,
    address: address.origin,
    agentId,
    loginSecret,
    apiKeys: [apiKey],
    organisation,
    serverKeys: [{ id: keyId, publicKey }],
    keyPairs: [{ privateKey: textOf(pair.privateKey), publicKey: agentPublicKey }],
  }
  await writeSecrets(state, secrets)
  return { ok: true, value: { secrets, fingerprint: await keyFingerprint(pair.publicKey) } }
}
