import { fromBase64url, invariant, toBase64url } from '#kernel'

/** The keys that wrap holders' keys: the first is used for new ones, the others still unwrap. */
export type MasterKeys = { current: string; byId: ReadonlyMap<string, CryptoKey> }

/** A key under a master key, as kept in the bucket. */
export type Wrapped = { master: string; nonce: string; body: string }

const KEY_BYTES = 32
const NONCE_BYTES = 12
const encoder = new TextEncoder()

/**
 * Reads the secret `MASTER_KEYS`: `id:base64url[,id:base64url…]`, newest first, 32 bytes each.
 * To rotate, put a new one in front, run the rewrap, then take the old one away.
 */
export async function readMasterKeys(secret: string): Promise<MasterKeys> {
  const byId = new Map<string, CryptoKey>()
  for (const part of secret.split(',')) {
    const [id, text] = part.trim().split(':')
    invariant(id && text, 'MASTER_KEYS is a list of id:base64url')
    const bytes = fromBase64url(text)
    invariant(bytes.byteLength === KEY_BYTES, 'a master key has 32 bytes')
    byId.set(id, await importAes(bytes))
  }
  const [current] = byId.keys()
  invariant(current, 'MASTER_KEYS names at least one key')
  return { current, byId }
}

export async function wrap(masters: MasterKeys, label: string, raw: Uint8Array<ArrayBuffer>) {
  const key = masters.byId.get(masters.current)
  invariant(key, 'the current master key is known')
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const body = await crypto.subtle.encrypt(labelled(nonce, label), key, raw)
  const wrapped: Wrapped = {
    master: masters.current,
    nonce: toBase64url(nonce),
    body: toBase64url(new Uint8Array(body)),
  }
  return wrapped
}

export async function unwrap(masters: MasterKeys, label: string, wrapped: Wrapped) {
  const key = masters.byId.get(wrapped.master)
  invariant(key, 'the master key that wrapped a key is still configured')
  const nonce = fromBase64url(wrapped.nonce)
  return new Uint8Array(
    await crypto.subtle.decrypt(labelled(nonce, label), key, fromBase64url(wrapped.body)),
  )
}

export const importAes = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])

export const importHmac = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])

export const randomKey = (): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(KEY_BYTES))

const labelled = (nonce: Uint8Array<ArrayBuffer>, label: string) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: encoder.encode(label),
})
