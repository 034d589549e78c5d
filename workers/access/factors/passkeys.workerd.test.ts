import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal } from '#kernel'
import { passkeyDevice } from '../../../test/cast/passkey-device.ts'
import { password } from '../../../test/doors/gate.ts'
import { openSecondGate, PARTY, type SecondGate } from '../../../test/doors/second-gate.ts'
import { GUESSES_WITHIN_MS } from '../throttle.ts'
import { CHALLENGE_LASTS_MS } from './challenge.ts'
import { challenges, passkeys } from './directory-tables.ts'
import { MAX_PASSKEYS } from './factor.ts'

// Mrs Okafor has a passkey on her laptop; Mr Pym has one as well.
let gate: SecondGate
const laptop = passkeyDevice()
const pymsKey = passkeyDevice()
const pym = 'pym@st-botolphs.example'

beforeAll(async () => {
  gate = await openSecondGate()
  await gate.added({ role: 'data-manager', name: 'Mr Arthur Pym', email: pym, password })
  await firstPasskey({}, laptop)
  await firstPasskey({ email: pym }, pymsKey)
})

beforeEach(() => gate.clock.advance(GUESSES_WITHIN_MS))

type Device = ReturnType<typeof passkeyDevice>

async function firstPasskey(who: { email?: string }, device: Device) {
  const { token, needs } = await gate.signedIn(who)
  expect(needs).toBe('enrolment')
  const made = await enrol(token, device)
  expect(made).toMatchObject({ needs: null })
}

async function enrol(token: string, device: Device, change: Partial<typeof PARTY> = {}) {
  const standing = await gate.standing(token)
  const { challenge } = await access.challengeToEnrol(
    gate.directory,
    gate.school,
    standing.user,
    PARTY,
  )
  const answer = device.made({ challenge, ...PARTY, ...change })
  return keep(token, answer)
}

const keep = async (token: string, answer: string) =>
  access.enrolPasskey(
    gate.directory,
    gate.school,
    await gate.standing(token),
    { name: 'Laptop', answer },
    gate.circumstances(),
  )

async function challengeFor(token: string): Promise<string> {
  const { user } = await gate.standing(token)
  const asked = await access.challengeToVerify(gate.directory, gate.school, user, PARTY)
  return asked.challenge
}

const show = (token: string, given: string) => gate.prove(token, { by: 'passkey', given })

async function shown(token: string, device = laptop, change: Partial<typeof PARTY> = {}, at = 0) {
  const asked = { challenge: await challengeFor(token), ...PARTY, ...change }
  return show(token, device.signed(asked, at))
}

async function whole(): Promise<string> {
  const moved = await shown((await gate.signedIn()).token)
  invariant(!isRefusal(moved), 'a passkey lets its owner in')
  return moved.token
}

const WRONG = { refused: 'wrong' }

describe('a passkey', () => {
  test('lets its owner in after the password, under a new token', async () => {
    const { token, needs } = await gate.signedIn()
    expect(needs).toBe('second-factor')
    const moved = await shown(token)
    invariant(!isRefusal(moved), 'a passkey lets its owner in')
    expect(await access.standing(gate.directory, token)).toBeUndefined()
    const { session } = await gate.standing(moved.token)
    expect(session.verifiedBy).toBe('passkey')
    const noted = await audit.about(gate.school, gate.okafor, 5)
    expect(noted.find(({ action }) => action === 'factor.shown')?.facts).toEqual({ by: 'passkey' })
  })

  test('of somebody else lets nobody in', async () => {
    const { token } = await gate.signedIn()
    expect(await shown(token, pymsKey)).toMatchObject(WRONG)
    expect(await shown(token, passkeyDevice())).toMatchObject(WRONG)
  })

  test.each<[string, Partial<typeof PARTY>]>([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of our host', { origin: 'http://schoolgate.test:8080' }],
    ['our host over TLS where we have none', { origin: 'https://schoolgate.test' }],
    ['another relying party', { host: 'evil.example' }],
  ])('used on %s is refused here', async (_, change) => {
    expect(await shown((await gate.signedIn()).token, laptop, change)).toMatchObject(WRONG)
  })

  test('is kept without anything that says whose it is', async () => {
    const kept = JSON.stringify(await gate.directory.db.select().from(passkeys))
    expect(kept).not.toContain('Laptop')
    expect(kept).not.toContain('internal')
    expect(kept).toContain(laptop.credentialId)
  })
})

