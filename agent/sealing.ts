import { type PushAddress, pushHeaders, type PushSealing } from '../workers/mis/push/wire.ts'
import { bytesOf, type Secrets } from './secrets.ts'

export type Sealing = { readonly sealing: PushSealing; readonly headers: Record<string, string> }

/** What seals a body, and the headers that say so. `atMs` is by Schoolgate's clock. */
export function sealingFor(
  secrets: Secrets,
  { kind, scope }: Pick<PushAddress, 'kind' | 'scope'>,
  atMs: number,
): Sealing {
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
    [pushHeaders.time]: String(atMs),
    [pushHeaders.kind]: kind,
    [pushHeaders.scope]: scope,
  }
  return { sealing, headers }
}
