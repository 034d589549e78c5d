import { proveRequest, PROOF_HEADER } from '../workers/agents/request-proof.ts'
import {
  type AnswerAddress,
  answerInfoOf,
  openJson,
  sealedSchema,
} from '../workers/mis/push/answers.ts'
import { pushHeaders } from '../workers/mis/push/wire.ts'
import type { z } from 'zod'
import { ask, type AskProblem, type Network, type Question } from './ask.ts'
import { retryAfterMs } from './back-off.ts'
import { bytesOf, type KeyPair, type Secrets } from './secrets.ts'
import { VERSION } from './version.ts'

export type Told<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      /** `refused`: Schoolgate said no, and says why in `code`. `nonsense`: something else answered. */
      readonly reason: AskProblem | 'refused' | 'nonsense'
      readonly code: string
      readonly status?: number
      readonly askedMs?: number
    }

/** Whoever answered has not the key that this agent has pinned. */
export const unproven: Told<never> = { ok: false, reason: 'nonsense', code: 'not-proven' }

export type AgentQuestion = Omit<Question, 'url'> & { readonly path: string }

/**
 * Asks one of Schoolgate's endpoints as the enrolled agent. The request is proved under the API key; the answer
 * counts only if the key that this agent has pinned sealed it, to this agent, for this request.
 */
export async function tell<T>(
  secrets: Secrets,
  network: Network,
  question: AgentQuestion,
  shape: z.ZodType<T>,
): Promise<Told<T>> {
  const told = await tellWithKey(secrets, network, question, shape)
  return told.ok ? { ok: true, value: told.value.said } : told
}

/**
 * The same, with the pair of this agent's that Schoolgate sealed to: the newest that it knows. Where a proxy on
 * the way asked the same twice and brought the second refusal, it is asked once more.
 */
export async function tellWithKey<T>(
  secrets: Secrets,
  network: Network,
  question: AgentQuestion,
  shape: z.ZodType<T>,
): Promise<Told<Said<T>>> {
  const told = await tellOnce(secrets, network, question, shape)
  const isDoubled = !told.ok && told.code === 'replayed'
  return isDoubled ? tellOnce(secrets, network, question, shape) : told
}

export type Said<T> = { readonly said: T; readonly pair: KeyPair }

/** The same without a name: before there is one. What it answers proves nothing. */
export async function answered<T>(
  question: Question,
  network: Network,
  shape: z.ZodType<T>,
): Promise<Told<T>> {
  const answer = await ask(question, network)
  if (!answer.ok) return answer
  const { status, headers } = answer
  const json = parsed(answer.text)
  if (status >= 200 && status < 300) {
    const read = shape.safeParse(json)
    if (read.success) return { ok: true, value: read.data }
    return { ok: false, reason: 'nonsense', code: 'another-shape', status }
  }
  const askedMs = retryAfterMs(headers['retry-after'], Date.now())
  return {
    ok: false,
    reason: 'refused',
    code: problemType(json) ?? String(status),
    status,
    askedMs,
  }
}

async function tellOnce<T>(
  secrets: Secrets,
  network: Network,
  question: AgentQuestion,
  shape: z.ZodType<T>,
): Promise<Told<Said<T>>> {
  const { address, agentId: agent, organisation } = secrets
  const { path, headers, ...rest } = question
  const proof = await provenBy(secrets, question)
  const named = {
    authorization: loginOf(secrets),
    [PROOF_HEADER]: proof.header,
    [pushHeaders.version]: VERSION,
    ...headers,
  }
  const asked = { ...rest, headers: named, url: new URL(path, address) }
  const told = await answered(asked, network, sealedSchema)
  if (!told.ok) return told
  const { nonce, keyId } = proof
  const about = { organisation: organisation.id, agent, keyId, method: rest.method, path, nonce }
  const opened = await openedWith(secrets, about, told.value.sealed)
  if (!opened) return unproven
  const read = shape.safeParse(opened.plain)
  if (!read.success) return { ok: false, reason: 'nonsense', code: 'another-shape' }
  return { ok: true, value: { said: read.data, pair: opened.pair } }
}

const loginOf = ({ agentId, loginSecret }: Secrets): string =>
  `Basic ${Buffer.from(`${agentId}:${loginSecret}`).toString('base64')}`

/** By Schoolgate's clock, as far as this machine knows it. */
async function provenBy(
  { apiKeys: [apiKey = ''], serverKeys: [server], clockAheadMs = 0 }: Secrets,
  { method, path, body }: AgentQuestion,
): Promise<{ header: string; nonce: string; keyId: string }> {
  const keyId = server?.id ?? ''
  const timeMs = Math.round(Date.now() - clockAheadMs)
  const provable = { method, path, body: provableOf(body) }
  return { ...(await proveRequest(bytesOf(apiKey), provable, { timeMs, keyId })), keyId }
}

/** A body that lies in a file is a push, which proves itself. */
function provableOf(body: Question['body']): Uint8Array | 'sealed' | undefined {
  if (body === undefined || body instanceof Uint8Array) return body
  return typeof body === 'string' ? new TextEncoder().encode(body) : 'sealed'
}

/** To the pair that was offered last, if Schoolgate knows it, else to the one in use or the one before. */
async function openedWith(
  { agentId: id, apiKeys: [apiKey = ''], serverKeys: [server], keyPairs, nextKeyPair }: Secrets,
  about: AnswerAddress,
  sealed: string,
): Promise<{ plain: unknown; pair: KeyPair } | undefined> {
  for (const pair of [...(nextKeyPair ? [nextKeyPair] : []), ...keyPairs]) {
    const channel = {
      info: answerInfoOf(about),
      from: bytesOf(server?.publicKey ?? ''),
      to: bytesOf(pair.privateKey),
      shared: { id, key: bytesOf(apiKey) },
    }
    const plain = await openJson(channel, sealed)
    if (plain !== undefined) return { plain, pair }
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The last word of a problem's `type` (RFC 9457, 3.1.1), where it is one of ours. */
function problemType(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('type' in json)) return undefined
  return /(?:^|[/:#])([a-z][a-z0-9-]{1,60})$/.exec(String(json.type))?.[1]
}
