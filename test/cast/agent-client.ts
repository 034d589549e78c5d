import * as agents from '#agents'
import { invariant, isRefusal, toBase64url } from '#kernel'
import type { Directory, School } from '#shards'
import { type KeyPair, newKeyPair, secretId } from '#vault'
import { PROOF_HEADER, proveRequest, type Provable } from '#workers/agents/request-proof.ts'
import { answerInfoOf, openJson } from '#workers/mis/push/answers.ts'
import { writePayload } from '#workers/mis/push/payload.ts'
import type { PayloadOpening, PayloadRecord } from '#workers/mis/push/payload.ts'
import { type PushAddress, pushHeaders, sealBody } from '#workers/mis/push/wire.ts'

/** What an agent knows of itself: its secrets are a test's to spoil. */
export type AgentSelf = {
  id: agents.AgentId
  organisation: string
  loginSecret: string
  apiKey: Uint8Array
  pair: KeyPair
  server: { keyId: string; publicKey: Uint8Array }
}

/** An agent of a school, enrolled as a program would, without its requests. */
export async function enrolledAgent(directory: Directory, school: School): Promise<AgentSelf> {
  const asked = { name: 'Office server', nightlyHour: null }
  const place = await agents.openEnrolment(directory, school, asked)
  invariant(!isRefusal(place), 'a school may have an agent')
  const pair = await newKeyPair()
  const bringing = { code: place.code, agentPublicKey: toBase64url(pair.publicKey), version: '1' }
  const given = await agents.enrol(directory, bringing, async (area) => area)
  invariant(!isRefusal(given), 'a code that was just made is good')
  return {
    id: given.agentId,
    organisation: school.id,
    loginSecret: given.loginSecret,
    apiKey: Buffer.from(given.apiKey, 'base64url'),
    pair,
    server: { keyId: given.serverKey.id, publicKey: given.serverKey.publicKey },
  }
}

export const addressOf = (self: AgentSelf, change: Partial<PushAddress> = {}): PushAddress => ({
  organisation: self.organisation,
  agent: self.id,
  key: self.server.keyId,
  takenAtMs: Date.now(),
  kind: 'roster',
  scope: 'partial',
  ...change,
})

/** What it says of a sealed body. */
export const bodyHeadersOf = async (
  self: AgentSelf,
  address: PushAddress = addressOf(self),
): Promise<Record<string, string>> => ({
  [pushHeaders.key]: address.key,
  [pushHeaders.apiKey]: await secretId(self.apiKey),
  [pushHeaders.time]: String(address.takenAtMs),
  [pushHeaders.kind]: address.kind,
  [pushHeaders.scope]: address.scope,
})

export type Asking = {
  headers: Record<string, string>
  opened: (json: unknown) => Promise<unknown>
}

/** What it says of itself and proves, and how it opens the answer: undefined where that is not Schoolgate's. */
export async function askingAs(
  self: AgentSelf,
  asked: Provable,
  timeMs: number = Date.now(),
): Promise<Asking> {
  const { keyId, publicKey } = self.server
  const { header, nonce } = await proveRequest(self.apiKey, asked, { timeMs, keyId })
  const { method, path } = asked
  const about = { organisation: self.organisation, agent: self.id, keyId, method, path, nonce }
  const channel = {
    info: answerInfoOf(about),
    from: publicKey,
    to: self.pair.privateKey,
    shared: { id: self.id, key: self.apiKey },
  }
  return {
    headers: {
      Authorization: `Basic ${btoa(`${self.id}:${self.loginSecret}`)}`,
      [PROOF_HEADER]: header,
      [pushHeaders.version]: '1.2.3',
    },
    opened: (json) => openJson(channel, String((json as { sealed?: string }).sealed)),
  }
}

export const payloadOf = (
  records: PayloadRecord[],
  { kind, scope, takenAtMs }: PushAddress,
): Iterable<Uint8Array> =>
  writePayload(
    {
      format: 'schoolgate-import',
      version: 1,
      kind: kind as PayloadOpening['kind'],
      scope,
      source: 'csv',
      school: null,
      takenAt: new Date(takenAtMs).toISOString(),
      feed: 'nightly',
      dropped: [],
    },
    records,
  )

/** Sealed as the agent seals, to the key that it pinned. */
export async function sealedBy(
  self: AgentSelf,
  plain: Iterable<Uint8Array>,
  address: PushAddress = addressOf(self),
): Promise<Uint8Array<ArrayBuffer>> {
  const sealing = {
    address,
    agentPrivateKey: self.pair.privateKey,
    serverPublicKey: self.server.publicKey,
    apiKey: self.apiKey,
  }
  const parts: Uint8Array[] = []
  for await (const part of sealBody(sealing, plain)) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}
