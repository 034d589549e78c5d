import * as agents from '#agents'
import { toBase64url } from '#kernel'
import type { Organisation } from '#schools'
import type { Directory } from '#shards'
import { keyFingerprint } from '#vault'
import { allowListOf } from './allow-list.ts'
import type { Statement } from './answers.ts'

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

/** What an agent is told: Schoolgate's key from now on, what may leave the school, and new keys of its own. */
export async function hello(
  directory: Directory,
  { agent, organisation }: { agent: { keys: agents.AgentKeys }; organisation: Organisation },
): Promise<Statement> {
  const { id, publicKey } = await agents.currentKey(directory)
  return {
    timeMs: directory.clock.now(),
    keyId: id,
    publicKey: toBase64url(publicKey),
    allowList: allowListOf(organisation.products),
    newApiKey: agent.keys.nextApiKey,
    wantsNewAgentKey: agent.keys.isNewKeyWanted,
  }
}
