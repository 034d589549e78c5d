import type { IncomingMessage, ServerResponse } from 'node:http'
import { keyFingerprint, newKeyPair } from '#vault'
import {
  isRequestProven,
  PROOF_GOOD_MS,
  PROOF_HEADER,
  readProof,
} from '../../workers/agents/request-proof.ts'
import { answerInfoOf, sealJson, type Statement } from '../../workers/mis/push/answers.ts'
import {
  AGENT,
  bytes,
  current,
  type Inside,
  json,
  ORGANISATION,
  type Proven,
  text,
} from './pretend-state.ts'

/** Who the server is, to anybody. */
export async function identity(inside: Inside) {
  const { id, pair } = current(inside)
  return {
    keyId: id,
    publicKey: text(pair.publicKey),
    fingerprint: await keyFingerprint(pair.publicKey),
    time: new Date(Date.now() + inside.aheadMs).toISOString(),
  }
}

/** What the agent proved to ask; the name of what is wrong with it otherwise. A new key that is used takes over. */
export async function provenBy(inside: Inside, request: IncomingMessage): Promise<Proven | string> {
  const { keys, nonces } = inside
  const proof = readProof(request.headers[PROOF_HEADER.toLowerCase()] as string | undefined)
  const asked = { method: request.method ?? '', path: request.url ?? '' }
  for (const apiKey of [keys.apiKey, keys.nextApiKey]) {
    if (!proof || !apiKey || !(await isRequestProven(bytes(apiKey), asked, proof))) continue
    if (Math.abs(Date.now() + inside.aheadMs - proof.timeMs) > PROOF_GOOD_MS) return 'wrong-time'
    if (nonces.has(proof.nonce)) return 'replayed'
    nonces.add(proof.nonce)
    if (apiKey === keys.nextApiKey) {
      Object.assign(keys, { apiKey, nextApiKey: null })
      inside.apiKeysEver.push(apiKey)
    }
    return { ...asked, ...proof, apiKey }
  }
  return 'wrong-api-key'
}

/** Sealed to the agent from the key that it has pinned; an impostor has another. */
export async function sealed(
  inside: Inside,
  response: ServerResponse,
  { apiKey, ...asked }: Proven,
  value: unknown,
  status = 200,
): Promise<void> {
  const pinned = inside.serverKeys.find(({ id }) => id === asked.keyId)
  const [agentPublicKey = ''] = inside.agentPublicKeys
  if (!pinned) throw new Error('the agent has pinned a key that nobody has')
  const pair = inside.isImpostor ? await newKeyPair() : pinned.pair
  const channel = {
    info: answerInfoOf({ ...asked, organisation: ORGANISATION.id, agent: AGENT }),
    from: pair.privateKey,
    to: bytes(agentPublicKey),
    shared: { id: AGENT, key: bytes(apiKey) },
  }
  json(response, status, { sealed: await sealJson(channel, value) })
}

/** What an agent that signed in is told. */
export async function hello(
  inside: Inside,
  response: ServerResponse,
  proven: Proven,
): Promise<void> {
  const { keyId, publicKey } = await identity(inside)
  const { nextApiKey, wantsNewAgentKey } = inside.keys
  const statement: Statement = {
    timeMs: Date.now() + inside.aheadMs,
    keyId,
    publicKey,
    allowList: inside.allowList,
    newApiKey: nextApiKey,
    wantsNewAgentKey,
  }
  return sealed(inside, response, proven, statement)
}
