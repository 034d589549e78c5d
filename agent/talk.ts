import type { z } from 'zod'
import { pushHeaders } from '../workers/mis/push/wire.ts'
import { secretId } from '#vault'
import { ask, type AskProblem, type Network, type Question } from './ask.ts'
import { retryAfterMs } from './back-off.ts'
import { bytesOf, type Secrets } from './secrets.ts'
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

/** What a request needs that is made in the agent's own name. */
export type As = Pick<Secrets, 'address' | 'agentId' | 'loginSecret' | 'apiKeys'>

/** Asks one of Schoolgate's endpoints as the enrolled agent, and checks the shape of what it answers. */
export async function tell<T>(
  secrets: As,
  network: Network,
  question: Omit<Question, 'url'> & { readonly path: string },
  shape: z.ZodType<T>,
): Promise<Told<T>> {
  const login = Buffer.from(`${secrets.agentId}:${secrets.loginSecret}`).toString('base64')
  const [apiKey = ''] = secrets.apiKeys
  const { path, headers, ...rest } = question
  const named = {
    authorization: `Basic ${login}`,
    [pushHeaders.apiKey]: await secretId(bytesOf(apiKey)),
    [pushHeaders.version]: VERSION,
    ...headers,
  }
  return answered({ ...rest, headers: named, url: new URL(path, secrets.address) }, network, shape)
}

/** The same without a name: before there is one. */
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
