import { secretId } from '#vault'
import { type PushAddress, pushHeaders, type PushSealing } from '../workers/mis/push/wire.ts'
import { bytesOf, type Secrets } from './secrets.ts'

export type Sealing = { readonly sealing: PushSealing; readonly headers: Record<string, string> }

/**
 * What seals a body, and the headers that say so. They stay with it: who brings it may by then have another
 * API key. `atMs` is by Schoolgate's clock.
 */
export async function sealingFor(
  secrets: Secrets,
  { kind, scope }: Pick<PushAddress, 'kind' | 'scope'>,
  atMs: number,
): Promise<Sealing> {
  const [server] = secrets.serverKeys
  const [pair] = secrets.keyPairs
  const [apiKey] = secrets.apiKeys
  if (!server || !pair || apiKey === undefined) throw new Error('secrets without keys')
  const { organisation, agentId: agent } = secrets
  const sealing = {
    address: { organisation: organisation.id, agent, key: server.id, takenAtMs: atMs, kind, scope },
    agentPrivateKey: bytesOf(pair.privateKey),
    serverPublicKey: bytesOf(server.publicKey),
    apiKey: bytesOf(apiKey),
  }
  const headers = {
    'content-type': 'application/octet-stream',
    [pushHeaders.key]: server.id,
    [pushHeaders.apiKey]: await secretId(sealing.apiKey),
    [pushHeaders.time]: String(atMs),
    [pushHeaders.kind]: kind,
    [pushHeaders.scope]: scope,
  }
  return { sealing, headers }
}
