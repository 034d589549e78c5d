import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import * as access from '#access'
import type { Invitee, Letter, Sent } from '#access'
import * as audit from '#audit'
import { isRefusal, newId } from '#kernel'
import type { School } from '#shards'
import { meanwhile } from '../../../test/cast/meanwhile.ts'
import { type Gate, openGate } from '../../../test/doors/gate.ts'
import { users } from '../directory-tables.ts'
import { MAX_GUESSES } from '../throttle.ts'
import { invitations } from './directory-tables.ts'
import { INVITATION_MS } from './invitation.ts'

// Mrs Okafor invites Miss Bell.
const chosen = {
  name: 'Miss Clara Bell',
  password: 'three hens under a ladder',
  organisation: 'St Botolph’s Primary',
}
const gone = { refused: 'no-such-invitation', field: 'secret' }
const letter: Letter = async () => []
let gate: Gate
let school: School
let bell: Invitee
let worlds = 0

beforeEach(async () => {
  const at = `st-botolphs-${++worlds}.example`
  gate = await openGate(`okafor@${at}`)
  school = gate.school.as({ kind: 'user', id: gate.okafor })
  bell = {
    kind: 'school',
    name: 'Clara Bell',
    email: `bell@${at}`,
    role: 'basic',
    grants: ['attendance'],
    yearGroups: ['Year 3'],
  }
})

const caller = () => ({ address: gate.somewhere(), country: 'GB' })
// The clock stands still, so entries of one moment have no order.
const trailOf = async (subject: string) =>
  (await audit.about(school, subject, 20)).map(({ action }) => action).sort()
const accept = (secret: string, what: Partial<access.Chosen> = {}) =>
  access.acceptInvitation(gate.directory, secret, { ...chosen, ...what }, caller())
const isOpenWith = async (secret: string) =>
  !isRefusal(await access.openInvitation(gate.directory, secret, caller()))
const listed = () => access.listInvitations(gate.directory, school)

async function invited(invitee: Invitee = bell, by: Letter = letter): Promise<Sent> {
  const sent = await access.invite(gate.directory, school, invitee, by)
  if (isRefusal(sent)) throw new Error(sent.refused)
  return sent
}

