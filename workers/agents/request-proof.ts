import { isProof, proofOf } from '#vault'

/**
 * How an agent proves that a request is its own: an HMAC under its API key over what it asks, when, with what
 * body, and by which of Schoolgate's keys it wants the answer sealed. The key itself never travels, and who
 * reads one request can make no other. Both ends use this file; it reads nothing and holds no secret.
 */
export const PROOF_HEADER = 'Schoolgate-Proof'

/** A request is good for so long before and after the time it says, in milliseconds. */
export const PROOF_GOOD_MS = 15 * 60_000

export type Asked = {
  method: string
  /** With what comes after a question mark. */
  path: string
}

export type RequestProof = {
  /** Milliseconds since 1970 in UTC, by Schoolgate's clock. */
  timeMs: number
  /** Random text: it is taken once, and the answer is bound to it. */
  nonce: string
  /** The id of Schoolgate's key that the agent has pinned. */
  keyId: string
  /** SHA-256 of the body; `none` without one; `sealed` where the body proves itself, as a push does. */
  digest: string
  mac: string
}

export type Provable = Asked & { body?: Uint8Array | 'sealed' | undefined }

/** The header that proves a request, and the nonce that the answer will be bound to. */
export async function proveRequest(
  apiKey: Uint8Array,
  { method, path, body }: Provable,
  { timeMs, keyId }: Pick<RequestProof, 'timeMs' | 'keyId'>,
): Promise<{ header: string; nonce: string }> {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url')
  const digest = body === undefined ? 'none' : body === 'sealed' ? body : await bodyDigest(body)
  const said = { timeMs, nonce, keyId, digest }
  const mac = Buffer.from(await proofOf(apiKey, PURPOSE, textOf({ method, path }, said)))
  return { header: `${fieldsOf(said)}.${mac.toString('base64url')}`, nonce }
}

/** What the header says; undefined where it is none. */
export function readProof(header: string | undefined): RequestProof | undefined {
  const found = FORM.exec(header ?? '')?.groups
  if (!found) return undefined
  const { time, nonce = '', key: keyId = '', digest = '', mac = '' } = found
  return { timeMs: Number(time), nonce, keyId, digest, mac }
}

/** Whether whoever holds this API key asked just this. */
export const isRequestProven = (
  apiKey: Uint8Array,
  asked: Asked,
  proof: RequestProof,
): Promise<boolean> =>
  isProof(apiKey, PURPOSE, textOf(asked, proof), Buffer.from(proof.mac, 'base64url'))

export async function bodyDigest(body: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(body))
  return Buffer.from(digest).toString('base64url')
}

const PURPOSE = 'schoolgate-request/1'

const FORM =
  /^(?<time>\d{10,15})\.(?<nonce>[\w-]{22,100})\.(?<key>\w{1,60})\.(?<digest>[\w-]{4,43})\.(?<mac>[\w-]{43})$/

const fieldsOf = ({ timeMs, nonce, keyId, digest }: Omit<RequestProof, 'mac'>): string =>
  [timeMs, nonce, keyId, digest].join('.')

const textOf = ({ method, path }: Asked, said: Omit<RequestProof, 'mac'>): string =>
  [method, path, fieldsOf(said)].join('\n')
