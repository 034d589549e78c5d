import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal } from '#kernel'
import { openSecondGate, type SecondGate } from '../../../test/doors/second-gate.ts'
import { password } from '../../../test/doors/gate.ts'
import { GUESSES_WITHIN_MS, MAX_GUESSES } from '../throttle.ts'
import { recoveryCodes, totps } from './directory-tables.ts'
import { codeAt, STEP_MS, stepAt } from './totp.ts'

// Mrs Okafor has an app; Miss Bell, who need not have one, has none.
let gate: SecondGate
let secret: string
let codes: string[]
const bell = 'bell@st-botolphs.example'

beforeAll(async () => {
  gate = await openSecondGate()
  await gate.added({ role: 'basic', name: 'Miss Clara Bell', email: bell, password })
  const { token } = await gate.signedIn()
  ;({ secret } = await gate.withApp(token))
  const { user } = await gate.standing((await gate.signedIn()).token)
  codes = await access.makeRecoveryCodes(gate.directory, gate.school, user, async () => [])
})

beforeEach(() => gate.clock.advance(GUESSES_WITHIN_MS))

const codeNow = (steps = 0) => codeAt(secret, stepAt(gate.clock.now()) + steps)
const byCode = (token: string, given = codeNow()) => {
  gate.clock.advance(1)
  return gate.prove(token, { by: 'totp', given })
}
const trail = async (limit = 1) =>
  (await audit.about(gate.school, gate.okafor, limit)).map(({ action, facts }) => [action, facts])

async function whole(): Promise<string> {
  const { token } = await gate.signedIn()
  const moved = await byCode(token)
  invariant(!isRefusal(moved), 'the present code is right')
  return moved.token
}

describe('at sign-in', () => {
  test('a session after the password alone is not through, and a code lets it on', async () => {
    const { token, needs } = await gate.signedIn()
    expect(needs).toBe('second-factor')
    const moved = await byCode(token)
    expect(moved).toMatchObject({ needs: null })
    expect(await trail()).toEqual([['factor.shown', { by: 'totp' }]])
  })

  test('the token from before is worth nothing after, whoever has it', async () => {
    const { token } = await gate.signedIn()
    const moved = await byCode(token)
    invariant(!isRefusal(moved), 'the present code is right')
    expect(moved.token).not.toBe(token)
    expect(await access.standing(gate.directory, token)).toBeUndefined()
    const { session, needs } = await gate.standing(moved.token)
    expect([session.verifiedBy, needs]).toEqual(['totp', null])
  })

  test('a wrong code is noted and leaves the session as it was', async () => {
    const { token } = await gate.signedIn()
    expect(await byCode(token, '000000')).toEqual({ refused: 'wrong' })
    expect((await gate.standing(token)).needs).toBe('second-factor')
    expect(await trail()).toEqual([['factor.refused', { by: 'totp', because: 'wrong' }]])
  })

  test('a password is no second factor', async () => {
    const { token } = await gate.signedIn()
    const answer = await gate.prove(token, { by: 'password', given: password })
    expect(answer).toEqual({ refused: 'wrong' })
  })

  test('a new password is asked for after the code, not before', async () => {
    await access.forcePasswordChange(
      gate.directory,
      gate.school.as({ kind: 'system', id: 'seed' }),
      gate.okafor,
    )
    const { token, needs } = await gate.signedIn()
    expect(needs).toBe('second-factor')
    expect(await byCode(token)).toMatchObject({ needs: 'new-password' })
    await gate.directory.rows({
      sql: 'update users set password_change = null where id = ?',
      params: [gate.okafor],
    })
  })

  test('and so is one older than the organisation lets them be', async () => {
    const { token } = await gate.signedIn()
    const proof = { by: 'totp', given: codeNow() } as const
    expect(await gate.prove(token, proof, { passwordDays: 0 })).toMatchObject({
      needs: 'new-password',
    })
  })
})

describe('a code', () => {
  test('works once, in the same session and in another', async () => {
    const [one, other] = [await gate.signedIn(), await gate.signedIn()]
    expect(isRefusal(await byCode(one.token))).toBe(false)
    expect(await byCode(other.token)).toEqual({ refused: 'wrong' })
  })

  test('by two at the same moment works for one', async () => {
    const sessions = await Promise.all([1, 2, 3].map(() => gate.signedIn()))
    const answers = await Promise.all(sessions.map(({ token }) => byCode(token)))
    expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1)
  })

  test('from before one that was used works no more, though its time is not over', async () => {
    const [one, other] = [await gate.signedIn(), await gate.signedIn()]
    expect(isRefusal(await byCode(one.token, codeNow(1)))).toBe(false)
    expect(await byCode(other.token, codeNow(0))).toEqual({ refused: 'wrong' })
    gate.clock.advance(2 * STEP_MS)
    expect(isRefusal(await byCode(other.token, codeNow(0)))).toBe(false)
  })

  test('of another person’s app is wrong', async () => {
    const head = 'head@next-door.example'
    const next = await openSecondGate(head)
    const theirs = await next.withApp((await next.signedIn({ email: head })).token)
    const { token } = await gate.signedIn()
    const given = codeAt(theirs.secret, stepAt(gate.clock.now()))
    expect(await byCode(token, given)).toEqual({ refused: 'wrong' })
  })

  test('is kept nowhere, nor is the secret, but sealed', async () => {
    const kept = JSON.stringify([
      await gate.directory.db.select().from(totps),
      await audit.list(gate.school, { limit: 100 }),
    ])
    expect(kept).not.toContain(secret)
    expect(kept).toContain('factor.added')
  })
})

