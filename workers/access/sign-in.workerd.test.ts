import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { isRefusal, type OrganisationId, type UserId } from '#kernel'
import { Directory, type School } from '#shards'
import { email, type Gate, openGate, password } from '../../test/doors/gate.ts'
import { sessions, signInFailures, users } from './directory-tables.ts'
import { GUESSES_WITHIN_MS, guessed, MAX_GUESSES } from './throttle.ts'

let gate: Gate

beforeAll(async () => {
  gate = await openGate()
})

beforeEach(() => gate.clock.advance(GUESSES_WITHIN_MS))

const trailOf = async (subject: string) =>
  (await audit.about(gate.school, subject, 20)).map(({ action }) => action)

const closed: access.Terms = {
  isOpen: false,
  limits: access.defaultLimits,
  passwordDays: null,
}

describe('signing in', () => {
  test('lets in who knows the password, as themselves', async () => {
    const { token, user } = await gate.signedIn()
    expect(user).toMatchObject({
      id: gate.okafor,
      organisationId: gate.school.id,
      role: 'administrator',
      yearGroups: null,
      name: 'Mrs Ngozi Okafor',
      email,
    })
    expect((await access.standing(gate.directory, token))?.user).toMatchObject({ id: user.id })
    expect((await trailOf(gate.okafor))[0]).toBe('user.signed-in')
  })

  test('takes an address in capitals and with spaces around it', async () => {
    expect(isRefusal(await gate.signIn({ email: ` OKAFOR@St-Botolphs.example ` }))).toBe(false)
  })

  test('is refused in one word for a wrong password and for no account', async () => {
    expect(await gate.signIn({ password: 'a gate left open' })).toEqual({ refused: 'wrong' })
    expect(await gate.signIn({ email: 'nobody@st-botolphs.example' })).toEqual({ refused: 'wrong' })
    expect((await trailOf(gate.okafor))[0]).toBe('user.refused-sign-in')
  })

  test('gives a new token each time, and keeps none', async () => {
    const [one, other] = [await gate.signedIn(), await gate.signedIn()]
    expect(one.token).not.toBe(other.token)
    const kept = JSON.stringify(await gate.directory.db.select().from(sessions))
    expect(kept).not.toContain(one.token)
  })

  test('writes neither name, address nor password', async () => {
    await gate.signIn({ password: 'a secret slipped out' })
    const rows = [
      await gate.directory.db.select().from(users),
      await gate.directory.db.select().from(signInFailures),
      await audit.list(gate.school, { limit: 100 }),
    ]
    for (const word of ['Okafor', 'okafor', password, 'slipped', '198.51']) {
      expect(JSON.stringify(rows)).not.toContain(word)
    }
  })

  test('of a locked organisation is refused, and only to who knows the password', async () => {
    const termsOf = vi.fn<(id: OrganisationId) => Promise<access.Terms>>(async () => closed)
    expect(await gate.signIn({ password: 'a gate left open' }, { termsOf })).toEqual({
      refused: 'wrong',
    })
    expect(termsOf).not.toHaveBeenCalled()
    expect(await gate.signIn({}, { termsOf })).toEqual({ refused: 'locked' })
  })
})

describe('an account that is changed while its password is checked', () => {
  const okafors: [string, (by: School, ash: UserId) => Promise<unknown>][] = [
    ['suspended', (by, ash) => access.suspend(gate.directory, by, ash)],
    ['removed', (by, ash) => access.removeUser(gate.directory, by, ash)],
    ['asked for a new password', (by, ash) => access.forcePasswordChange(gate.directory, by, ash)],
    ['given another role', (by, ash) => access.changeRole(gate.directory, by, ash, basic)],
    ['given a grant', (by, ash) => access.changeRole(gate.directory, by, ash, more)],
    ['with another password', (_, ash) => changed(ash, { passwordHash: 'another' })],
  ]
  const basic: access.Entitlement = { role: 'basic', grants: [], yearGroups: null }
  const more: access.Entitlement = { ...basic, role: 'data-manager', grants: ['safeguarding'] }
  const changed = (id: UserId, to: Partial<typeof users.$inferInsert>) =>
    gate.directory.db.update(users).set(to).where(eq(users.id, id))

  test.each(okafors)('%s: signs nobody in, and the trail says so', async (how, deed) => {
    const ashs = `ash-${how.replaceAll(' ', '-')}@st-botolphs.example`
    const user = { role: 'data-manager', name: 'Mr Ash', email: ashs, password } as const
    const ash = await gate.added(user)
    const by = gate.school.as({ kind: 'user', id: gate.okafor })
    // The terms are asked for once the password was found right.
    const termsOf = async () => {
      await deed(by, ash)
      return { ...closed, isOpen: true }
    }
    expect(await gate.signIn({ email: ashs }, { termsOf })).toEqual({ refused: 'wrong' })
    const kept = await gate.directory.db.select().from(sessions).where(eq(sessions.userId, ash))
    expect(kept).toEqual([])
    const entries = await audit.about(gate.school, ash, 9)
    expect(entries.map(({ facts }) => facts['because'])).toContain('changed-meanwhile')
  })
})