describe('an invitation', () => {
  test('opens an account with just what was chosen by who invited, and signs nobody in', async () => {
    const { id, secret } = await invited()
    const opened = await access.openInvitation(gate.directory, secret, caller())
    expect(opened).toMatchObject({ id, name: 'Clara Bell', email: bell.email, role: 'basic' })
    const user = await accept(secret)
    if (isRefusal(user)) throw new Error(user.refused)
    const { email } = bell
    expect(await access.find(gate.directory, school, user)).toMatchObject({
      name: 'Miss Clara Bell',
      email,
      role: 'basic',
      grants: ['attendance'],
      yearGroups: ['Year 3'],
      lastSignInAtMs: null,
    })
    expect(await access.countSessions(gate.directory, school, user)).toBe(0)
    expect(await listed()).toEqual([])
    expect(await trailOf(id)).toEqual(['invitation.accepted', 'user.invited'])
    const [added] = await audit.about(school, user, 1)
    expect(added).toMatchObject({ action: 'user.added', facts: { invitation: id, role: 'basic' } })
    await gate.signedIn({ email, password: chosen.password })
  })

  test('hands its secret to the letter alone, and keeps neither it nor a name', async () => {
    const by = vi.fn(letter)
    const { secret, id, expiresAtMs } = await invited(bell, by)
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(by).toHaveBeenCalledExactlyOnceWith({
      name: 'Clara Bell',
      email: bell.email,
      id,
      secret,
      expiresAtMs,
    })
    const rows = await gate.directory.db.select().from(invitations).where(eq(invitations.id, id))
    const kept = JSON.stringify([rows, await audit.list(school, { limit: 100 })])
    for (const word of [secret, 'Clara', 'bell@']) expect(kept).not.toContain(word)
  })

  test('whose letter cannot be written is not in the trail, and opens to nobody', async () => {
    const torn: Letter = async () => {
      throw new Error('no paper')
    }
    await expect(access.invite(gate.directory, school, bell, torn)).rejects.toThrow('no paper')
    const [waiting] = await listed()
    expect(await trailOf(waiting?.id ?? '')).toEqual([])
  })

  test.each([
    ['an operator’s role at a school', { role: 'operator-basic' }, 'no-such-role'],
    ['a role that there is not', { role: 'root' }, 'no-such-role'],
    ['a school’s role at the operator', { kind: 'operator' }, 'no-such-role'],
    ['years for a Data Manager', { role: 'data-manager' }, 'no-years-for-role'],
    ['no year', { yearGroups: [] }, 'no-year-group'],
  ])('with %s is refused', async (_, wrong, refused) => {
    const asked = { ...bell, ...wrong } as Invitee
    expect(await access.invite(gate.directory, school, asked, letter)).toMatchObject({ refused })
    expect(await listed()).toEqual([])
  })

  test('of an address that has an account is refused alike, here and elsewhere', async () => {
    const next = await openGate(`okafor@next-${worlds}.example`)
    const asked = [`okafor@st-botolphs-${worlds}.example`, `OKAFOR@next-${worlds}.example`]
    expect(next.school.id).not.toBe(school.id)
    for (const email of asked) {
      const refusal = await access.invite(gate.directory, school, { ...bell, email }, letter)
      expect(refusal).toEqual({ refused: 'email-taken', field: 'email' })
    }
  })

  test('is not one of too many', async () => {
    const row = (await invited()).id
    const [one] = await gate.directory.db.select().from(invitations).where(eq(invitations.id, row))
    if (!one) throw new Error('the invitation is there')
    for (let count = 1; count < 200; count++) {
      const id = newId('invitation')
      const record = await school.seal(invitations.record, id, { name: 'N', email: `${id}@x.test` })
      await gate.directory.write(
        gate.directory.db.insert(invitations).values({ ...one, id, record, secretHash: id }),
      )
    }
    const another = { ...bell, email: `another@${worlds}.example` }
    expect(await access.invite(gate.directory, school, another, letter)).toEqual({
      refused: 'too-many-invitations',
    })
  })
})