describe('guessing', () => {
  test('is stopped after ten, for the right code too, and goes on five minutes later', async () => {
    const { token } = await gate.signedIn()
    for (let count = 0; count < MAX_GUESSES; count++) {
      expect(await byCode(token, '000000')).toEqual({ refused: 'wrong' })
    }
    expect(await byCode(token)).toEqual({ refused: 'throttled' })
    expect(await byCode(token)).toEqual({ refused: 'throttled' })
    const noted = (await trail(12)).filter(([, facts]) => JSON.stringify(facts).includes('thrott'))
    expect(noted).toHaveLength(1)

    gate.clock.advance(GUESSES_WITHIN_MS)
    expect(isRefusal(await byCode(token))).toBe(false)
  })

  test('by 25 at the same moment, in ten sessions, is ten guesses', async () => {
    const { token } = await gate.signedIn()
    const tries = Array.from({ length: 25 }, (_, at) => byCode(token, String(100_000 + at)))
    const answers = await Promise.all(tries)
    const checked = answers.filter((answer) => isRefusal(answer) && answer.refused === 'wrong')
    expect(checked).toHaveLength(MAX_GUESSES)
  })

  test('from one network is stopped, at whichever account', async () => {
    const caller = { address: '203.0.113.44', country: 'GB' }
    const { token } = await gate.signedIn()
    for (let count = 0; count < MAX_GUESSES; count++) {
      await gate.prove(token, { by: 'recovery-code', given: 'AAAAA-AAAAA' }, { caller })
    }
    const theirs = (await gate.signedIn({ email: bell })).token
    const proof = { by: 'totp', given: '000000' } as const
    expect(await gate.prove(theirs, proof, { caller })).toEqual({ refused: 'throttled' })
  })

  test('at codes does not use up the guesses at the password, nor does a right code count', async () => {
    const { token } = await gate.signedIn()
    for (let count = 0; count < MAX_GUESSES; count++) await byCode(token, '000000')
    expect(isRefusal(await gate.signIn())).toBe(false)
  })
})

describe('a recovery code', () => {
  const use = (token: string, given = codes[0] ?? '') => {
    gate.clock.advance(1)
    return gate.prove(token, { by: 'recovery-code', given })
  }

  test('lets in once, is noted with how many are left, and its owner is told', async () => {
    const { token } = await gate.signedIn()
    expect(await use(token, codes[0]?.toLowerCase())).toMatchObject({ needs: null })
    expect(await trail()).toEqual([['recovery-code.used', { left: 9 }]])
    expect(gate.news.at(-1)).toEqual({ what: 'recovery-code-used', left: 9 })

    const again = await gate.signedIn()
    expect(await use(again.token)).toEqual({ refused: 'wrong' })
  })

  test('by two at the same moment lets one in', async () => {
    const sessions = await Promise.all([1, 2, 3].map(() => gate.signedIn()))
    const answers = await Promise.all(sessions.map(({ token }) => use(token, codes[1])))
    expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1)
  })

  test('is nobody else’s, and none is kept', async () => {
    const { token } = await gate.signedIn({ email: bell })
    expect(await use(token, codes[2])).toEqual({ refused: 'wrong' })
    const kept = JSON.stringify(await gate.directory.db.select().from(recoveryCodes))
    for (const code of codes) expect(kept).not.toContain(code.replace('-', ''))
  })

  test('works no more when new ones are made', async () => {
    const { user } = await gate.standing(await whole())
    const fresh = await access.makeRecoveryCodes(gate.directory, gate.school, user, async () => [])
    const { token } = await gate.signedIn()
    expect(await use(token, codes[3])).toEqual({ refused: 'wrong' })
    expect(await use(token, fresh[3])).toMatchObject({ needs: null })
  })
})

describe('a step-up', () => {
  test('by a code moves the time of the last proof, and the token', async () => {
    const token = await whole()
    const before = await gate.standing(token)
    gate.clock.advance(STEP_MS)
    const moved = await byCode(token)
    invariant(!isRefusal(moved), 'the present code is right')
    const after = await gate.standing(moved.token)
    expect(after.session.confirmedAtMs - before.session.confirmedAtMs).toBe(STEP_MS + 1)
    expect(after.session.id).toBe(before.session.id)
    expect(await access.standing(gate.directory, token)).toBeUndefined()
  })

  test('by a password is for whoever has no second factor, and counts as a guess at it', async () => {
    const { token } = await gate.signedIn({ email: bell })
    const by = (given: string) => gate.prove(token, { by: 'password', given })
    expect(await by('a gate left open')).toEqual({ refused: 'wrong' })
    expect(await by(password)).toMatchObject({ needs: null })
    expect(await gate.prove(await whole(), { by: 'password', given: password })).toEqual({
      refused: 'wrong',
    })
  })
})