describe('a challenge', () => {
  test('is signed once', async () => {
    const [one, other] = [(await gate.signedIn()).token, (await gate.signedIn()).token]
    const answer = laptop.signed({ challenge: await challengeFor(one), ...PARTY })
    expect(isRefusal(await show(one, answer))).toBe(false)
    expect(await show(other, answer)).toMatchObject(WRONG)
  })

  test('is used up by an answer that was refused', async () => {
    const { token } = await gate.signedIn()
    const challenge = await challengeFor(token)
    expect(await show(token, pymsKey.signed({ challenge, ...PARTY }))).toMatchObject(WRONG)
    expect(await show(token, laptop.signed({ challenge, ...PARTY }))).toMatchObject(WRONG)
  })

  test('is over after five minutes', async () => {
    const { token } = await gate.signedIn()
    const challenge = await challengeFor(token)
    gate.clock.advance(CHALLENGE_LASTS_MS)
    expect(await show(token, laptop.signed({ challenge, ...PARTY }))).toMatchObject(WRONG)
  })

  test('made for another person, or made up, is none', async () => {
    const { token } = await gate.signedIn()
    const challenge = await challengeFor((await gate.signedIn({ email: pym })).token)
    expect(await show(token, laptop.signed({ challenge, ...PARTY }))).toMatchObject(WRONG)
    const own = 'a'.repeat(43)
    expect(await show(token, laptop.signed({ challenge: own, ...PARTY }))).toMatchObject(WRONG)
  })

  test('made to enrol lets nobody in', async () => {
    const { token } = await gate.signedIn()
    const { user } = await gate.standing(token)
    const { directory, school } = gate
    const { challenge } = await access.challengeToEnrol(directory, school, user, PARTY)
    expect(await show(token, laptop.signed({ challenge, ...PARTY }))).toMatchObject(WRONG)
  })

  test('is one of five at most, and forgotten when it is over', async () => {
    const { token } = await gate.signedIn()
    for (let count = 0; count < 8; count++) await challengeFor(token)
    const kept = () => gate.directory.db.select().from(challenges)
    const own = (await kept()).filter(({ userId }) => userId === gate.okafor)
    expect(own).toHaveLength(5)
    gate.clock.advance(CHALLENGE_LASTS_MS)
    await access.forget(gate.directory)
    expect(await kept()).toEqual([])
  })
})

describe('the counter of a passkey', () => {
  test('goes up, and one that did not is a copy', async () => {
    const counting = passkeyDevice()
    expect(isRefusal(await enrol(await whole(), counting))).toBe(false)
    const use = async (at: number) =>
      isRefusal(await shown((await gate.signedIn()).token, counting, {}, at))
    expect([await use(5), await use(4), await use(5), await use(0), await use(6)]).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
  })
})

describe('what a browser sends', () => {
  test.each([
    '',
    'null',
    '[]',
    '{}',
    '{"id":1}',
    '{"id":"x","response":{"clientDataJSON":"!!"}}',
    '{"id":"x","response":{"clientDataJSON":"e30"}}',
  ])('and is no answer of a passkey is refused: %s', async (answer) => {
    const { token } = await gate.signedIn()
    expect(await show(token, answer)).toMatchObject(WRONG)
    expect(await keep(await whole(), answer)).toMatchObject(WRONG)
  })

  test('and is longer than any answer is not read', async () => {
    const { token } = await gate.signedIn()
    const asked = { challenge: await challengeFor(token), ...PARTY }
    const right = laptop.signed(asked)
    expect(await show(token, `${right}${' '.repeat(40_000)}`)).toMatchObject(WRONG)
    expect(isRefusal(await show(token, right))).toBe(false)
  })
})

describe('a new passkey', () => {
  test('is added to those there are, noted, and its owner is told', async () => {
    const device = passkeyDevice()
    const moved = await enrol(await whole(), device)
    expect(moved).toMatchObject({ needs: null })
    expect(gate.news.at(-1)).toEqual({ what: 'passkey-added' })
    expect(isRefusal(await shown((await gate.signedIn()).token, device))).toBe(false)
  })

  test('of which an account has ten at most', async () => {
    let token = await whole()
    let answer: Awaited<ReturnType<typeof enrol>> | undefined
    for (let count = 0; count < MAX_PASSKEYS; count++) {
      answer = await enrol(token, passkeyDevice())
      if (!isRefusal(answer)) ({ token } = answer)
    }
    expect(answer).toMatchObject({ refused: 'too-many' })
    const rows = await gate.directory.db.select().from(passkeys)
    expect(rows.filter(({ userId }) => userId === gate.okafor)).toHaveLength(MAX_PASSKEYS)
  })

  test('made for another site, or one that is there already, is refused', async () => {
    const { token } = await gate.signedIn({ email: pym })
    const through = await shown(token, pymsKey)
    invariant(!isRefusal(through), 'a passkey lets its owner in')
    const evil = { origin: 'https://evil.example' }
    expect(await enrol(through.token, passkeyDevice(), evil)).toMatchObject(WRONG)
    expect(isRefusal(await enrol(through.token, laptop))).toBe(true)
    const rows = await gate.directory.db.select().from(passkeys)
    expect(rows.filter(({ credentialId }) => credentialId === laptop.credentialId)).toHaveLength(1)
  })
})
