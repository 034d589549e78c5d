import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { isRefusal, millipence, type OrganisationId, stoppedClock, type UserId } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { sessions, signInFailures, users } from './directory-tables.ts'
import { ABSOLUTE_MS, IDLE_MS } from './session.ts'
import { GUESSES_WITHIN_MS, guessed, MAX_GUESSES } from './throttle.ts'

// St Botolph's has Mrs Okafor (Administrator) and Mr Pym, who has left.
const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
const password = 'a gate left ajar'
const email = 'okafor@st-botolphs.example'
let directory: Directory
let school: School
let okafor: UserId
let guesser = 0

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  const botolphs = await schools.create(directory, {
    kind: 'school',
    name: 'St Botolph’s Primary',
    smsPriceMillipence: millipence(2.4),
    by: system('seed'),
  })
  school = (await directory.school(botolphs.id, system('seed'))) as School
  okafor = await added({ role: 'administrator', name: 'Folake Okafor', email, password })
})

beforeEach(() => clock.advance(GUESSES_WITHIN_MS))

const added = async (user: access.NewUser) =>
  (await access.addUser(directory, school, user)) as UserId

const somewhere = () => `198.51.100.${++guesser}`

const signIn = (typed: Partial<access.Attempt> = {}, options?: access.SignInOptions) =>
  access.signIn(directory, { email, password, from: somewhere(), ...typed }, options)

async function signedIn() {
  const answer = await signIn()
  if (isRefusal(answer)) throw new Error(answer.refused)
  return answer
}

const trailOf = async (subject: string) =>
  (await audit.about(school, subject, 20)).map(({ action }) => action)

describe('signing in', () => {
  test('lets in who knows the password, as themselves', async () => {
    const { token, user } = await signedIn()
    expect(user).toEqual({
      id: okafor,
      organisationId: school.id,
      role: 'administrator',
      yearGroups: null,
      name: 'Folake Okafor',
      email,
    })
    expect(await access.userOfSession(directory, token)).toEqual(user)
    expect((await trailOf(okafor))[0]).toBe('user.signed-in')
  })

  test('takes an address in capitals and with spaces around it', async () => {
    expect(isRefusal(await signIn({ email: ` OKAFOR@St-Botolphs.example ` }))).toBe(false)
  })

  test('is refused in one word for a wrong password and for no account', async () => {
    expect(await signIn({ password: 'a gate left open' })).toEqual({ refused: 'wrong' })
    expect(await signIn({ email: 'nobody@st-botolphs.example' })).toEqual({ refused: 'wrong' })
    expect((await trailOf(okafor))[0]).toBe('user.refused-sign-in')
  })

  test('gives a new token each time, and keeps none', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    expect(one.token).not.toBe(other.token)
    const kept = JSON.stringify(await directory.db.select().from(sessions))
    expect(kept).not.toContain(one.token)
  })

  test('writes neither name, address nor password', async () => {
    await signIn({ password: 'a secret slipped out' })
    const rows = [
      await directory.db.select().from(users),
      await directory.db.select().from(signInFailures),
      await audit.list(school, { limit: 100 }),
    ]
    for (const word of ['Okafor', 'okafor', password, 'slipped', '198.51']) {
      expect(JSON.stringify(rows)).not.toContain(word)
    }
  })

  test('of a locked organisation is refused, and only to who knows the password', async () => {
    const isOpen = vi.fn(async (_: OrganisationId) => false)
    expect(await signIn({ password: 'a gate left open' }, { isOpen })).toEqual({ refused: 'wrong' })
    expect(isOpen).not.toHaveBeenCalled()
    expect(await signIn({}, { isOpen })).toEqual({ refused: 'locked' })
  })
})

describe('guessing', () => {
  const wrong = 'a gate left open'

  test('is stopped after ten, for the right password too, and may go on five minutes later', async () => {
    for (let count = 1; count < MAX_GUESSES; count++) await guessed(directory, email, somewhere())
    expect(await signIn({ password: wrong })).toEqual({ refused: 'wrong' })
    expect(await signIn({ password: wrong })).toEqual({ refused: 'throttled' })
    expect(await signIn()).toEqual({ refused: 'throttled' })

    clock.advance(GUESSES_WITHIN_MS)
    expect(isRefusal(await signIn())).toBe(false)
  })

  test('by 25 at the same moment is ten guesses', async () => {
    const guess = { email: 'rushed@example.com', password: wrong }
    const answers = await Promise.all(Array.from({ length: 25 }, () => signIn(guess)))
    const checked = answers.filter((answer) => isRefusal(answer) && answer.refused === 'wrong')
    expect(checked).toHaveLength(MAX_GUESSES)
  })

  test('right does not count, and buys no more guesses', async () => {
    const from = somewhere()
    for (let count = 1; count < MAX_GUESSES; count++) await guessed(directory, 'x@example.com', from)
    expect(isRefusal(await signIn({ from }))).toBe(false)
    expect(await signIn({ from, email: 'y@example.com' })).toEqual({ refused: 'wrong' })
    expect(await signIn({ from })).toEqual({ refused: 'throttled' })
  })

  test('at an account that is there and at one that is not takes the same time', async () => {
    const later = vi.fn()
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let run = 0; run < TIMED_RUNS; run++) {
      times.known.push(await timed({ password: wrong }, later))
      times.unknown.push(await timed({ password: wrong, email: `${run}@example.com` }, later))
    }
    await Promise.all(later.mock.calls.flat())
    const [known, unknown] = [median(times.known), median(times.unknown)]
    expect(Math.min(known, unknown) / Math.max(known, unknown)).toBeGreaterThan(0.7)
  })

  const TIMED_RUNS = 7

  async function timed(typed: Partial<access.Attempt>, later: (work: Promise<unknown>) => void) {
    const startMs = performance.now()
    await signIn(typed, { later })
    return performance.now() - startMs
  }

  const median = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0
})

