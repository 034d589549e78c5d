import {
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
} from 'node:crypto'
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { describe, expect, test } from 'vitest'
import {
  isProof,
  keyFingerprint,
  newKeyPair,
  proofOf,
  secretId,
  startOpening,
  startSealing,
} from './hpke.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const toHex = (bytes: Uint8Array | ArrayBuffer) =>
  Buffer.from(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes).toString('hex')
const text = (bytes: string) => Buffer.from(bytes, 'hex').toString('utf8')

/**
 * The receiving half of auth_psk as RFC 9180 writes it down (§4.1, §5.1), by Node's own ciphers: a second
 * implementation, which is itself held against the RFC's vector, and then against ours. The RFC's appendix
 * has auth_psk with X25519 for AES-128-GCM only; the suites differ by two numbers.
 */
const suites = {
  'aes-128-gcm': { id: 1, keyBytes: 16 },
  'aes-256-gcm': { id: 2, keyBytes: 32 },
} as const

type Message = {
  cipher: keyof typeof suites
  enc: Uint8Array
  recipient: { privateKey: Uint8Array; publicKey: Uint8Array }
  sender: Uint8Array
  psk: Uint8Array
  pskId: string
  info: string
}

function byTheBook({ cipher, enc, recipient, sender, psk, pskId, info }: Message) {
  const { id, keyBytes } = suites[cipher]
  const kem = Buffer.concat([Buffer.from('KEM'), two(0x0020)])
  const suite = Buffer.concat([Buffer.from('HPKE'), two(0x0020), two(0x0001), two(id)])
  const dh = Buffer.concat([
    agreed(recipient.privateKey, enc),
    agreed(recipient.privateKey, sender),
  ])
  const kemContext = Buffer.concat([enc, recipient.publicKey, sender])
  const eae = extracted(kem, Buffer.alloc(0), 'eae_prk', dh)
  const sharedSecret = expanded(kem, eae, 'shared_secret', kemContext, 32)
  const none = Buffer.alloc(0)
  const context = Buffer.concat([
    Buffer.from([MODE_AUTH_PSK]),
    extracted(suite, none, 'psk_id_hash', Buffer.from(pskId)),
    extracted(suite, none, 'info_hash', Buffer.from(info)),
  ])
  const secret = extracted(suite, sharedSecret, 'secret', psk)
  const key = expanded(suite, secret, 'key', context, keyBytes)
  const nonce = expanded(suite, secret, 'base_nonce', context, 12)
  const open = (sequence: number, about: Uint8Array, sealed: Uint8Array) => {
    const at = Buffer.from(nonce)
    at.writeUInt8(at.readUInt8(11) ^ sequence, 11)
    const decipher = createDecipheriv(cipher, key, at).setAAD(about)
    decipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  }
  return { sharedSecret, key, nonce, open }
}

const MODE_AUTH_PSK = 3
const two = (value: number) => Buffer.from([value >> 8, value & 0xff])

const extracted = (suite: Buffer, salt: Uint8Array, label: string, ikm: Uint8Array) =>
  createHmac('sha256', salt)
    .update(Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label), ikm]))
    .digest()

function expanded(suite: Buffer, prk: Buffer, label: string, info: Uint8Array, length: number) {
  const labelled = [two(length), Buffer.from('HPKE-v1'), suite, Buffer.from(label), info]
  const block = Buffer.concat([...labelled, Buffer.from([1])])
  return createHmac('sha256', prk).update(block).digest().subarray(0, length)
}

function agreed(privateKey: Uint8Array, publicKey: Uint8Array): Buffer {
  const pkcs8 = Buffer.concat([hex('302e020100300506032b656e04220420'), privateKey])
  const spki = Buffer.concat([hex('302a300506032b656e032100'), publicKey])
  return diffieHellman({
    privateKey: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
  })
}

// RFC 9180, appendix A.1.4.
const A14 = {
  cipher: 'aes-128-gcm',
  enc: hex('820818d3c23993492cc5623ab437a48a0a7ca3e9639c140fe1e33811eb844b7c'),
  recipient: {
    privateKey: hex('cb29a95649dc5656c2d054c1aa0d3df0493155e9d5da6d7e344ed8b6a64a9423'),
    publicKey: hex('1d11a3cd247ae48e901939659bd4d79b6b959e1f3e7d66663fbc9412dd4e0976'),
  },
  sender: hex('2bfb2eb18fcad1af0e4f99142a1c474ae74e21b9425fc5c589382c69b50cc57e'),
  psk: hex('0247fd33b913760fa1fa51e1892d9f307fbe65eb171e8132c2af18555a738b82'),
  pskId: text('456e6e796e20447572696e206172616e204d6f726961'),
  info: text('4f6465206f6e2061204772656369616e2055726e'),
} as const satisfies Message

describe('the book’s own vector', () => {
  const { sharedSecret, key, nonce, open } = byTheBook(A14)

  test('key schedule', () => {
    expect(toHex(sharedSecret)).toBe(
      'f9d0e870aba28d04709b2680cb8185466c6a6ff1d6e9d1091d5bf5e10ce3a577',
    )
    expect(toHex(key)).toBe('1364ead92c47aa7becfa95203037b19a')
    expect(toHex(nonce)).toBe('99d8b5c54669807e9fc70df1')
  })

  test.each([
    [
      0,
      'a84c64df1e11d8fd11450039d4fe64ff0c8a99fca0bd72c2d4c3e0400bc14a40f27e45e141a24001697737533e',
    ],
    [
      1,
      '4d19303b848f424fc3c3beca249b2c6de0a34083b8e909b6aa4c3688505c05ffe0c8f57a0a4c5ab9da127435d9',
    ],
  ])('message %d', (sequence, sealed) => {
    const plain = open(sequence, Buffer.from(`Count-${sequence}`), hex(sealed))
    expect(plain.toString()).toBe('Beauty is truth, truth beauty')
  })
})

