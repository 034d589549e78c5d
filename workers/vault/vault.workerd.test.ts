import { env as bindings } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { stoppedClock } from '#kernel'
import type { Env } from '#workers/env.ts'
import {
  fingerprint,
  KEYRING_KEPT_MS,
  KeysGone,
  open,
  openVault,
  type Place,
  readMasterKeys,
  seal,
} from './index.ts'

const env = bindings as unknown as Env

// St Botolph's keys: made, used, rotated, put under a new master key, shredded.
const MORNING_MS = Date.UTC(2026, 10, 23, 6, 30)
const one = Buffer.alloc(32, 1).toString('base64url')
const two = Buffer.alloc(32, 2).toString('base64url')

const vaultUnder = async (secret: string, clock = stoppedClock(MORNING_MS)) =>
  openVault(env.VAULT, await readMasterKeys(secret), clock)
const place = (holder: string, row = 'pup_1'): Place => ({
  holder,
  table: 'pupils',
  column: 'record',
  row,
})

// The world begins with the directory's keys, under another master key than these.
beforeAll(() => env.VAULT.delete('keys/directory'))

describe('sealing', () => {
  it('opens in its own place only', async () => {
    const vault = await vaultUnder(`m1:${one}`)
    await vault.create('botolph')
    const keys = await vault.keyring('botolph')
    const sealed = await seal(keys.current, place('botolph'), { surname: 'Adeyemi' })
    const find = (id: string) => keys.byId.get(id)

    expect(sealed).not.toContain('Adeyemi')
    expect(await open(find, place('botolph'), sealed)).toEqual({ surname: 'Adeyemi' })
    await expect(open(find, place('botolph', 'pup_2'), sealed)).rejects.toThrow()
    await expect(open(find, place('oakfield'), sealed)).rejects.toThrow()
    await expect(
      open(find, place('botolph'), `${sealed.slice(0, -2)}AA` as never),
    ).rejects.toThrow()
  })

  it('never seals the same value to the same text', async () => {
    const keys = await (await vaultUnder(`m1:${one}`)).keyring('botolph')
    const texts = await Promise.all(
      Array.from({ length: 50 }, () => seal(keys.current, place('botolph'), 'the same')),
    )
    expect(new Set(texts).size).toBe(50)
  })

  it('another school’s key opens nothing and fingerprints differ', async () => {
    const vault = await vaultUnder(`m1:${one}`)
    await vault.create('oakfield')
    const [botolph, oakfield] = await Promise.all([
      vault.keyring('botolph'),
      vault.keyring('oakfield'),
    ])
    const sealed = await seal(botolph.current, place('botolph'), 'x')
    await expect(open((id) => oakfield.byId.get(id), place('botolph'), sealed)).rejects.toThrow()

    const mine = await fingerprint(botolph.fingerprintKey, 'phone', '+447700900123')
    expect(await fingerprint(botolph.fingerprintKey, 'phone', '+447700900123')).toBe(mine)
    expect(await fingerprint(botolph.fingerprintKey, 'email', '+447700900123')).not.toBe(mine)
    expect(await fingerprint(oakfield.fingerprintKey, 'phone', '+447700900123')).not.toBe(mine)
  })
})

describe('keys', () => {
  it('making them twice leaves the first ones', async () => {
    const vault = await vaultUnder(`m1:${one}`)
    await vault.create('twice')
    const keys = await vault.keyring('twice')
    const sealed = await seal(keys.current, place('twice'), 'kept')
    await vault.create('twice')
    const again = await (await vaultUnder(`m1:${one}`)).keyring('twice')
    expect(await open((id) => again.byId.get(id), place('twice'), sealed)).toBe('kept')
  })

  it('rotating a school’s key seals anew and still opens the old', async () => {
    const vault = await vaultUnder(`m1:${one}`)
    const before = await vault.keyring('botolph')
    const old = await seal(before.current, place('botolph'), 'old')
    expect(await vault.rotate('botolph')).toBe('k2')

    const after = await vault.keyring('botolph')
    expect(after.current.id).toBe('k2')
    expect(await open((id) => after.byId.get(id), place('botolph'), old)).toBe('old')
    expect(await seal(after.current, place('botolph'), 'new')).toMatch(/^1\.k2\./)
  })

  it('a new master key takes over every keyring, and the old one can go', async () => {
    const sealed = await (async () => {
      const keys = await (await vaultUnder(`m1:${one}`)).keyring('oakfield')
      return seal(keys.current, place('oakfield'), 'stays')
    })()
    const both = await vaultUnder(`m2:${two},m1:${one}`)
    const first = await both.rewrapAll(1)
    expect(first).toEqual({ rewrapped: 1, isDone: false })
    expect((await both.rewrapAll(100)).isDone).toBe(true)
    expect(await both.rewrapAll(100)).toEqual({ rewrapped: 0, isDone: true })

    const keys = await (await vaultUnder(`m2:${two}`)).keyring('oakfield')
    expect(await open((id) => keys.byId.get(id), place('oakfield'), sealed)).toBe('stays')
    await expect((await vaultUnder(`m1:${one}`)).keyring('oakfield')).rejects.toThrow()
  })

  it('shredded, nothing opens again, elsewhere within a minute', async () => {
    const clock = stoppedClock(MORNING_MS)
    const [here, elsewhere] = [
      await vaultUnder(`m2:${two}`, clock),
      await vaultUnder(`m2:${two}`, clock),
    ]
    await elsewhere.keyring('twice')
    await here.shred('twice')
    await expect(here.keyring('twice')).rejects.toThrow(KeysGone)
    clock.advance(KEYRING_KEPT_MS)
    await expect(elsewhere.keyring('twice')).rejects.toThrow(KeysGone)
  })

  it('the bucket holds no key in the clear', async () => {
    const object = await env.VAULT.get('keys/botolph')
    const text = await object?.text()
    expect(text).toContain('"master"')
    expect(text).not.toContain(one)
  })
})

describe('a master key that is not one', () => {
  it.each(['', 'm1', 'm1:c2hvcnQ', `:${one}`])('%j is refused', async (secret) => {
    await expect(readMasterKeys(secret)).rejects.toThrow()
  })
})
