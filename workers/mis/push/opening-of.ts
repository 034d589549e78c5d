import * as agents from '#agents'
import { fromBase64url } from '#kernel'
import type { Directory, School } from '#shards'
import { secretId } from '#vault'
import type { PushOpening } from './open.ts'
import type { PushAddress } from './wire.ts'

/**
 * What opens a body that says this of itself; undefined where a key that it names is not there any more,
 * or its agent was turned away.
 */
export async function openingOf(
  directory: Directory,
  school: School,
  address: PushAddress,
  apiKeyId: string,
): Promise<PushOpening | undefined> {
  const agent = await agents.find(directory, school, address.agent as agents.AgentId)
  const serverPrivateKey = await agents.privateKeyOf(directory, address.key)
  if (!agent?.keys || !serverPrivateKey) return undefined

  const { publicKey, previousPublicKey, previousUntilMs } = agent.keys
  const apiKey = await apiKeyOf(agent.keys, apiKeyId, directory.clock.now())
  if (!apiKey) return undefined
  const isPreviousGood = previousPublicKey && previousUntilMs > directory.clock.now()
  const publicKeys = [publicKey, ...(isPreviousGood ? [previousPublicKey] : [])]
  return { address, serverPrivateKey, agentPublicKeys: publicKeys.map(fromBase64url), apiKey }
}

async function apiKeyOf(
  keys: agents.AgentKeys,
  id: string,
  nowMs: number,
): Promise<Uint8Array | undefined> {
  const previous = keys.previousApiUntilMs > nowMs ? keys.previousApiKey : null
  for (const text of [keys.apiKey, keys.nextApiKey, previous]) {
    const key = text && fromBase64url(text)
    if (key && (await secretId(key)) === id) return key
  }
  return undefined
}
