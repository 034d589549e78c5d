import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'

/** Raw X25519 keys, 32 bytes each (RFC 7748 §6.1). */
export type KeyPair = { privateKey: Uint8Array<ArrayBuffer>; publicKey: Uint8Array<ArrayBuffer> }

/** A secret that both sides were given beforehand, and whose it is. RFC 9180 §5.1.2: 32 bytes or more. */
export type SharedSecret = { id: string; key: Uint8Array }

export type SealingTo = {
  info: string
  from: Uint8Array
  to: Uint8Array
  /** Undefined before both sides have one. What is too short to be one does harm (RFC 9180 §9.5): leave it out. */
  shared?: SharedSecret | undefined
}
export type OpeningFrom = SealingTo & { enc: Uint8Array }

/** Seals or opens one message after the other: the number of each is part of its nonce. */
export type SealingContext = {
  enc: Uint8Array<ArrayBuffer>
  seal(plain: Uint8Array, about: string): Promise<Uint8Array<ArrayBuffer>>
}
export type OpeningContext = {
  open(sealed: Uint8Array, about: string): Promise<Uint8Array<ArrayBuffer>>
}

/** Bytes of an encapsulated key and of a public key (RFC 9180 §7.1, Nenc and Npk of X25519). */
export const ENC_BYTES = 32
/** What AES-256-GCM adds to each message (RFC 9180 §7.3, Nt). */
export const TAG_BYTES = 16

const kem = new DhkemX25519HkdfSha256()
const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const encoder = new TextEncoder()

export async function newKeyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await kem.generateKeyPair()
  return {
    privateKey: new Uint8Array(await kem.serializePrivateKey(privateKey)),
    publicKey: new Uint8Array(await kem.serializePublicKey(publicKey)),
  }
}

/**
 * Sealing in the modes that prove both sides (RFC 9180 §5.1.4, auth_psk, and §5.1.3, auth, where nothing is
 * shared yet): only the owner of the private key `to` opens it, and it opens only if the owner of `from` sealed
 * it, with the same shared secret. `from` is the sender's private key, `to` the recipient's public one.
 */
export async function startSealing(sealing: SealingTo): Promise<SealingContext> {
  const context = await suite.createSenderContext({
    info: encoder.encode(sealing.info),
    recipientPublicKey: await kem.deserializePublicKey(sealing.to),
    senderKey: await kem.deserializePrivateKey(sealing.from),
    ...pskOf(sealing.shared),
  })
  return {
    enc: new Uint8Array(context.enc),
    seal: async (plain, about) => new Uint8Array(await context.seal(plain, encoder.encode(about))),
  }
}

/**
 * The other side: `from` is the sender's public key, `to` the recipient's private one. Whether all of it
 * fits is known only when the first message opens or throws.
 */
export async function startOpening(opening: OpeningFrom): Promise<OpeningContext> {
  const context = await suite.createRecipientContext({
    info: encoder.encode(opening.info),
    enc: opening.enc,
    recipientKey: await kem.deserializePrivateKey(opening.to),
    senderPublicKey: await kem.deserializePublicKey(opening.from),
    ...pskOf(opening.shared),
  })
  return {
    open: async (sealed, about) =>
      new Uint8Array(await context.open(sealed, encoder.encode(about))),
  }
}

/** One message by itself, as text: the encapsulated key and what is sealed, each base64url, a dot between. */
export async function sealAlone(sealing: SealingTo, plain: Uint8Array): Promise<string> {
  const context = await startSealing(sealing)
  const sealed = await context.seal(plain, ALONE)
  return [context.enc, sealed].map((part) => Buffer.from(part).toString('base64url')).join('.')
}

/** The other side. Throws where it was sealed by another, for another or about another, or was changed. */
export async function openAlone(
  opening: Omit<OpeningFrom, 'enc'>,
  sealed: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const [enc = '', body = ''] = sealed.split('.')
  const context = await startOpening({ ...opening, enc: Buffer.from(enc, 'base64url') })
  return context.open(Buffer.from(body, 'base64url'), ALONE)
}

const ALONE = 'alone'

/**
 * What two people read to each other to be sure that they mean the same public key: the first 128 bits
 * of its SHA-256, in eight groups of four.
 */
export async function keyFingerprint(publicKey: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(publicKey))
  const hex = Buffer.from(digest).subarray(0, 16).toString('hex').toUpperCase()
  return (hex.match(/.{4}/g) ?? []).join(' ')
}

/** Names a shared secret without telling it: the first 48 bits of a digest of 256 random ones. */
export async function secretId(key: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest(
    'SHA-256',
    Buffer.concat([encoder.encode('schoolgate-api-key/1\n'), key]),
  )
  return Buffer.from(digest).subarray(0, 6).toString('hex')
}

/** HMAC-SHA-256 (RFC 2104) of a text, for a purpose: a proof made for one thing proves nothing else. */
export async function proofOf(key: Uint8Array, purpose: string, text: string): Promise<Uint8Array> {
  const mac = await crypto.subtle.sign(
    'HMAC',
    await hmac(key),
    encoder.encode(`${purpose}\n${text}`),
  )
  return new Uint8Array(mac)
}

/** Whether the proof is one of this text, for this purpose, under this key. Takes the same time either way. */
export const isProof = async (
  key: Uint8Array,
  purpose: string,
  text: string,
  proof: Uint8Array,
): Promise<boolean> =>
  crypto.subtle.verify(
    'HMAC',
    await hmac(key),
    new Uint8Array(proof),
    encoder.encode(`${purpose}\n${text}`),
  )

const hmac = (key: Uint8Array) =>
  crypto.subtle.importKey('raw', new Uint8Array(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])

const pskOf = (shared: SharedSecret | undefined) =>
  shared && { psk: { id: encoder.encode(shared.id), key: shared.key } }
