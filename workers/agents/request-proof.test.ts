import { expect, test } from 'vitest'
import { bodyDigest, isRequestProven, proveRequest, readProof } from './request-proof.ts'

const apiKey = new Uint8Array(32).fill(3)
const asked = { method: 'POST', path: '/mis/v1/keys' }
const said = { timeMs: 1_795_000_000_000, keyId: 'key_1' }

async function proof(body?: Uint8Array | 'sealed') {
  const { header, nonce } = await proveRequest(apiKey, { ...asked, body }, said)
  const read = readProof(header)
  if (!read) throw new Error('a proof that cannot be read')
  return { header, nonce, read }
}

test('a request is proved under one key, and says nothing of it', async () => {
  const { header, nonce, read } = await proof()
  expect(read).toMatchObject({ ...said, nonce, digest: 'none' })
  expect(await isRequestProven(apiKey, asked, read)).toBe(true)
  expect(await isRequestProven(new Uint8Array(32), asked, read)).toBe(false)
  expect(header).not.toContain(Buffer.from(apiKey).toString('base64url'))
  expect((await proof()).nonce).not.toBe(nonce)
})

test('whatever is changed in it, it is proved no more', async () => {
  const { read } = await proof(Buffer.from('Wren'))
  expect(read.digest).toBe(await bodyDigest(Buffer.from('Wren')))
  for (const other of [{ method: 'GET' }, { path: '/mis/v1/hello' }, { path: '/mis/v1/keys?a' }])
    expect(await isRequestProven(apiKey, { ...asked, ...other }, read)).toBe(false)
  const changes = [
    { timeMs: said.timeMs + 1 },
    { nonce: `${read.nonce}A` },
    { keyId: 'key_2' },
    { digest: await bodyDigest(Buffer.from('Teddy')) },
    { digest: 'none' },
    { mac: read.mac.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) },
  ]
  for (const change of changes)
    expect(await isRequestProven(apiKey, asked, { ...read, ...change })).toBe(false)
})

test('a push proves its own body', async () => {
  expect((await proof('sealed')).read.digest).toBe('sealed')
})

test.each([
  undefined,
  '',
  'rubbish',
  '1795000000000.short.key_1.none.AAAA',
  `1795000000000.${'A'.repeat(32)}.key_1.none.${'A'.repeat(44)}`,
  `soon.${'A'.repeat(32)}.key_1.none.${'A'.repeat(43)}`,
])('%s is no proof', (header) => {
  expect(readProof(header)).toBeUndefined()
})
