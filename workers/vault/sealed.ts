import { fromBase64url, invariant, toBase64url } from '#kernel'

/**
 * Ciphertext of a T. Only the vault makes one (the brand is not exported), so a plain string in a
 * sealed column is a compile error.
 */
export type Sealed<T> = string & { readonly [brand]: T }
declare const brand: unique symbol

/** Where a sealed value lives. It is authenticated with the value: moved elsewhere it will not open. */
export type Place = { holder: string; table: string; column: string; row: string }

/** One version of a holder's data key. */
export type DataKey = { id: string; key: CryptoKey }

const FORMAT = '1'
const NONCE_BYTES = 12 // NIST SP 800-38D §5.2.1.1: 96-bit nonces
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Seals a JSON value with AES-256-GCM under a fresh random nonce. */
export async function seal<T>(dataKey: DataKey, place: Place, value: T): Promise<Sealed<T>> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const plain = encoder.encode(JSON.stringify(value))
  const body = await crypto.subtle.encrypt(gcm(nonce, place), dataKey.key, plain)

  const joined = new Uint8Array(NONCE_BYTES + body.byteLength)
  joined.set(nonce)
  joined.set(new Uint8Array(body), NONCE_BYTES)
  return `${FORMAT}.${dataKey.id}.${toBase64url(joined)}` as Sealed<T>
}

/** Opens what `seal` made. Throws where the text, the key or the place is not the one it was sealed with. */
export async function open<T>(
  keyById: (id: string) => CryptoKey | undefined,
  place: Place,
  sealed: Sealed<T>,
): Promise<T> {
  const [format, keyId, body] = sealed.split('.')
  invariant(format === FORMAT && keyId && body, 'a sealed value has a format, a key id and a body')
  const key = keyById(keyId)
  invariant(key, 'the key that sealed a value is in its holder’s keyring')

  const bytes = fromBase64url(body)
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const plain = await crypto.subtle.decrypt(gcm(nonce, place), key, bytes.subarray(NONCE_BYTES))
  return JSON.parse(decoder.decode(plain)) as T
}

/** The key that sealed a text. */
export const keyIdOf = (sealed: Sealed<unknown>): string => sealed.split('.', 2)[1] ?? ''

/** Every sealed text made with this key begins so: `where column not like '1.k2.%'` finds the others. */
export const sealedWith = (keyId: string): string => `${FORMAT}.${keyId}.`

const gcm = (nonce: Uint8Array<ArrayBuffer>, place: Place) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: encoder.encode(
    JSON.stringify([FORMAT, place.holder, place.table, place.column, place.row]),
  ),
  tagLength: 128,
})
