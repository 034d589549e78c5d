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
    ['🐻🦊🐸🐵🐔🐧🦆🦉🐺🐗🐴🐝', undefined],
    ['gate left ajar '.repeat(17), undefined],
    [`${'gate left ajar '.repeat(17)}g`, undefined],
    [`${'gate left ajar '.repeat(17)}ga`, 'password-too-long'],
  ])('has 12 to 256 characters of any kind: %s', (password, problem) => {
    expect(passwordProblem(password)?.refused).toBe(problem)
  })
})

describe('a password that is guessed early is refused', () => {
  test.each([
    ['on the list as it stands', 'unbelievable'],
    ['on the list, in capitals', 'JUSTINbieber'],
    ['with digits and signs after it', 'Password2026!'],
    ['with digits and signs before it', '!!2026--dragon'],
    ['with signs for its letters', 'p@55w0rd2026'],
    ['said twice', 'monkeymonkey'],
    ['said twice, and lengthened', 'monkeymonkey99'],
    ['one letter', 'aaaaaaaaaaaaaaaaaa'],
    ['a rhythm', 'ha ha ha ha ha ha'],
    ['a walk along the keys', 'qwertyuiop[]'],
    ['two walks', 'asdfghjklzxcvbnm'],
    ['a walk back', 'poiuytrewq09'],
    ['the alphabet', 'abcdefghijklmn'],
    ['numbers', '1234567890123'],
    ['columns of keys', '1qaz2wsx3edc'],
    ['a walk beside a well-known word', 'qwerty-master'],
  ])('%s', (_, password) => {
    expect(passwordProblem(password)).toEqual({ refused: 'password-guessable', field: 'password' })
  })

  test.each([
    ['the service’s name', 'Schoolgate 1!', []],
    ['the service’s name, spelled with digits', '$choo1gate2027', []],
    ['the school’s name', 'StBotolphs2026', ['St Botolph’s Primary']],
    ['the school’s name whole', "st. botolph's primary", ['St Botolph’s Primary']],
    ['the school’s name and a well-known word', 'botolphs-password', ['St Botolph’s Primary']],
    ['their own name', 'NgoziOkafor99', ['Mrs Ngozi Okafor']],
    ['their name without its accent', 'zoë-lindqvist!', ['Zoe Lindqvist']],
    ['their e-mail address', 'okafor@st-botolphs.example', ['okafor@st-botolphs.example']],
  ])('%s', (_, password, words) => {
    expect(passwordProblem(password, { words })).toEqual({
      refused: 'password-of-known-words',
      field: 'password',
    })
  })

  test.each([
    'correct horse battery',
    'a gate left ajar',
    'Okafor sings on Tuesdays',
    'password managers are good',
    'x7!kQ2@vL9#p',
    '9203-4482-0193-77',
    'ставни на окнах',
  ])('and these are not: %s', (password) => {
    const words = ['St Botolph’s Primary', 'Mrs Ngozi Okafor', 'okafor@st-botolphs.example']
    expect(passwordProblem(password, { words })).toBeUndefined()
  })

  test('whatever is typed, it is answered soon', () => {
    const started = performance.now()
    for (const text of ['a', 'ab', 'qwe', 'İ', '\ud800', '1!']) {
      const typed = text.repeat(256).slice(0, 250)
      expect(passwordProblem(typed, { words: [typed] })).toBeDefined()
    }
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
