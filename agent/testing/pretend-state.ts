import type { IncomingMessage, ServerResponse } from 'node:http'
import type { KeyPair } from '#vault'
import type { AllowList } from '../../workers/mis/push/answers.ts'
import type { Pushed } from '../../workers/mis/push/read-push.ts'
import type { WriteBackLine } from '../../workers/mis/write-backs/line.ts'

/** What a test sets, and what it looks at afterwards. */
export type Pretend = {
  address: string
  code: string
  fingerprint: () => Promise<string>
  allowList: AllowList
  /** How far Schoolgate's clock is ahead of this machine's. */
  aheadMs: number
  /** Answers in place of the right one where it answers true; once, if it takes itself away. */
  instead:
    | ((path: string, request: IncomingMessage, response: ServerResponse) => boolean)
    | undefined
  /** Pushes that opened, in order; the same body again is not in it twice. */
  pushed: Pushed[]
  /** Bodies that came, whole or not. */
  posts: number
  writeBacks: WriteBackLine[]
  acknowledged: string[]
  keys: { apiKey: string; nextApiKey: string | null; wantsNewAgentKey: boolean }
  turnServerKey: () => Promise<void>
  agentPublicKeys: string[]
  /** Takes what is pushed and never answers. */
  isMute: boolean
  /** Has the API key, and not the key that the agent has pinned. */
  isImpostor: boolean
  stop: () => Promise<void>
}

export const ORGANISATION = { id: 'org_00000000000000000000000001', name: 'St Botolph’s Primary' }
export const AGENT = 'agt_00000000000000000000000001'
export const LOGIN = 'a-login-secret-of-the-pretend-server'

/** The same with what tests do not see. */
export type Inside = Pretend & {
  serverKeys: { id: string; pair: KeyPair }[]
  imports: Map<string, string>
  nonces: Set<string>
  apiKeysEver: string[]
}

/** A request that the agent proved, with the API key by which it did. */
export type Proven = { method: string; path: string; nonce: string; keyId: string; apiKey: string }

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
export const bytes = (encoded: string): Uint8Array =>
  new Uint8Array(Buffer.from(encoded, 'base64url'))

export function current({ serverKeys }: Inside): { id: string; pair: KeyPair } {
  const [key] = serverKeys
  if (!key) throw new Error('no key')
  return key
}

export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

export function problem(response: ServerResponse, status: number, type: string): void {
  response
    .writeHead(status, { 'content-type': 'application/problem+json' })
    .end(JSON.stringify({ type: `urn:schoolgate:${type}`, title: type, status }))
}
