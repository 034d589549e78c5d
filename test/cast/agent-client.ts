import * as agents from '#agents'
import { invariant, isRefusal, toBase64url } from '#kernel'
import type { Directory, School } from '#shards'
import { type KeyPair, newKeyPair, secretId } from '#vault'
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

export async function headersOf(
  self: AgentSelf,
  address: PushAddress = addressOf(self),
): Promise<Record<string, string>> {
  return {
    Authorization: `Basic ${btoa(`${self.id}:${self.loginSecret}`)}`,
    [pushHeaders.key]: address.key,
    [pushHeaders.apiKey]: await secretId(self.apiKey),
    [pushHeaders.time]: String(address.takenAtMs),
    [pushHeaders.kind]: address.kind,
    [pushHeaders.scope]: address.scope,
    [pushHeaders.version]: '1.2.3',
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
