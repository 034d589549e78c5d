import { keyFingerprint, newKeyPair, secretId } from '#vault'
import type { z } from 'zod'
import { keyTakenSchema, type newKeySchema, type Statement } from '../workers/mis/push/answers.ts'
import { sealBody } from '../workers/mis/push/wire.ts'
import { sealingFor } from './sealing.ts'
import { bytesOf, type KeyPair, type Secrets, textOf, writeSecrets } from './secrets.ts'
import { tell, type Told } from './talk.ts'
import type { World } from './world.ts'

/**
 * Changes the keys that Schoolgate's statement says are to change, without anybody coming to the school. Each is
 * written down before it is used. `pair` is this agent's that the statement was sealed to.
 */
export async function changeKeys(
  world: World,
  secrets: Secrets,
  statement: Statement,
  pair: KeyPair,
): Promise<Secrets> {
  const { nextKeyPair } = secrets
  const isTaken = nextKeyPair?.publicKey === pair.publicKey
  const known = isTaken ? await takeUp(world, secrets, nextKeyPair) : secrets
  const proving = await pinServerKey(world, known, statement)
  const now = await takeNewApiKey(world, proving, statement)
  return statement.wantsNewAgentKey || now.nextKeyPair ? offerNewKey(world, now, statement) : now
}

/**
 * The keys as this statement proves them, for who only looks. Not with a new API key, which counts from the first
 * request that is made with it: who does not write it down must not use it.
 */
export function asProved(secrets: Secrets, statement: Statement, pair: KeyPair): Secrets {
  const isTaken = secrets.nextKeyPair?.publicKey === pair.publicKey
  return pinned(isTaken ? takenUp(secrets, pair) : secrets, statement)
}

async function takeNewApiKey(
  { state, log }: World,
  secrets: Secrets,
  { newApiKey }: Statement,
): Promise<Secrets> {
  const [inUse, ...others] = secrets.apiKeys
  if (newApiKey === null || newApiKey === inUse) return secrets
  const apiKeys = [newApiKey, inUse ?? '', ...others].slice(0, 2)
  const changed: Secrets = { ...secrets, apiKeys }
  await writeSecrets(state, changed)
  log('api-key.changed', { key: await secretId(bytesOf(newApiKey)) })
  return changed
}

async function pinServerKey(
  { state, log }: World,
  secrets: Secrets,
  statement: Statement,
): Promise<Secrets> {
  const { keyId, publicKey } = statement
  const changed = pinned(secrets, statement)
  if (changed === secrets) return secrets
  await writeSecrets(state, changed)
  log('server-key.changed', { key: keyId, fingerprint: await dashed(bytesOf(publicKey)) })
  return changed
}

/** The statement is sealed from the key before, so that one proves this one. */
function pinned(secrets: Secrets, { keyId, publicKey }: Statement): Secrets {
  const [newest] = secrets.serverKeys
  if (newest?.id === keyId && newest.publicKey === publicKey) return secrets
  return { ...secrets, serverKeys: [{ id: keyId, publicKey }, ...(newest ? [newest] : [])] }
}

const dashed = async (publicKey: Uint8Array): Promise<string> =>
  (await keyFingerprint(publicKey)).toLowerCase().replaceAll(' ', '-')

/**
 * Makes a pair of its own and tells Schoolgate the public part, sealed as a push is, so that only the holder
 * of the pair before can have made it. It is written down first: if the answer is lost, the next greeting is
 * sealed to the new pair or to the old one, and so tells whether Schoolgate has it.
 */
async function offerNewKey(
  world: World,
  secrets: Secrets,
  { timeMs }: Statement,
): Promise<Secrets> {
  const next = secrets.nextKeyPair ?? (await madePair())
  const offering: Secrets = { ...secrets, nextKeyPair: next }
  await writeSecrets(world.state, offering)
  const told = await postKey(world, offering, next.publicKey, timeMs)
  if (!told.ok) {
    world.log('agent-key.not-taken', { reason: told.reason, code: told.code })
    return offering
  }
  return takeUp(world, offering, next)
}

async function takeUp(world: World, secrets: Secrets, next: KeyPair): Promise<Secrets> {
  const changed = takenUp(secrets, next)
  await writeSecrets(world.state, changed)
  world.log('agent-key.changed', { fingerprint: await dashed(bytesOf(next.publicKey)) })
  return changed
}

function takenUp(secrets: Secrets, next: KeyPair): Secrets {
  const { nextKeyPair: _known, ...rest } = secrets
  return { ...rest, keyPairs: [next, ...secrets.keyPairs.slice(0, 1)] }
}

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
  const { sealing, headers } = await sealingFor(secrets, { kind: 'keys', scope: 'full' }, atMs)
  const parts: Uint8Array[] = []
  const content = { agentPublicKey } satisfies z.infer<typeof newKeySchema>
  const plain = new TextEncoder().encode(JSON.stringify(content))
  for await (const part of sealBody(sealing, [plain])) parts.push(part)
  const body = Buffer.concat(parts)
  const question = { method: 'POST', path: '/mis/v1/keys', headers, body } as const
  return tell(secrets, world.network, question, keyTakenSchema)
}
