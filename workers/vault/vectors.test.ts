import { describe, expect, it } from 'vitest'
import { importAes, importHmac } from './master.ts'

// The runtime's own ciphers against published vectors: if these fail, nothing we seal can be trusted.
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const toHex = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('hex')

describe('AES-256-GCM, McGrew and Viega’s test cases (the GCM specification, appendix B)', () => {
  const key = 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'
  const plain =
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255'
  const iv = 'cafebabefacedbaddecaf888'

  it('case 13: nothing, under a key of zeroes', async () => {
    const aes = await importAes(hex('00'.repeat(32)))
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: hex('00'.repeat(12)) },
      aes,
      hex(''),
    )
    expect(toHex(sealed)).toBe('530f8afbc74536b9a963b4f1c4cb738b')
  })

  it('case 14: one block of zeroes', async () => {
    const aes = await importAes(hex('00'.repeat(32)))
    const iv0 = hex('00'.repeat(12))
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: iv0 },
      aes,
      hex('00'.repeat(16)),
    )
    expect(toHex(sealed)).toBe('cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919')
  })

  it('case 16: with additional data', async () => {
    const aes = await importAes(hex(key))
    const sealed = await crypto.subtle.encrypt(
      {
        name: 'AES-GCM',
        iv: hex(iv),
        additionalData: hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
      },
      aes,
      hex(plain.slice(0, 120)),
    )
    expect(toHex(sealed)).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
        '76fc6ece0f4e1768cddf8853bb2d551b',
    )
  })
})

describe('HMAC-SHA-256, RFC 4231', () => {
  it.each([
    [
      '0b'.repeat(20),
      Buffer.from('Hi There').toString('hex'),
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      Buffer.from('Jefe').toString('hex'),
      Buffer.from('what do ya want for nothing?').toString('hex'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      'aa'.repeat(20),
      'dd'.repeat(50),
      '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
    ],
  ])('key %s', async (key, data, mac) => {
    expect(toHex(await crypto.subtle.sign('HMAC', await importHmac(hex(key)), hex(data)))).toBe(mac)
  })
})
