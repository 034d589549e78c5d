import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** Where a page stands that asks for a passkey, and what it asks to be signed. */
export type Asked = { challenge: string; origin: string; host: string }

/**
 * A device that makes passkeys and signs with them, in software: ES256, no attestation, as WebAuthn Level 3
 * §6 has it. Unlike a real one it does what it is told, so that a test can ask for what must be refused.
 */
export function passkeyDevice() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const cose = coseKey(Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url'))
  const named = { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {} }

  return {
    credentialId: text(id),
    /** What a browser answers when a new passkey was asked for. */
    made(asked: Asked): string {
      const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, cose])
      const authData = authenticatorData(asked.host, 0x45, 0, attested)
      const clientDataJSON = text(clientData('webauthn.create', asked))
      const attestationObject = text(attestation(authData))
      const response = { clientDataJSON, attestationObject, transports: ['internal'] }
      return JSON.stringify({ ...named, response })
    },
    /** What it answers when the passkey was asked to sign; `counter` as the device counts. */
    signed(asked: Asked, counter = 0): string {
      const authData = authenticatorData(asked.host, 0x05, counter, Buffer.alloc(0))
      const client = clientData('webauthn.get', asked)
      const signature = sign('sha256', Buffer.concat([authData, sha256(client)]), privateKey)
      const response = {
        clientDataJSON: text(client),
        authenticatorData: text(authData),
        signature: text(signature),
      }
      return JSON.stringify({ ...named, response })
    },
  }
}

const text = (bytes: Buffer): string => bytes.toString('base64url')
const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest()

const clientData = (type: string, { challenge, origin }: Asked): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

function authenticatorData(host: string, flags: number, counter: number, attested: Buffer): Buffer {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([sha256(host), Buffer.from([flags]), count, attested])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

/** {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR (RFC 9053 §7.1.1). */
const coseKey = (x: Buffer, y: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
    x,
    Buffer.from([0x22, 0x58, 0x20]),
    y,
  ])

/** {"fmt": "none", "attStmt": {}, "authData": bytes} in CBOR. */
const attestation = (authData: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([0xa3, 0x63]),
    Buffer.from('fmt'),
    Buffer.from([0x64]),
    Buffer.from('none'),
    Buffer.from([0x67]),
    Buffer.from('attStmt'),
    Buffer.from([0xa0, 0x68]),
    Buffer.from('authData'),
    Buffer.from([0x59]),
    uint16(authData.length),
    authData,
  ])
