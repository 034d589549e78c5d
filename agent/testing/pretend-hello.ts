import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isProof, keyFingerprint, proofOf, secretId, startSealing } from '#vault'
import {
  ANSWER_PURPOSE,
  answerInfoOf,
  HELLO_PURPOSE,
  type Statement,
} from '../../workers/mis/push/answers.ts'
import { pushHeaders } from '../../workers/mis/push/wire.ts'
import { AGENT, bytes, current, type Inside, json, ORGANISATION, text } from './pretend-state.ts'

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

/** With the name of a key that it was given, the key before goes. */
export async function namedKey(
  { keys }: Inside,
  request: IncomingMessage,
): Promise<string | undefined> {
  const named = request.headers[pushHeaders.apiKey.toLowerCase()]
  if (keys.nextApiKey && (await secretId(bytes(keys.nextApiKey))) === named) {
    keys.apiKey = keys.nextApiKey
    keys.nextApiKey = null
  }
  return (await secretId(bytes(keys.apiKey))) === named ? keys.apiKey : undefined
}

/** What an agent that signed in is told. */
export async function hello(
  inside: Inside,
  request: IncomingMessage,
  response: ServerResponse,
  apiKey: string,
) {
  const who = await identity(inside)
  const statement = JSON.stringify({
    nonce: String(request.headers[pushHeaders.nonce.toLowerCase()]),
    timeMs: Date.now() + inside.aheadMs,
    organisation: ORGANISATION,
    keyId: who.keyId,
    publicKey: who.publicKey,
    allowList: inside.allowList,
    newApiKey: await sealedKey(inside, request),
    wantsNewAgentKey: inside.keys.wantsNewAgentKey,
  } satisfies Statement)
  const prover = inside.isImpostor ? randomBytes(32) : bytes(apiKey)
  const proof = text(await proofOf(prover, HELLO_PURPOSE, statement))
  const isRight = await isProof(bytes(apiKey), HELLO_PURPOSE, statement, bytes(proof))
  if (isRight === inside.isImpostor) throw new Error('a proof that is wrong')
  json(response, 200, { ...who, statement, proof, apiKeyId: await secretId(bytes(apiKey)) })
}

/** By the key that the agent says it has pinned. */
async function sealedKey(inside: Inside, request: IncomingMessage): Promise<string | null> {
  const { nextApiKey, apiKey } = inside.keys
  const pinned = request.headers[pushHeaders.key.toLowerCase()]
  const key = inside.serverKeys.find(({ id }) => id === pinned)
  const [agentPublicKey] = inside.agentPublicKeys
  if (!nextApiKey || !key || !agentPublicKey) return null
  const context = await startSealing({
    info: answerInfoOf(ORGANISATION.id, AGENT, key.id),
    from: key.pair.privateKey,
    to: bytes(agentPublicKey),
    shared: { id: AGENT, key: bytes(apiKey) },
  })
  return `${text(context.enc)}.${text(await context.seal(bytes(nextApiKey), ANSWER_PURPOSE))}`
}