describe('a secret', () => {
  test('works once', async () => {
    const { secret } = await invited()
    expect(await accept(secret)).toMatch(/^usr_/)
    expect(await accept(secret)).toEqual(gone)
    expect(await isOpenWith(secret)).toBe(false)
  })

  test('works once for two who use it at the same moment', async () => {
    const { secret } = await invited()
    const answers = await Promise.all([accept(secret), accept(secret), accept(secret)])
    expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(1)
    expect(
      answers.flatMap((answer) => (typeof answer === 'string' ? [] : [answer.refused])),
    ).toEqual(['no-such-invitation', 'no-such-invitation'])
    const rows = await gate.directory.db
      .select()
      .from(users)
      .where(eq(users.organisationId, school.id))
    expect(rows).toHaveLength(2)
  })

  test('does not work again when the account it opened was removed', async () => {
    const { secret } = await invited()
    const user = await accept(secret)
    if (isRefusal(user)) throw new Error(user.refused)
    await access.removeUser(gate.directory, school, user)
    expect(await accept(secret)).toEqual(gone)
  })

  test('does not work after a week, and looks like one that never was', async () => {
    const { secret } = await invited()
    gate.clock.advance(INVITATION_MS)
    expect(await accept(secret)).toEqual(gone)
    expect(await accept('A'.repeat(43))).toEqual(gone)
    expect(await accept('<script>')).toEqual(gone)
    const [waiting] = await listed()
    expect(waiting && access.hasExpired(waiting, gate.clock.now())).toBe(true)
  })

  test('does not work once another was sent, or a second invitation, or none any more', async () => {
    const first = await invited()
    const second = await access.resendInvitation(gate.directory, school, first.id, letter)
    if (isRefusal(second)) throw new Error(second.refused)
    expect([await isOpenWith(first.secret), await isOpenWith(second.secret)]).toEqual([false, true])

    const third = await invited({ ...bell, role: 'data-manager', grants: [], yearGroups: null })
    expect([await isOpenWith(second.secret), await isOpenWith(third.secret)]).toEqual([false, true])
    expect(await listed()).toHaveLength(1)

    await access.withdrawInvitation(gate.directory, school, third.id)
    expect([await isOpenWith(third.secret), await accept(third.secret)]).toEqual([false, gone])
    expect(await listed()).toEqual([])
    expect(await trailOf(third.id)).toEqual(['invitation.withdrawn', 'user.invited'])
  })

  test('withdrawn while it is being used opens nothing', async () => {
    const { id, secret } = await invited()
    const withdraw = () => access.withdrawInvitation(gate.directory, school, id)
    const [user] = await Promise.all([accept(secret), withdraw()])
    const [row] = await gate.directory.db.select().from(invitations).where(eq(invitations.id, id))
    const isAccepted = row?.acceptedAtMs !== null
    expect(isAccepted).toBe(row?.withdrawnAtMs === null)
    expect(isRefusal(user)).toBe(!isAccepted)
    const signIn = await gate.signIn({ email: bell.email, password: chosen.password })
    expect(isRefusal(signIn)).toBe(!isAccepted)
  })

  test('answered while it is being withdrawn is told to the trail as not withdrawn', async () => {
    const { id } = await invited()
    const answered = () =>
      gate.directory.db
        .update(invitations)
        .set({ acceptedAtMs: gate.clock.now() })
        .where(eq(invitations.id, id))
    const area = meanwhile(school.as(school.actor), answered)
    expect(await access.withdrawInvitation(gate.directory, area, id)).toEqual({
      refused: 'no-such-invitation',
    })
    const entries = await audit.about(school, id, 5)
    const actions = entries.map(({ action }) => action)
    expect(actions).toContain('invitation.withdrawn')
    expect(actions).toContain('invitation.kept')
  })

  test('is spent by no password that is refused', async () => {
    const { secret } = await invited()
    const short = await accept(secret, { password: 'short' })
    expect(short).toMatchObject({ refused: 'password-too-short', field: 'password' })
    const known = await accept(secret, { password: 'St Botolph’s Primary' })
    expect(known).toMatchObject({ field: 'password' })
    expect(await accept(secret)).toMatch(/^usr_/)
  })

  test('is not found by guessing: ten from one network, and the right one does not count', async () => {
    const { secret } = await invited()
    const here = { address: '203.0.113.9', country: 'GB' }
    const guess = (typed: string) => access.openInvitation(gate.directory, typed, here)
    for (let count = 1; count < MAX_GUESSES; count++) await guess(`${count}`.padEnd(43, 'A'))
    for (let count = 0; count < 3; count++) expect(isRefusal(await guess(secret))).toBe(false)
    expect(await guess('B'.repeat(43))).toEqual(gone)
    expect(await guess(secret)).toEqual({ refused: 'throttled' })
    expect(await isOpenWith(secret)).toBe(true)
  })
})

describe('another school', () => {
  test('neither sees, withdraws nor resends it', async () => {
    const { id, secret } = await invited()
    const { school: next, directory } = await openGate(`okafor@far-${worlds}.example`)
    const none = { refused: 'no-such-invitation' }
    expect(await access.listInvitations(directory, next)).toEqual([])
    expect(await access.findInvitation(directory, next, id)).toBeUndefined()
    expect(await access.withdrawInvitation(directory, next, id)).toEqual(none)
    expect(await access.resendInvitation(directory, next, id, letter)).toEqual(none)
    expect(await isOpenWith(secret)).toBe(true)
  })

  test('that invites the same person is not answered by an account here', async () => {
    const next = await openGate(`okafor@far-${worlds}.example`)
    const theirs = await access.invite(next.directory, next.school, bell, letter)
    if (isRefusal(theirs)) throw new Error(theirs.refused)
    expect(await accept((await invited()).secret)).toMatch(/^usr_/)
    const late = await access.acceptInvitation(next.directory, theirs.secret, chosen, caller())
    expect(late).toMatchObject({ refused: 'no-such-invitation' })
  })
})
