import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal, type UserId } from '#kernel'
import { type Gate, openGate, password } from '../../../test/doors/gate.ts'
import { users } from '../directory-tables.ts'
import { hashOf } from '../session.ts'
import { MAX_GUESSES } from '../throttle.ts'

// Miss Bell of St Botolph's: a Basic User, who needs no second factor. A new one for each test.
const wanted = 'three brown teapots'
const organisation = 'St Botolph’s Primary'
let gate: Gate
let bell: { id: UserId; email: string }
let bells = 0

beforeAll(async () => {
  gate = await openGate()
})

beforeEach(async () => {
  const email = `bell${++bells}@st-botolphs.example`
  bell = {
    id: await gate.added({ role: 'basic', name: 'Miss Clara Bell', email, password }),
    email,
  }
})

const letter = async () => []
const standing = (token: string) => access.standing(gate.directory, token)
const actionsOf = async () => (await audit.about(gate.school, bell.id, 50)).map((one) => one.action)
const mayEnterBy = async (typed: string) =>
  !isRefusal(await gate.signIn({ email: bell.email, password: typed }))

/** What the page of a session of hers passes on. */
async function choiceIn(token: string, password = wanted): Promise<access.Choice> {
  const found = await standing(token)
  invariant(found, 'the session is good')
  return { user: found.user, session: found.session.id, wanted: password, organisation, letter }
}

async function change(token: string, current: string, password = wanted) {
  const choice = await choiceIn(token, password)
  const known = { current, address: gate.somewhere() }
  return access.changePassword(gate.directory, gate.school, { ...choice, ...known })
}

const signedIn = async () => (await gate.signedIn({ email: bell.email })).token

describe('changing one’s own password', () => {
  test('ends every other session, and gives this one a token that nobody has seen', async () => {
    const [here, there] = [await signedIn(), await signedIn()]
    const before = await standing(here)
    const changed = await change(here, password)
    invariant(!isRefusal(changed), 'it is changed')

    expect(await standing(there)).toBeUndefined()
    expect(await standing(here)).toBeUndefined()
    expect((await standing(changed.token))?.session.id).toBe(before?.session.id)
    expect(await mayEnterBy(wanted)).toBe(true)
    expect(await mayEnterBy(password)).toBe(false)
    expect(await actionsOf()).toContain('password.changed')
  })

  test('asks for the one there is, and wrong ones count as guesses at signing in', async () => {
    const token = await signedIn()
    const wrong = { refused: 'wrong-password', field: 'current' }
    for (let count = 0; count < MAX_GUESSES; count++) {
      expect(await change(token, 'not that one at all')).toEqual(wrong)
    }
    expect(await change(token, password)).toEqual({ refused: 'throttled', field: 'current' })
    expect(await gate.signIn({ email: bell.email })).toEqual({ refused: 'throttled' })
    expect((await actionsOf()).filter((one) => one === 'password.refused')).toHaveLength(
      MAX_GUESSES,
    )
    expect(await standing(token)).toBeDefined()
  })

  test.each([
    ['elevenchars', 'password-too-short'],
    ['x'.repeat(300), 'password-too-long'],
    ['Password2026!', 'password-guessable'],
    ['Botolphs-2026-Primary', 'password-of-known-words'],
    ['clara.bell.2026', 'password-of-known-words'],
    [password, 'password-same'],
  ])('refuses %s and leaves all as it was', async (typed, refused) => {
    const token = await signedIn()
    expect(await change(token, password, typed)).toEqual({ refused, field: 'password' })
    expect(await standing(token)).toBeDefined()
    expect(await mayEnterBy(password)).toBe(true)
  })

  test('twice at the same moment is once', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    const answers = await Promise.all([
      change(one, password, 'three brown teapots'),
      change(other, password, 'four green saucers'),
    ])
    expect(answers.filter(isRefusal)).toEqual([
      { refused: 'password-changed-meanwhile', field: 'password' },
    ])
    const [first] = answers
    const winner = isRefusal(first) ? 'four green saucers' : 'three brown teapots'
    expect(await mayEnterBy(winner)).toBe(true)
    expect(await actionsOf()).toContain('password.kept')
  })
})

describe('a password that may not stay', () => {
  const asked = async (passwordChange: 'first' | 'forced' | 'compromised') =>
    gate.directory.db.update(users).set({ passwordChange }).where(eq(users.id, bell.id))

  test.each(['first', 'forced', 'compromised'] as const)(
    '%s: a new one, then the pages',
    async (why) => {
      await asked(why)
      const token = await signedIn()
      expect((await standing(token))?.needs).toBe('new-password')
      expect(await access.whyNewPassword(gate.directory, gate.school, bell.id)).toBe(why)

      const same = await access.choosePassword(
        gate.directory,
        gate.school,
        await choiceIn(token, password),
      )
      expect(same).toEqual({ refused: 'password-same', field: 'password' })
      const chosen = await access.choosePassword(gate.directory, gate.school, await choiceIn(token))
      invariant(!isRefusal(chosen), 'it is chosen')
      expect(await standing(token)).toBeUndefined()
      expect((await standing(chosen.token))?.needs).toBeNull()
      expect(await audit.about(gate.school, bell.id, 50)).toContainEqual(
        expect.objectContaining({ action: 'password.changed', facts: { because: why } }),
      )
      const again = await gate.signedIn({ email: bell.email, password: wanted })
      expect(again.needs).toBeNull()
    },
  )

  test('is older than its organisation allows: asked at the next sign-in', async () => {
    const terms = { isOpen: true, limits: access.defaultLimits, passwordDays: 30 }
    const options = { termsOf: async () => terms }
    const needs = async () => {
      const answer = await gate.signIn({ email: bell.email }, options)
      return isRefusal(answer) ? answer : answer.needs
    }
    expect(await needs()).toBeNull()
    gate.clock.advance(30 * 24 * 60 * 60_000)
    expect(await needs()).toBe('new-password')
  })
})

