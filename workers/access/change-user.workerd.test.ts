import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import * as access from '#access'
import type { Entitlement } from '#access'
import * as audit from '#audit'
import { newId, type UserId } from '#kernel'
import type { School } from '#shards'
import { type Gate, openGate, password } from '../../test/doors/gate.ts'
import { users } from './directory-tables.ts'
import { recoveryCodes, totps } from './factors/directory-tables.ts'

// Mrs Okafor and Mr Ash are both Administrators of a school; Miss Bell is a Basic User there.
let gate: Gate
let ash: UserId
let bell: UserId
let school: School
let schools = 0

const addresses = () => {
  const at = `school-${++schools}.example`
  return { okafor: `okafor@${at}`, ash: `ash@${at}`, bell: `bell@${at}` }
}
let email: ReturnType<typeof addresses>

beforeEach(async () => {
  email = addresses()
  gate = await openGate(email.okafor)
  ash = await gate.added({ role: 'administrator', name: 'Mr Ash', email: email.ash, password })
  bell = await gate.added({ role: 'basic', name: 'Miss Bell', email: email.bell, password })
  school = by(gate.okafor)
})

const by = (id: UserId): School => gate.school.as({ kind: 'user', id })
const stateOf = async (id: UserId) => (await access.find(gate.directory, school, id))?.state
// The clock stands still, so entries of one moment have no order.
const trailOf = async (subject: string) =>
  (await audit.about(school, subject, 20)).map(({ action }) => action).sort()
const isIn = async (token: string) =>
  (await access.standing(gate.directory, token))?.user !== undefined

const basic: Entitlement = { role: 'basic', grants: [], yearGroups: ['Year 3'] }
const administrator: Entitlement = { role: 'administrator', grants: [], yearGroups: null }

describe('another role', () => {
  test('is theirs at the next sign-in, and every session of before is over', async () => {
    const { token } = await gate.signedIn({ email: email.bell })
    const to: Entitlement = { role: 'data-manager', grants: ['safeguarding'], yearGroups: null }
    expect(await access.changeRole(gate.directory, school, bell, to)).toBeUndefined()
    expect(await isIn(token)).toBe(false)
    const { user } = await gate.signedIn({ email: email.bell })
    expect(user).toMatchObject({ role: 'data-manager', grants: ['safeguarding'] })
    const entries = await audit.about(school, bell, 9)
    const changed = entries.find(({ action }) => action === 'user.role-changed')
    expect(changed).toMatchObject({
      actorId: gate.okafor,
      facts: { from: 'basic', to: 'data-manager', grants: 'safeguarding' },
    })
  })

  test('that asks for a second factor asks for it at the next sign-in', async () => {
    expect((await gate.signedIn({ email: email.bell })).needs).toBeNull()
    await access.changeRole(gate.directory, school, bell, administrator)
    expect((await gate.signedIn({ email: email.bell })).needs).toBe('enrolment')
  })

  test('that they have already changes nothing and signs nobody out', async () => {
    await access.changeRole(gate.directory, school, bell, basic)
    const { token } = await gate.signedIn({ email: email.bell })
    const before = await trailOf(bell)
    expect(await access.changeRole(gate.directory, school, bell, { ...basic })).toBeUndefined()
    expect([await isIn(token), await trailOf(bell)]).toEqual([true, before])
  })

  test.each([
    ['an operator’s', { ...administrator, role: 'operator-administrator' }],
    ['an authority’s', { ...administrator, role: 'virtual-school-head' }],
    ['of no kind', { ...administrator, role: 'root' }],
  ])('%s is refused, however it was sent', async (_, to) => {
    const refusal = await access.changeRole(gate.directory, school, bell, to as Entitlement)
    expect(refusal).toMatchObject({ refused: 'no-such-role' })
    expect((await access.find(gate.directory, school, bell))?.role).toBe('basic')
    expect(await trailOf(bell)).toEqual(['user.added'])
  })
})

