import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal } from '#kernel'
import { passkeyDevice } from '../../../test/cast/passkey-device.ts'
import { password } from '../../../test/doors/gate.ts'
import { openSecondGate, PARTY, type SecondGate } from '../../../test/doors/second-gate.ts'
import { GUESSES_WITHIN_MS } from '../throttle.ts'
import { codeAt, newSecret, stepAt } from './totp.ts'

// Mrs Okafor must have a second factor; Miss Bell may; Mr Pym's telephone is at the bottom of a lake.
let gate: SecondGate
const bell = 'bell@st-botolphs.example'
const pym = 'pym@st-botolphs.example'

beforeAll(async () => {
  gate = await openSecondGate()
  await gate.added({ role: 'basic', name: 'Miss Clara Bell', email: bell, password })
})

beforeEach(() => gate.clock.advance(GUESSES_WITHIN_MS))

const actions = async (subject: string) =>
  (await audit.about(gate.school, subject, 50)).map(({ action }) => action)

async function codeIn(token: string, secret: string) {
  const given = codeAt(secret, stepAt(gate.clock.now()))
  const moved = await gate.prove(token, { by: 'totp', given })
  invariant(!isRefusal(moved), 'the present code is right')
  return moved.token
}

async function enrolApp(token: string, change: { sealed?: string; code?: string } = {}) {
  const standing = await gate.standing(token)
  const { sealed, secret } = await access.proposeApp(gate.school, standing.user)
  const code = codeAt(secret.replaceAll(' ', ''), stepAt(gate.clock.now()))
  const typed = { sealed, code, ...change }
  return access.enrolApp(gate.directory, gate.school, standing, typed, gate.circumstances())
}

async function addPasskey(token: string) {
  const standing = await gate.standing(token)
  const { directory, school } = gate
  const { challenge } = await access.challengeToEnrol(directory, school, standing.user, PARTY)
  const answer = passkeyDevice().made({ challenge, ...PARTY })
  const typed = { name: 'Laptop', answer }
  return access.enrolPasskey(directory, school, standing, typed, gate.circumstances())
}

const remove = async (token: string, factor: access.FactorId) => {
  const standing = await gate.standing(token)
  const { tell } = gate.circumstances()
  return access.removeFactor(gate.directory, gate.school, standing, factor, tell)
}

const factorsOf = async (token: string) =>
  access.factorsOf(gate.directory, gate.school, (await gate.standing(token)).user.id)

describe('setting up', () => {
  test('is asked of whoever must, and keeps nothing until a code shows that the app has it', async () => {
    const { token, needs } = await gate.signedIn()
    expect(needs).toBe('enrolment')
    expect(await enrolApp(token, { code: '000000' })).toMatchObject({ refused: 'wrong' })
    expect((await factorsOf(token)).app).toBeNull()
    expect(await actions(gate.okafor)).not.toContain('factor.added')
  })

  test('takes no secret but our own, made for this person', async () => {
    const { token } = await gate.signedIn()
    const secret = newSecret()
    const code = codeAt(secret, stepAt(gate.clock.now()))
    const own = await gate.standing((await gate.signedIn({ email: bell })).token)
    const theirs = await access.proposeApp(gate.school, own.user)
    const theirCode = codeAt(theirs.secret.replaceAll(' ', ''), stepAt(gate.clock.now()))
    for (const typed of [
      { sealed: secret, code },
      { sealed: '', code },
      { sealed: JSON.stringify({ secret }), code },
      { sealed: theirs.sealed, code: theirCode },
    ]) {
      expect(await enrolApp(token, typed)).toMatchObject({ refused: 'wrong' })
    }
  })

  test('of two at once makes one: a password found out adds nothing to a guarded account', async () => {
    const sessions = await Promise.all([gate.signedIn(), gate.signedIn(), gate.signedIn()])
    const answers = await Promise.all(sessions.map(({ token }) => addPasskey(token)))
    expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1)
    const late = sessions[answers.findIndex(isRefusal)]
    invariant(late, 'one of three was refused')
    expect(await access.standing(gate.directory, late.token)).toBeUndefined()
    const again = await gate.signedIn()
    expect(again.needs).toBe('second-factor')
    expect(await enrolApp(again.token)).toMatchObject({ refused: 'already-enrolled' })
    const factors = await factorsOf(again.token)
    expect([factors.passkeys.length, factors.app]).toEqual([1, null])
  })

  test('the first code is used up by it', async () => {
    const email = 'head@st-botolphs.example'
    await gate.added({ role: 'administrator', name: 'Mr Head', email, password })
    const { token } = await gate.signedIn({ email })
    const standing = await gate.standing(token)
    const proposal = await access.proposeApp(gate.school, standing.user)
    const code = codeAt(proposal.secret.replaceAll(' ', ''), stepAt(gate.clock.now()))
    const typed = { sealed: proposal.sealed, code }
    const { directory, school } = gate
    const moved = await access.enrolApp(directory, school, standing, typed, gate.circumstances())
    invariant(!isRefusal(moved), 'a right first code sets an app up')
    expect(moved.token).not.toBe(token)
    expect(await access.standing(directory, token)).toBeUndefined()
    const again = await gate.signedIn({ email })
    expect(await gate.prove(again.token, { by: 'totp', given: code })).toMatchObject({
      refused: 'wrong',
    })
  })
})

