import * as agents from '#agents'
import { toBase64url } from '#kernel'
import type { Organisation } from '#schools'
import type { Directory } from '#shards'
import { keyFingerprint, proofOf, secretId, startSealing } from '#vault'
import { allowListOf } from './allow-list.ts'
import { ANSWER_PURPOSE, answerInfoOf, HELLO_PURPOSE, type Statement } from './answers.ts'

/** Who the server is, to anybody. */
export async function identity(directory: Directory) {
  const { id, publicKey } = await agents.currentKey(directory)
  return {
    keyId: id,
    publicKey: toBase64url(publicKey),
    fingerprint: await keyFingerprint(publicKey),
    time: new Date(directory.clock.now()).toISOString(),
  }
}

export type Greeted = {
  agent: agents.Agent & { keys: agents.AgentKeys }
  apiKey: Uint8Array
  organisation: Organisation
  nonce: string
}

/**
 * What an agent is told: Schoolgate's key from now on, what may leave the school, and new keys of its own.
 * Proved by the API key that both have, and bound to the agent's random text, so it is no old one.
 */
export async function hello(directory: Directory, greeted: Greeted) {
  const { agent, apiKey, organisation, nonce } = greeted
  const server = await identity(directory)
  const said: Statement = {
    nonce,
    timeMs: directory.clock.now(),
    organisation: { id: organisation.id, name: organisation.name },
    keyId: server.keyId,
    publicKey: server.publicKey,
    allowList: allowListOf(organisation.products),
    newApiKey: await sealedApiKey(directory, greeted, server.keyId),
    wantsNewAgentKey: agent.keys.isNewKeyWanted,
  }
  const statement = JSON.stringify(said)
  const proof = toBase64url(await proofOf(apiKey, HELLO_PURPOSE, statement))
  return { ...server, statement, proof, apiKeyId: await secretId(apiKey) }
}

/** Only this agent opens it, and only with the key before; that it opens says that Schoolgate made it. */
async function sealedApiKey(
  directory: Directory,
  { agent, apiKey }: Greeted,
  keyId: string,
): Promise<string | null> {
  const { nextApiKey, publicKey } = agent.keys
  const from = nextApiKey ? await agents.privateKeyOf(directory, keyId) : undefined
  if (!nextApiKey || !from) return null
  const context = await startSealing({
    info: answerInfoOf(agent.organisationId, agent.id, keyId),
    from,
    to: Buffer.from(publicKey, 'base64url'),
    shared: { id: agent.id, key: apiKey },
  })
  const sealed = await context.seal(Buffer.from(nextApiKey, 'base64url'), ANSWER_PURPOSE)
  return `${toBase64url(context.enc)}.${toBase64url(sealed)}`
}