describe('nobody', () => {
  const deeds: [string, (id: UserId) => Promise<unknown>][] = [
    ['changes the role of', (id) => access.changeRole(gate.directory, school, id, basic)],
    ['suspends', (id) => access.suspend(gate.directory, school, id)],
    ['reinstates', (id) => access.reinstate(gate.directory, school, id)],
    ['removes', (id) => access.removeUser(gate.directory, school, id)],
    ['asks for a new password', (id) => access.forcePasswordChange(gate.directory, school, id)],
    ['signs out', (id) => access.endSessionsOf(gate.directory, school, id)],
  ]

  test.each(deeds)('%s themselves', async (_, deed) => {
    expect(await deed(gate.okafor)).toEqual({ refused: 'own-account' })
  })

  test.each(deeds)(
    '%s somebody of another school, or removed, or of no account',
    async (_, deed) => {
      const here = school
      await openGateNextDoor()
      await access.removeUser(gate.directory, here, ash)
      for (const id of [elsewhere, ash, newId('user')]) {
        expect(await deed(id)).toEqual({ refused: 'no-such-user' })
      }
    },
  )

  let elsewhere: UserId
  async function openGateNextDoor() {
    const next = await openGate(`next@door-${schools}.example`)
    elsewhere = next.okafor
  }
})

describe('the last one in charge', () => {
  const without: [string, (from: School, id: UserId) => Promise<unknown>][] = [
    ['demoted', (from, id) => access.changeRole(gate.directory, from, id, basic)],
    ['suspended', (from, id) => access.suspend(gate.directory, from, id)],
    ['removed', (from, id) => access.removeUser(gate.directory, from, id)],
  ]
  const refused = { refused: 'last-administrator' }

  test.each(without)('is not %s', async (_, deed) => {
    await access.suspend(gate.directory, school, ash)
    const { token } = await gate.signedIn({ email: email.okafor })
    expect(await deed(by(bell), gate.okafor)).toEqual(refused)
    expect(await stateOf(gate.okafor)).toBe('active')
    expect(await isIn(token)).toBe(true)
    expect(await trailOf(gate.okafor)).toEqual(['user.added', 'user.signed-in'])
  })

  test.each(without)(
    'is not %s when two do it to each other at the same moment',
    async (_, deed) => {
      const answers = await Promise.all([deed(by(ash), gate.okafor), deed(school, ash)])
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
      expect(answers).toContainEqual(refused)
      const all = await access.list(gate.directory, school)
      const left = all.filter(({ role, state }) => role === 'administrator' && state === 'active')
      expect(left).toHaveLength(1)
    },
  )

  test('says in the trail that nothing came of what was lost by a moment', async () => {
    const asked = () => access.suspend(gate.directory, by(bell), gate.okafor)
    await Promise.all([asked(), access.suspend(gate.directory, by(bell), ash)])
    const entries = [...(await trailOf(gate.okafor)), ...(await trailOf(ash))]
    const suspended = entries.filter((action) => action === 'user.suspended').length
    const kept = entries.filter((action) => action === 'user.kept').length
    expect(suspended - kept).toBe(1)
  })

  test('may be given further permissions, since they stay in charge', async () => {
    await access.suspend(gate.directory, school, ash)
    const to: Entitlement = { ...administrator, grants: ['safeguarding'] }
    expect(await access.changeRole(gate.directory, by(bell), gate.okafor, to)).toBeUndefined()
  })
})

describe('somebody suspended', () => {
  test('is out at once, and in again when reinstated, but not by an old session', async () => {
    const { token } = await gate.signedIn({ email: email.bell })
    expect(await access.suspend(gate.directory, school, bell)).toBeUndefined()
    expect(await isIn(token)).toBe(false)
    expect(await gate.signIn({ email: email.bell })).toEqual({ refused: 'wrong' })

    expect(await access.reinstate(gate.directory, school, bell)).toBeUndefined()
    expect(await isIn(token)).toBe(false)
    await gate.signedIn({ email: email.bell })
    expect(await access.reinstate(gate.directory, school, bell)).toEqual({
      refused: 'not-suspended',
    })
  })
})