describe('the trail of sign-ins', () => {
  const noted = async (because: string) =>
    (await audit.about(gate.school, gate.okafor, 100)).filter(
      ({ facts, atMs }) =>
        facts['because'] === because && atMs > gate.clock.now() - GUESSES_WITHIN_MS,
    )

  test('says from where: the country and a pseudonym of the network, never the address', async () => {
    const home = { from: '203.0.113.80', country: 'GB' }
    const elsewhereThen = { from: '203.0.113.81', country: 'gb<script>' }
    for (const typed of [home, { ...home, password: 'a gate left open' }, elsewhereThen]) {
      gate.clock.advance(1)
      await gate.signIn(typed)
    }
    const entries = await audit.about(gate.school, gate.okafor, 3)
    const [elsewhere, refused, first] = entries.map(({ fromWhere }) => fromWhere ?? '')
    expect(first).toMatch(/^GB-[\w-]{8}$/)
    expect(refused).toBe(first)
    expect(elsewhere).toMatch(/^XX-[\w-]{8}$/)
    expect(elsewhere?.slice(3)).not.toBe(first?.slice(3))
    expect(JSON.stringify(entries)).not.toContain('203.0.113')
  })

  test('says at another school something else of the same network', async () => {
    const caller = { address: '203.0.113.80', country: 'GB' }
    const next = await openGate('bell@next-door.example')
    expect(await access.fromWhere(next.school, caller)).not.toBe(
      await access.fromWhere(gate.school, caller),
    )
  })

  test('notes once in five minutes that an account was guessed at too often', async () => {
    for (let count = 0; count < MAX_GUESSES; count++)
      await guessed(gate.directory, email, gate.somewhere())
    for (let count = 0; count < 5; count++)
      expect(await gate.signIn()).toEqual({ refused: 'throttled' })
    expect(await noted('throttled')).toHaveLength(1)

    gate.clock.advance(GUESSES_WITHIN_MS)
    for (let count = 0; count < MAX_GUESSES; count++)
      await guessed(gate.directory, email, gate.somewhere())
    await gate.signIn()
    expect(await noted('throttled')).toHaveLength(1)
  })

  test('notes once in five minutes that the organisation is locked', async () => {
    const termsOf = async () => closed
    for (let count = 0; count < 5; count++) await gate.signIn({}, { termsOf })
    expect(await noted('locked')).toHaveLength(1)
  })

  test('keeps each wrong password, of which there are ten at most', async () => {
    for (let count = 0; count < 3; count++) await gate.signIn({ password: 'a gate left open' })
    expect(await noted('wrong-password')).toHaveLength(3)
  })
})

describe('guessing', () => {
  const wrong = 'a gate left open'

  test('is stopped after ten, for the right password too, and may go on five minutes later', async () => {
    for (let count = 1; count < MAX_GUESSES; count++)
      await guessed(gate.directory, email, gate.somewhere())
    expect(await gate.signIn({ password: wrong })).toEqual({ refused: 'wrong' })
    expect(await gate.signIn({ password: wrong })).toEqual({ refused: 'throttled' })
    expect(await gate.signIn()).toEqual({ refused: 'throttled' })

    gate.clock.advance(GUESSES_WITHIN_MS)
    expect(isRefusal(await gate.signIn())).toBe(false)
  })

  test('by 25 at the same moment is ten guesses', async () => {
    const guess = { email: 'rushed@example.com', password: wrong }
    const answers = await Promise.all(Array.from({ length: 25 }, () => gate.signIn(guess)))
    const checked = answers.filter((answer) => isRefusal(answer) && answer.refused === 'wrong')
    expect(checked).toHaveLength(MAX_GUESSES)
  })

  test('right does not count, and buys no more guesses', async () => {
    const from = gate.somewhere()
    for (let count = 1; count < MAX_GUESSES; count++)
      await guessed(gate.directory, 'x@example.com', from)
    expect(isRefusal(await gate.signIn({ from }))).toBe(false)
    expect(await gate.signIn({ from, email: 'y@example.com' })).toEqual({ refused: 'wrong' })
    expect(await gate.signIn({ from })).toEqual({ refused: 'throttled' })
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
    expect(Math.min(known, unknown) / Math.max(known, unknown)).toBeGreaterThan(0.6)
  })

  test('asks the databases as much, for an account there is, there is not, and one suspended', async () => {
    const gone = 'gone@st-botolphs.example'
    const id = await gate.added({ role: 'basic', name: 'Mr Gone', email: gone, password })
    await access.suspend(gate.directory, gate.school, id)
    const asked = async (typed: Partial<access.Attempt>) => {
      const { directory, count } = counting(gate.directory)
      const later: Promise<unknown>[] = []
      const attempt = { email, password: wrong, from: gate.somewhere(), ...typed }
      await access.signIn(directory, attempt, { later: (work) => later.push(work) })
      const answered = count()
      await Promise.all(later)
      return answered
    }
    const known = await asked({})
    expect(known).toBe(2)
    expect(await asked({ email: 'nobody@example.com' })).toBe(known)
    expect(await asked({ email: gone, password })).toBe(known)
  })

  /** The same directory, and how often its database was asked so far by it. */
  function counting({ premises }: Gate['directory']) {
    let asked = 0
    const counts = <T extends object>(target: T, calls: readonly string[]): T =>
      new Proxy(target, {
        get(of, name) {
          const value = Reflect.get(of, name) as unknown
          if (typeof value !== 'function') return value
          return (...given: unknown[]) => {
            if (calls.includes(String(name))) asked++
            const answer = (value as (...all: unknown[]) => unknown).apply(of, given)
            const isStatement = name === 'prepare' || name === 'bind'
            return isStatement ? counts(answer as object, ['all', 'run', 'first', 'raw']) : answer
          }
        },
      })
    const directory = new Directory({
      ...premises,
      directory: counts(premises.directory, ['batch']),
    })
    return { directory, count: () => asked }
  }

  const TIMED_RUNS = 7

  async function timed(typed: Partial<access.Attempt>, later: (work: Promise<unknown>) => void) {
    const startMs = performance.now()
    await gate.signIn(typed, { later })
    return performance.now() - startMs
  }

  const median = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0
})