describe('a session', () => {
  test('is over after half an hour of nothing', async () => {
    const { token } = await signedIn()
    clock.advance(IDLE_MS - 1)
    expect(await access.userOfSession(directory, token)).toBeDefined()
    clock.advance(IDLE_MS - 1)
    expect(await access.userOfSession(directory, token)).toBeDefined()
    clock.advance(IDLE_MS)
    expect(await access.userOfSession(directory, token)).toBeUndefined()
  })

  test('is over after twelve hours, however busy', async () => {
    const { token } = await signedIn()
    for (let passed = 0; passed < ABSOLUTE_MS; passed += IDLE_MS / 2) {
      expect(await access.userOfSession(directory, token)).toBeDefined()
      clock.advance(IDLE_MS / 2)
    }
    expect(await access.userOfSession(directory, token)).toBeUndefined()
  })

  test('is over at sign-out, for every copy of its cookie, and the others go on', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    await access.signOut(directory, one.token)
    await access.signOut(directory, one.token)
    expect(await access.userOfSession(directory, one.token)).toBeUndefined()
    expect(await access.userOfSession(directory, other.token)).toBeDefined()
    const outs = (await trailOf(okafor)).filter((action) => action === 'user.signed-out')
    expect(outs).toHaveLength(1)
  })

  test('is over when its user is disabled, who cannot sign in either', async () => {
    const email = 'pym@st-botolphs.example'
    const pym = await added({ role: 'data-manager', name: 'Ambrose Pym', email, password })
    const answer = await signIn({ email })
    if (isRefusal(answer)) throw new Error(answer.refused)

    await access.disableUser(directory, school, pym)
    expect(await access.userOfSession(directory, answer.token)).toBeUndefined()
    expect(await signIn({ email })).toEqual({ refused: 'wrong' })
  })

  test.each([undefined, '', 'x', 'A'.repeat(43)])('of a made-up token is nobody’s: %s', async (token) => {
    expect(await access.userOfSession(directory, token)).toBeUndefined()
  })

  test('long over is forgotten, and one that goes on is not', async () => {
    const old = await signedIn()
    clock.advance(2 * ABSOLUTE_MS + 1)
    const { token } = await signedIn()
    await access.forget(directory)
    expect(await access.userOfSession(directory, token)).toBeDefined()
    expect(await access.userOfSession(directory, old.token)).toBeUndefined()
    const kept = await directory.db.select().from(sessions)
    expect(kept.every(({ endsAtMs }) => endsAtMs >= clock.now() - ABSOLUTE_MS)).toBe(true)
  })
})

describe('accounts', () => {
  test('one address has one account', async () => {
    const again = { role: 'basic', name: 'Another Okafor', email: 'Okafor@st-botolphs.example', password } as const
    expect(await access.addUser(directory, school, again)).toEqual({ refused: 'email-taken', field: 'email' })
  })

  test('a short password makes none', async () => {
    const short = { role: 'basic', name: 'Sam Short', email: 'short@example.com', password: 'elevenchars' } as const
    expect(await access.addUser(directory, school, short)).toMatchObject({ refused: 'password-too-short' })
    expect(await signIn({ email: 'short@example.com', password: 'elevenchars' })).toEqual({ refused: 'wrong' })
  })

  test('give the trail its names', async () => {
    const names = await access.namesOf(directory, school.id)
    expect(names.get(okafor)).toBe('Folake Okafor')
  })

  test('of one organisation are not found or disabled from another', async () => {
    const oakfield = await schools.create(directory, { kind: 'school', name: 'Oakfield Academy', by: system('seed') })
    const other = (await directory.school(oakfield.id, system('seed'))) as School
    expect(other.shard).not.toBe(school.shard)
    expect(await access.find(directory, other, okafor)).toBeUndefined()
    expect(await access.list(directory, other)).toEqual([])
    expect(await access.disableUser(directory, other, okafor)).toEqual({ refused: 'no-such-user' })
    expect((await access.find(directory, school, okafor))?.name).toBe('Folake Okafor')
  })
})
