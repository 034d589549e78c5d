import { createHash } from 'node:crypto'
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { describe, expect, test } from 'vitest'
import {
  isProof,
  keyFingerprint,
  newKeyPair,
  openAlone,
  proofOf,
  sealAlone,
  secretId,
  startOpening,
  startSealing,
} from './hpke.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const toHex = (bytes: Uint8Array | ArrayBuffer) =>
  Buffer.from(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes).toString('hex')
const text = (bytes: string) => Buffer.from(bytes, 'hex').toString('utf8')

/**
 * The published vectors of just what we use (RFC 9180, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM), from
 * the RFC's test-vectors.json at cfrg/draft-irtf-cfrg-hpke, commit 5f503c5: auth_psk for what is pushed, and auth
 * for the enrolment, when nothing is shared yet.
 */
const vectors = [
  {
    mode: 'auth_psk',
    ikmE: '72f439eae7e59017d8b27ef1c19b178c1bbae606aed33a1c36e0bacf7dd3ffac',
    recipient: {
      privateKey: hex('a494cc9d803df57792c866f6ab716ba8ce953236e3ec71914908cd80fb721c15'),
      publicKey: hex('49823d14040d46e3d405e21f421a810a4968a361bc96c5abcf2f36e66b15a36e'),
    },
    sender: {
      privateKey: hex('06d5b0b9a559a48588a2447b51f153ef5a03fae0c022c831e64ad85bb3d3ab41'),
      publicKey: hex('f94a4aad51983c18a48a960f2072c14818b9bf1eac2cc4575e32d8d029387a2e'),
    },
    shared: {
      id: text('456e6e796e20447572696e206172616e204d6f726961'),
      key: hex('0247fd33b913760fa1fa51e1892d9f307fbe65eb171e8132c2af18555a738b82'),
    },
    enc: 'd38af616e071a4e3717ad1575fc8df781c541b4d0cc02cdf98f2d156a9eda15f',
    sealed: [
      '49d13e16bc1f0e45805ac211e0c2e6bf5d436ed00df5f02f16c4c8eaeda0418d3f614636e2f026949bbd6dd281',
      '3179ce5b24375e75dee632b551fe2091ee399ea2102e7ecb95068ca423186c3eec89cae7c4c580f2a82e014dc0',
      '9f5408fcac20278c45adf43ade2f0c73228320c4cf78e6354e92736fedd2970955e80402aaae1204309f7567f3',
    ],
  },
  {
    mode: 'auth',
    ikmE: '734369ab3061f71ee85e090fae308553cac8e7b3fbd45b4ba83d05e0cd05b1c4',
    recipient: {
      privateKey: hex('47f1eee3670dfaaf27c30a83d06ee9f257af174727c17b35328ef730dfc1cd81'),
      publicKey: hex('3668d659cec6f338f4f8dc6da6733118d2a633f186a3c1415c895111a8eb7c7d'),
    },
    sender: {
      privateKey: hex('98fdf9b9773578a79d4ba82fbe483c74cc2e3b8d9525d148a18969fd79a74876'),
      publicKey: hex('4a91c3d0893433f5e31a79fc520f885527a1bc60bf2b0c72693dd7f0b2e41a5a'),
    },
    shared: undefined,
    enc: '9e59f4b1fa5c876f684765290c34e51145894cc4f244342b9fb1a4bdfd8bb426',
    sealed: [
      '10b964283ac2cc0bdc4c85ab617291b446bf3832e9359b2c3a0facc50ea75a3c1afd08aeaacd6041d02eb560ec',
      '83b24287a5ac672289ccebf5ec303d3c0a85bc60bb7a748014d85179b51c7552ca93a70817ee3140442f92e23b',
      'f42d890891825c1a57dea5a66baf2c940126704682826bc7c5caee60ca71578d767db256b0c2a4051bef1236f7',
    ],
  },
]
const INFO = text('4f6465206f6e2061204772656369616e2055726e')
const PLAIN = 'Beauty is truth, truth beauty'

describe.each(vectors)('the published vector of $mode', (vector) => {
  const { sender, recipient, shared, enc, sealed } = vector

  test('opens, message after message, with each message’s number in it', async () => {
    const from = { info: INFO, enc: hex(enc), from: sender.publicKey, to: recipient.privateKey }
    const context = await startOpening({ ...from, ...(shared && { shared }) })
    for (const [at, message] of sealed.entries()) {
      const opened = await context.open(hex(message), `Count-${at}`)
      expect(Buffer.from(opened).toString()).toBe(PLAIN)
    }
  })

  test('is what the library seals, given the same draw', async () => {
    const kem = new DhkemX25519HkdfSha256()
    const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() })
    const context = await suite.createSenderContext({
      info: Buffer.from(INFO),
      recipientPublicKey: await kem.deserializePublicKey(recipient.publicKey),
      senderKey: await kem.deserializePrivateKey(sender.privateKey),
      ...(shared && { psk: { id: Buffer.from(shared.id), key: shared.key } }),
      ekm: await kem.deriveKeyPair(hex(vector.ikmE)),
    })
    expect(toHex(context.enc)).toBe(enc)
    for (const [at, message] of sealed.entries()) {
      const again = await context.seal(Buffer.from(PLAIN), Buffer.from(`Count-${at}`))
      expect(toHex(again)).toBe(message)
    }
  })
})

test('what we seal is opened by whom it is for, message after message', async () => {
  const [agent, server] = [await newKeyPair(), await newKeyPair()]
  const shared = { id: 'agt_1', key: crypto.getRandomValues(new Uint8Array(32)) }
  const info = 'schoolgate-push/1\norg\nagt'
  const sealing = { info, from: agent.privateKey, to: server.publicKey, shared }
  const sender = await startSealing(sealing)
  const opening = { info, enc: sender.enc, from: agent.publicKey, to: server.privateKey, shared }
  const recipient = await startOpening(opening)
  for (const [sequence, words] of ['Wren is in', 'Teddy is out', ''].entries()) {
    const sealed = await sender.seal(Buffer.from(words), `chunk:${sequence}`)
    expect(Buffer.from(await recipient.open(sealed, `chunk:${sequence}`)).toString()).toBe(words)
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
    info: Buffer.from(INFO),
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

test('before anything is shared, a message alone is still of one key, for another, about one thing', async () => {
  const [agent, server, other] = [await newKeyPair(), await newKeyPair(), await newKeyPair()]
  const sealing = { info: 'enrolment', from: agent.privateKey, to: server.publicKey }
  const sealed = await sealAlone(sealing, Buffer.from('A code'))
  const opening = { info: 'enrolment', from: agent.publicKey, to: server.privateKey }
  expect(Buffer.from(await openAlone(opening, sealed)).toString()).toBe('A code')
  const [enc = '', body = ''] = sealed.split('.')
  const shared = { id: 'agt_1', key: new Uint8Array(32) }
  const changed = [
    [{ ...opening, from: other.publicKey }, sealed],
    [{ ...opening, to: other.privateKey }, sealed],
    [{ ...opening, info: 'answer' }, sealed],
    [{ ...opening, shared }, sealed],
    [opening, `${enc}.${body.slice(0, -4)}AAAA`],
    [opening, enc],
    [opening, ''],
  ] as const
  for (const [how, text] of changed) await expect(openAlone(how, text)).rejects.toThrow()
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