test('what we seal opens by the book, message after message', async () => {
  const [agent, server] = [await newKeyPair(), await newKeyPair()]
  const [info, pskId] = ['schoolgate-push/1\norg\nagt', 'agt_1']
  const psk = crypto.getRandomValues(new Uint8Array(32))
  const sealing = { info, from: agent.privateKey, to: server.publicKey }
  const context = await startSealing({ ...sealing, shared: { id: pskId, key: psk } })
  const { open } = byTheBook({
    cipher: 'aes-256-gcm',
    enc: context.enc,
    recipient: server,
    sender: agent.publicKey,
    psk,
    pskId,
    info,
  })
  for (const [sequence, words] of ['Wren is in', 'Teddy is out', ''].entries()) {
    const about = `chunk:${sequence}`
    const sealed = await context.seal(Buffer.from(words), about)
    expect(open(sequence, Buffer.from(about), sealed).toString()).toBe(words)
  }
})

// The published vectors (cfrg/draft-irtf-cfrg-hpke, test-vectors.json, as condensed in Go's
// crypto/hpke/testdata/rfc9180.json: SHAKE128 over a thousand ciphertexts of inputs that SHAKE128 draws).
test('the library’s AES-256-GCM suite, base mode, a thousand messages', async () => {
  const kem = new DhkemX25519HkdfSha256()
  const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() })
  const pair = async (ikm: string) => kem.deriveKeyPair(hex(ikm))
  const recipient = await pair('dac33b0e9db1b59dbbea58d59a14e7b5896e9bdf98fad6891e99d1686492b9ee')
  const context = await suite.createSenderContext({
    recipientPublicKey: recipient.publicKey,
    info: Buffer.from(A14.info),
    ekm: await pair('2cd7c601cefb3d42a62b04b7a9041494c06c7843818e0ce28a8f704ae7ab20f9'),
  })
  expect(toHex(context.enc)).toBe(
    '6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256',
  )
  const source = createHash('shake128', { outputLength: 600_000 }).digest()
  let at = 0
  const drawn = () => {
    const length = source.readUInt8(at)
    at += 1 + length
    return source.subarray(at - length, at)
  }
  const sink = createHash('shake128', { outputLength: 16 })
  for (let count = 0; count < 1000; count++) {
    const [about, plain] = [drawn(), drawn()]
    sink.update(new Uint8Array(await context.seal(plain, about)))
  }
  expect(sink.digest('hex')).toBe('1702e73e1e71705faa8241022af1deea')
})

describe('a message opens only as it was meant', () => {
  const open = async (change: (given: Awaited<ReturnType<typeof sealed>>) => void) => {
    const given = await sealed()
    change(given)
    const context = await startOpening(given.opening)
    return context.open(given.message, given.about)
  }

  async function sealed() {
    const [agent, server, other] = [await newKeyPair(), await newKeyPair(), await newKeyPair()]
    const shared = { id: 'agt_1', key: new Uint8Array(32).fill(7) }
    const info = 'for St Botolph’s'
    const context = await startSealing({
      info,
      from: agent.privateKey,
      to: server.publicKey,
      shared,
    })
    const opening = {
      info,
      enc: context.enc as Uint8Array,
      from: agent.publicKey as Uint8Array,
      to: server.privateKey as Uint8Array,
      shared: { ...shared },
    }
    const message = await context.seal(Buffer.from('Good morning'), 'last:0')
    return { opening, message, about: 'last:0', other }
  }

  test('as it was meant', async () => {
    expect(Buffer.from(await open(() => undefined)).toString()).toBe('Good morning')
  })

  type Given = Awaited<ReturnType<typeof sealed>>
  test.each<[string, (given: Given) => void]>([
    ['from somebody else', ({ opening, other }) => (opening.from = other.publicKey)],
    ['to somebody else', ({ opening, other }) => (opening.to = other.privateKey)],
    ['with another API key', ({ opening }) => opening.shared.key.fill(8)],
    ['under another agent’s name', ({ opening }) => (opening.shared.id = 'agt_2')],
    ['for another school', ({ opening }) => (opening.info = 'for Oakfield')],
    ['in another place', (given) => (given.about = 'chunk:0')],
    ['changed on the way', ({ message }) => (message[0] = (message[0] ?? 0) ^ 1)],
  ])('%s it does not', async (_, change) => {
    await expect(open(change)).rejects.toThrow()
  })
})

test('a fingerprint is eight groups of four, a secret is named without being told', async () => {
  const key = new Uint8Array(32).fill(1)
  const digest = createHash('sha256').update(key).digest('hex').toUpperCase()
  expect(await keyFingerprint(key)).toBe((digest.slice(0, 32).match(/.{4}/g) ?? []).join(' '))
  expect(await secretId(key)).toMatch(/^[0-9a-f]{12}$/)
  expect(digest.toLowerCase()).not.toContain(await secretId(key))
})

test('a proof is of one text, for one purpose, under one key', async () => {
  const key = new Uint8Array(32).fill(1)
  const proof = await proofOf(key, 'hello', 'Yes')
  expect(await isProof(key, 'hello', 'Yes', proof)).toBe(true)
  expect(await isProof(key, 'hello', 'No', proof)).toBe(false)
  expect(await isProof(key, 'goodbye', 'Yes', proof)).toBe(false)
  expect(await isProof(new Uint8Array(32).fill(2), 'hello', 'Yes', proof)).toBe(false)
})
