import { keyFingerprint, newKeyPair, secretId } from '#vault'
import { z } from 'zod'
import { type newKeySchema, openAnswer, type Statement } from '../workers/mis/push/answers.ts'
import { sealBody } from '../workers/mis/push/wire.ts'
import { sealingFor } from './sealing.ts'
import { bytesOf, type Secrets, textOf, writeSecrets } from './secrets.ts'
import { tell, type Told } from './talk.ts'
import type { World } from './world.ts'

/**
 * Changes the keys that a proven statement says are to change, without anybody coming to the school. Each is
 * written down before it is used. `apiKey` is the one that the statement was proven with.
 */
export async function changeKeys(
  world: World,
  secrets: Secrets,
  statement: Statement,
  apiKey: Uint8Array,
): Promise<Secrets> {
  const pinned = await pinServerKey(world, secrets, statement)
  const now = await takeNewApiKey(world, pinned, statement, apiKey)
  return statement.wantsNewAgentKey || now.nextKeyPair
    ? offerNewKey(world, now, statement.timeMs)
    : now
}

/** Sealed to this agent by one of Schoolgate's own keys, under the API key that goes. */
async function takeNewApiKey(
  { state, log }: World,
  secrets: Secrets,
  { newApiKey }: Statement,
  apiKey: Uint8Array,
): Promise<Secrets> {
  if (newApiKey === null) return secrets
  for (const { id: keyId, publicKey } of secrets.serverKeys) {
    for (const { privateKey } of secrets.keyPairs) {
      const opening = {
        organisation: secrets.organisation.id,
        agent: secrets.agentId,
        keyId,
        serverPublicKey: bytesOf(publicKey),
        agentPrivateKey: bytesOf(privateKey),
        apiKey,
      }
      const key = await openAnswer(opening, newApiKey).then(textOf, () => undefined)
      if (key === undefined) continue
      if (key === secrets.apiKeys[0]) return secrets
      const changed: Secrets = { ...secrets, apiKeys: [key, textOf(apiKey)] }
      await writeSecrets(state, changed)
      log('api-key.changed', { key: await secretId(bytesOf(key)) })
      return changed
    }
  }
  log('api-key.not-opened')
  return secrets
}

async function pinServerKey(
  { state, log }: World,
  secrets: Secrets,
  { keyId, publicKey }: Statement,
): Promise<Secrets> {
  const [pinned] = secrets.serverKeys
  if (pinned?.id === keyId && pinned.publicKey === publicKey) return secrets
  const serverKeys = [{ id: keyId, publicKey }, ...(pinned ? [pinned] : [])]
  const changed: Secrets = { ...secrets, serverKeys }
  await writeSecrets(state, changed)
  log('server-key.changed', { key: keyId, fingerprint: await dashed(bytesOf(publicKey)) })
  return changed
}

const dashed = async (publicKey: Uint8Array): Promise<string> =>
  (await keyFingerprint(publicKey)).toLowerCase().replaceAll(' ', '-')

/**
 * Makes a pair of its own and tells Schoolgate the public part, sealed as a push is, so that only the holder
 * of the pair before can have made it. It is written down first: were it lost after Schoolgate knew it,
 * somebody would have to come and enrol the agent again.
 */
async function offerNewKey(world: World, secrets: Secrets, atMs: number): Promise<Secrets> {
  const next = secrets.nextKeyPair ?? (await madePair())
  const offering: Secrets = { ...secrets, nextKeyPair: next }
  await writeSecrets(world.state, offering)
  const told = await postKey(world, offering, next.publicKey, atMs)
  if (!told.ok) {
    world.log('agent-key.not-taken', { reason: told.reason, code: told.code })
    return offering
  }
  return takeUp(world, offering, next)
}

async function takeUp(world: World, secrets: Secrets, next: KeyPair): Promise<Secrets> {
  const { nextKeyPair: _known, ...rest } = secrets
  const changed: Secrets = { ...rest, keyPairs: [next, ...secrets.keyPairs.slice(0, 1)] }
  await writeSecrets(world.state, changed)
  world.log('agent-key.changed', { fingerprint: await dashed(bytesOf(next.publicKey)) })
  return changed
}

type KeyPair = Secrets['keyPairs'][number]

async function madePair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await newKeyPair()
  return { privateKey: textOf(privateKey), publicKey: textOf(publicKey) }
}

async function postKey(
  world: World,
  secrets: Secrets,
  agentPublicKey: string,
  atMs: number,
): Promise<Told<unknown>> {
  const { sealing, headers } = sealingFor(secrets, { kind: 'keys', scope: 'full' }, atMs)
  const parts: Uint8Array[] = []
  const content = { agentPublicKey } satisfies z.infer<typeof newKeySchema>
  const plain = new TextEncoder().encode(JSON.stringify(content))
  for await (const part of sealBody(sealing, [plain])) parts.push(part)
  const body = Buffer.concat(parts)
  const question = { method: 'POST', path: '/mis/v1/keys', headers, body } as const
  return tell(secrets, world.network, question, z.unknown())
}