describe('somebody removed', () => {
  test('is out at once with all that opened the account, and keeps a name for the trail', async () => {
    const { token } = await gate.signedIn({ email: email.bell })
    await withFactors(bell)
    expect((await access.withSecondFactor(gate.directory, school)).has(bell)).toBe(true)
    expect(await access.removeUser(gate.directory, school, bell)).toBeUndefined()
    expect(await isIn(token)).toBe(false)
    expect(await gate.signIn({ email: email.bell })).toEqual({ refused: 'wrong' })
    const { db } = gate.directory
    expect(await db.select().from(totps).where(eq(totps.id, bell))).toEqual([])
    const codes = await db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, bell))
    expect(codes).toEqual([])
    expect((await access.namesOf(gate.directory, school.id)).get(bell)).toBe('Miss Bell')
  })

  test('keeps neither an address nor a password', async () => {
    expect(await access.removeUser(gate.directory, school, bell)).toBeUndefined()
    const found = await access.find(gate.directory, school, bell)
    expect(found).toMatchObject({ state: 'removed', name: 'Miss Bell', email: '' })
    const [row] = await gate.directory.db.select().from(users).where(eq(users.id, bell))
    expect(row?.passwordHash).toBe('')
  })

  test('may have an account of the same address again, and that is another one', async () => {
    await access.removeUser(gate.directory, school, bell)
    const again = await gate.added({
      role: 'basic',
      name: 'Miss Bell',
      email: email.bell,
      password,
    })
    expect(again).toMatch(/^usr_/)
    expect(again).not.toBe(bell)
    expect(await access.suspend(gate.directory, school, again)).toBeUndefined()
    expect(await stateOf(bell)).toBe('removed')
  })

  async function withFactors(userId: UserId): Promise<void> {
    const { directory } = gate
    const [organisationId, createdAtMs] = [school.id, gate.clock.now()]
    const record = await school.seal(totps.record, userId, { secret: 'JBSWY3DPEHPK3PXP' })
    const code = await directory.fingerprint('recovery-code', 'made-up')
    const owned = { organisationId, createdAtMs }
    await directory.write(
      directory.db.insert(totps).values({ id: userId, ...owned, record }),
      directory.db
        .insert(recoveryCodes)
        .values({ id: newId('recovery-code'), userId, ...owned, code }),
    )
  }
})

describe('somebody asked for a new password', () => {
  test('is signed out, and needs one before anything else', async () => {
    const { token } = await gate.signedIn({ email: email.bell })
    await access.forcePasswordChange(gate.directory, school, bell)
    expect(await isIn(token)).toBe(false)
    expect((await gate.signedIn({ email: email.bell })).needs).toBe('new-password')
    const [row] = await gate.directory.db.select().from(users).where(eq(users.id, bell))
    expect(row?.passwordChange).toBe('forced')
  })
})

describe('somebody signed out by an Administrator', () => {
  test('is out everywhere, and may sign in again', async () => {
    const tokens = [
      (await gate.signedIn({ email: email.bell })).token,
      (await gate.signedIn({ email: email.bell })).token,
    ]
    expect(await access.countSessions(gate.directory, school, bell)).toBe(2)
    await access.endSessionsOf(gate.directory, school, bell)
    expect(await access.countSessions(gate.directory, school, bell)).toBe(0)
    expect(await Promise.all(tokens.map(isIn))).toEqual([false, false])
    await gate.signedIn({ email: email.bell })
    expect(await access.countSessions(gate.directory, school, bell)).toBe(1)
    gate.clock.advance(31 * 60_000)
    expect(await access.countSessions(gate.directory, school, bell)).toBe(0)
  })
})