describe('every other session of the person', () => {
  const isIn = async (token: string) => (await access.standing(gate.directory, token)) !== undefined
  const email = 'six@st-botolphs.example'

  test('is over when one is set up, replaced or taken away, and nobody else’s', async () => {
    await gate.added({ role: 'basic', name: 'Sam Six', email, password })
    const other = await gate.signedIn()
    const session = async () => (await gate.signedIn({ email })).token
    let [thief, own] = [await session(), await session()]
    own = (await gate.withApp(own)).token
    expect([await isIn(thief), await isIn(own)]).toEqual([false, true])

    thief = await session()
    own = (await gate.withApp(own)).token
    expect([await isIn(thief), await isIn(own)]).toEqual([false, true])

    thief = await session()
    const added = await addPasskey(own)
    invariant(!isRefusal(added), 'a passkey is added')
    expect(await isIn(thief)).toBe(false)

    thief = await session()
    expect(await remove(added.token, 'app')).toBeUndefined()
    expect([await isIn(thief), await isIn(added.token)]).toEqual([false, true])
    expect(await isIn(other.token)).toBe(true)
  })

  test('goes on where the last one may not go', async () => {
    const one = await somebodyWithApp('administrator', 'stays@st-botolphs.example')
    const { token } = await gate.signedIn({ email: 'stays@st-botolphs.example' })
    expect(await remove(one.token, 'app')).toEqual({ refused: 'last-factor' })
    expect(await isIn(token)).toBe(true)
  })
})

describe('taking away', () => {
  test('the last one is refused to who must have one, and the trail says nothing of it', async () => {
    const { user, token } = await somebodyWithApp('administrator', 'one@st-botolphs.example')
    expect(await remove(token, 'app')).toEqual({ refused: 'last-factor' })
    expect(await actions(user)).not.toContain('factor.removed')
  })

  test('one of two works, and its codes work no more', async () => {
    const email = 'two@st-botolphs.example'
    const { user, token, secret } = await somebodyWithApp('administrator', email)
    const added = await addPasskey(token)
    invariant(!isRefusal(added), 'a passkey is added')
    expect(await remove(added.token, 'app')).toBeUndefined()
    expect(gate.news.at(-1)).toEqual({ what: 'app-removed' })
    expect(await actions(user)).toContain('factor.removed')
    const again = await gate.signedIn({ email })
    expect(again.needs).toBe('second-factor')
    const given = codeAt(secret, stepAt(gate.clock.now()) + 1)
    expect(await gate.prove(again.token, { by: 'totp', given })).toEqual({ refused: 'wrong' })
  })

  test('both at the same moment leaves one', async () => {
    const { user, token } = await somebodyWithApp('administrator', 'both@st-botolphs.example')
    const added = await addPasskey(token)
    invariant(!isRefusal(added), 'a passkey is added')
    const { passkeys } = await factorsOf(added.token)
    const answers = await Promise.all([
      remove(added.token, 'app'),
      remove(added.token, passkeys[0]?.id ?? 'app'),
    ])
    expect(answers.filter(isRefusal)).toHaveLength(1)
    const left = await factorsOf(added.token)
    expect(left.passkeys.length + (left.app ? 1 : 0)).toBe(1)
    expect(await actions(user)).toContain('factor.removed')
  })

  test('another person’s is not there', async () => {
    const one = await somebodyWithApp('administrator', 'mine@st-botolphs.example')
    const added = await addPasskey(one.token)
    invariant(!isRefusal(added), 'a passkey is added')
    const { passkeys } = await factorsOf(added.token)
    const other = await somebodyWithApp('administrator', 'theirs@st-botolphs.example')
    expect(await remove(other.token, passkeys[0]?.id ?? 'app')).toEqual({
      refused: 'no-such-factor',
    })
    expect((await factorsOf(added.token)).passkeys).toHaveLength(1)
  })

  test('the last of who need not have one takes the recovery codes with it', async () => {
    const { token } = await gate.withApp((await gate.signedIn({ email: bell })).token)
    const { user } = await gate.standing(token)
    await access.makeRecoveryCodes(gate.directory, gate.school, user, async () => [])
    expect(await remove(token, 'app')).toBeUndefined()
    expect(await factorsOf(token)).toEqual({ passkeys: [], app: null, recoveryCodesLeft: 0 })
    expect((await gate.signedIn({ email: bell })).needs).toBeNull()
  })
})

describe('a colleague’s reset', () => {
  const reset = (by: string, id: string) =>
    access.resetFactors(
      gate.directory,
      gate.school.as({ kind: 'user', id: by as never }),
      id as never,
      async (_, news) => {
        gate.news.push(news)
        return []
      },
    )

  test('ends their sessions, takes all they had, and they set up anew', async () => {
    const { user, token, secret } = await somebodyWithApp('data-manager', pym)
    const standing = await gate.standing(token)
    await access.makeRecoveryCodes(gate.directory, gate.school, standing.user, async () => [])
    expect(await reset(gate.okafor, user)).toBeUndefined()

    expect(await access.standing(gate.directory, token)).toBeUndefined()
    expect(gate.news.at(-1)).toEqual({ what: 'factors-reset' })
    expect(await actions(user)).toContain('factors.reset')
    const again = await gate.signedIn({ email: pym })
    expect(again.needs).toBe('enrolment')
    const given = codeAt(secret, stepAt(gate.clock.now()) + 1)
    expect(await gate.prove(again.token, { by: 'totp', given })).toEqual({ refused: 'wrong' })
  })

  test('is not for oneself, nor for another school’s people', async () => {
    expect(await reset(gate.okafor, gate.okafor)).toMatchObject({ refused: 'own-account' })
    const next = await openSecondGate('head@next-door.example')
    expect(await reset(gate.okafor, next.okafor)).toMatchObject({ refused: 'no-such-user' })
  })
})

async function somebodyWithApp(role: access.Role, email: string) {
  const user = await gate.added({ role, name: 'Sam Somebody', email, password })
  const { secret, token } = await gate.withApp((await gate.signedIn({ email })).token)
  await codeIn((await gate.signedIn({ email })).token, secret)
  return { user, token, secret }
}
