import { scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hashPassword, isPassword, nobodysHash, passwordProblem } from './password.ts'

const PHRASE = 'correct horse battery'

describe('a password', () => {
  test('is known again by its hash, and no other is', async () => {
    const hash = await hashPassword(PHRASE)
    expect(await isPassword(PHRASE, hash)).toBe(true)
    expect(await isPassword(`${PHRASE} `, hash)).toBe(false)
    expect(await isPassword('', hash)).toBe(false)
  })

  test('is hashed with a salt of its own, and the settings are kept with it', async () => {
    const [one, other] = [await hashPassword(PHRASE), await hashPassword(PHRASE)]
    expect(one).not.toBe(other)
    expect(one.split('$').slice(0, 4)).toEqual(['scrypt', '16384', '8', '5'])
  })

  test('hashed with other settings is still known', async () => {
    const salt = Buffer.from('NaCl')
    const key = scryptSync(PHRASE, salt, 32, { N: 1024, r: 8, p: 16 })
    const hash = `scrypt$1024$8$16$${salt.toString('base64url')}$${key.toString('base64url')}`
    expect(await isPassword(PHRASE, hash)).toBe(true)
  })

  test('typed with composed or separate accents is the same', async () => {
    const hash = await hashPassword('Zo\u00eb at the gate')
    expect(await isPassword('Zoe\u0308 at the gate', hash)).toBe(true)
  })

  test('nobody has the hash that stands for no account', async () => {
    expect(await isPassword('', nobodysHash)).toBe(false)
    expect(await isPassword(PHRASE, nobodysHash)).toBe(false)
    expect(nobodysHash).toMatch(/^scrypt\$16384\$8\$5\$A{22}\$A{43}$/)
  })

  test.each([
    ['elevenchars', 'password-too-short'],
    ['twelve chars', undefined],
    ['🐻'.repeat(11), 'password-too-short'],
    ['🐻'.repeat(12), undefined],
    ['a'.repeat(128), undefined],
    ['a'.repeat(256), undefined],
    ['a'.repeat(257), 'password-too-long'],
  ])('has 12 to 256 characters of any kind: %s', (password, problem) => {
    expect(passwordProblem(password)?.refused).toBe(problem)
  })
})
