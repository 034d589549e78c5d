import { toBase64url } from '#kernel'

/** A keyed digest by which a value can be looked up without being readable. */
export type Fingerprint = string & { readonly [brand]: true }
declare const brand: unique symbol

const LENGTH_BYTES = 16 // 128 bits: no collisions among nine million pupils, shorter indexes
const encoder = new TextEncoder()

/** HMAC-SHA-256 (RFC 2104) of kind and value, cut to 128 bits. The same value of another kind differs. */
export async function fingerprint(
  key: CryptoKey,
  kind: string,
  value: string,
): Promise<Fingerprint> {
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`${kind}\u0000${value}`))
  return toBase64url(new Uint8Array(mac, 0, LENGTH_BYTES)) as Fingerprint
}