describe('a link to a new password', () => {
  const organisationOf = async () => ({ name: organisation, isOpen: true })
  const at = () => ({ address: gate.somewhere(), country: 'GB' })
  const asking = () => ({ caller: at(), organisationOf })

  /** The secrets of the letters that were written. */
  async function ask(
    email = bell.email,
    more: Partial<Parameters<typeof access.askReset>[2]> = {},
  ) {
    const secrets: string[] = []
    await access.askReset(gate.directory, email, {
      ...asking(),
      letter: async (_, details) => {
        secrets.push(details.secret)
        return []
      },
      ...more,
    })
    return secrets
  }
  const askOne = async () => {
    const [secret] = await ask()
    invariant(secret, 'a letter was written')
    return secret
  }
  const reset = (secret: string, typed = wanted) =>
    access.resetPassword(gate.directory, secret, typed, { ...asking(), letter })
  const over = { refused: 'reset-over' }

  test('works once, ends every session, and the trail has both', async () => {
    const token = await signedIn()
    const secret = await askOne()
    expect(await access.openReset(gate.directory, secret, asking())).toMatchObject({ organisation })
    expect(isRefusal(await reset(` ${secret} `))).toBe(false)

    expect(await standing(token)).toBeUndefined()
    expect(await mayEnterBy(wanted)).toBe(true)
    expect(await mayEnterBy(password)).toBe(false)
    expect(await actionsOf()).toEqual(
      expect.arrayContaining(['password.reset-asked', 'password.reset']),
    )
    expect(await reset(secret, 'four green saucers')).toEqual(over)
    expect(await access.openReset(gate.directory, secret, asking())).toEqual(over)
  })

  test('followed twice at the same moment works once', async () => {
    const secret = await askOne()
    const answers = await Promise.all([reset(secret), reset(secret, 'four green saucers')])
    expect(answers.filter(isRefusal)).toEqual([over])
  })

  test('is over after an hour', async () => {
    const secret = await askOne()
    gate.clock.advance(access.RESET_LASTS_MS)
    expect(await reset(secret)).toEqual(over)
    expect(await mayEnterBy(password)).toBe(true)
  })

  test('is over when a newer one was asked for, or the password was changed', async () => {
    const [first, second] = [await askOne(), await askOne()]
    expect(await reset(first)).toEqual(over)
    const changed = await change(await signedIn(), password)
    expect(isRefusal(changed)).toBe(false)
    expect(await reset(second, 'four green saucers')).toEqual(over)
  })

  test('is kept as a hash only', async () => {
    const secret = await askOne()
    const rows = await gate.directory.rows<{ secret_hash: string }>({
      sql: 'select * from password_resets where user_id = ?',
      params: [bell.id],
    })
    expect(rows.map((row) => row.secret_hash)).toEqual([await hashOf(secret)])
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  test('a password that is no good leaves it good', async () => {
    const secret = await askOne()
    expect(await reset(secret, 'Password2026!')).toMatchObject({ refused: 'password-guessable' })
    expect(await reset(secret, password)).toMatchObject({ refused: 'password-same' })
    expect(isRefusal(await reset(secret))).toBe(false)
  })

  test('still asks for what else stands before the pages', async () => {
    await ask('okafor@st-botolphs.example').then(([secret = '']) => reset(secret))
    const { token } = await gate.signedIn({ password: wanted })
    expect((await standing(token))?.needs).toBe('enrolment')
  })

  test('is written three times an hour, however many ask', async () => {
    const letters = await Promise.all(Array.from({ length: 8 }, () => ask()))
    expect(letters.flat()).toHaveLength(access.MAX_RESETS)
    gate.clock.advance(60 * 60_000)
    expect(await ask()).toHaveLength(1)
  })

  test('is not written to nobody, to who is suspended, or in a locked organisation', async () => {
    expect(await ask('nobody@st-botolphs.example')).toEqual([])
    const organisationOf = async () => ({ name: organisation, isOpen: false })
    expect(await ask(bell.email, { organisationOf })).toEqual([])
    const secret = await askOne()
    await access.suspend(gate.directory, gate.school, bell.id)
    expect(await ask()).toEqual([])
    expect(await reset(secret)).toEqual(over)
  })

  test('that was made up is no link, and ten tries from one network are enough', async () => {
    const caller = { address: '203.0.113.50', country: 'GB' }
    const guess = (secret: string) =>
      access.openReset(gate.directory, secret, { caller, organisationOf })
    for (const secret of ['', 'x', '%00', ...Array.from({ length: 7 }, () => 'A'.repeat(43))]) {
      expect(await guess(secret)).toEqual(over)
    }
    expect(await guess(await askOne())).toEqual({ refused: 'throttled' })
  })

  test('may be asked for ten times in five minutes, known or not', async () => {
    const allowed = async (email: string) => {
      const answers = []
      for (let count = 0; count < MAX_GUESSES + 2; count++) {
        answers.push(await access.mayAskReset(gate.directory, email, at()))
      }
      return answers
    }
    expect(await allowed(bell.email)).toEqual(await allowed('nobody.else@st-botolphs.example'))
    expect((await allowed('third@st-botolphs.example')).filter(Boolean)).toHaveLength(MAX_GUESSES)
  })
})
