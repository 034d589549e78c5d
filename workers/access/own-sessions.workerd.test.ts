import { beforeAll, beforeEach, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, newId } from '#kernel'
import { type Gate, openGate, password } from '../../test/doors/gate.ts'

let gate: Gate
const email = 'bell@st-botolphs.example'
let user: access.User['id']

beforeAll(async () => {
  gate = await openGate()
  user = await gate.added({ role: 'basic', name: 'Miss Clara Bell', email, password })
})

beforeEach(() => {
  gate.clock.advance(access.defaultLimits.absoluteMs)
})

const signedIn = async (device: string, city?: string) =>
  (await gate.signedIn({ email, device, city })).token
const idOf = async (token: string) => {
  const found = await access.standing(gate.directory, token)
  invariant(found, 'the session is good')
  return found.session.id
}
const list = () => access.sessionsOf(gate.directory, gate.school, user)
const trail = () => audit.about(gate.school, user, 50)
const isGood = async (token: string) => Boolean(await access.standing(gate.directory, token))

test('are listed with device, place and times, the last used first', async () => {
  const first = await signedIn('Firefox on Windows', 'Leeds')
  gate.clock.advance(60_000)
  const second = await signedIn('Safari on iOS')
  const listed = await list()
  expect(listed.map(({ device, city }) => [device, city])).toEqual([
    ['Safari on iOS', undefined],
    ['Firefox on Windows', 'Leeds'],
  ])
  expect(listed[0]?.place).toMatch(/^XX-[\w-]{8}$/)
  expect(listed.map(({ id }) => id)).toEqual([await idOf(second), await idOf(first)])
  const kept = await gate.directory.rows({ sql: 'select * from sessions', params: [] })
  expect(JSON.stringify(kept)).not.toMatch(/Leeds|Firefox/)
})

test('are not listed when they are over', async () => {
  await signedIn('One')
  gate.clock.advance(access.defaultLimits.idleMs)
  await signedIn('Two')
  expect((await list()).map(({ device }) => device)).toEqual(['Two'])
})

test('one is ended: a stolen copy of its cookie is worth nothing at once', async () => {
  const [stolen, mine] = [await signedIn('Lost tablet'), await signedIn('Mine')]
  const id = await idOf(stolen)
  expect(await access.endSession(gate.directory, gate.school, user, id)).toBeUndefined()
  expect(await isGood(stolen)).toBe(false)
  expect(await isGood(mine)).toBe(true)
  expect(await trail()).toContainEqual(
    expect.objectContaining({ action: 'session.ended', facts: { session: id } }),
  )

  const again = await access.endSession(gate.directory, gate.school, user, id)
  expect(again).toEqual({ refused: 'no-such-session', field: 'session' })
})

test('of a colleague are not one’s own to end', async () => {
  const theirs = (await gate.signedIn()).token
  const refused = { refused: 'no-such-session', field: 'session' }
  const id = await idOf(theirs)
  expect(await access.endSession(gate.directory, gate.school, user, id)).toEqual(refused)
  expect(await access.endSession(gate.directory, gate.school, user, newId('session'))).toEqual(
    refused,
  )
  expect(await isGood(theirs)).toBe(true)
})

test('all others are ended, and this one goes on', async () => {
  const [one, other, mine] = [await signedIn('One'), await signedIn('Two'), await signedIn('Mine')]
  const colleague = (await gate.signedIn()).token
  await access.endOtherSessions(gate.directory, gate.school, user, await idOf(mine))
  expect([await isGood(one), await isGood(other)]).toEqual([false, false])
  expect([await isGood(mine), await isGood(colleague)]).toEqual([true, true])
  const ended = expect.objectContaining({ action: 'session.others-ended' })
  expect(await trail()).toContainEqual(ended)
})

test('shorter limits hold at once, longer ones for the next only', async () => {
  const token = await signedIn('Mine')
  const shorten = (idleMinutes: number, absoluteHours: number) =>
    gate.directory.write(
      access.limitsShortened(gate.directory, gate.school, {
        idleMs: idleMinutes * 60_000,
        absoluteMs: absoluteHours * 3_600_000,
      }),
    )
  await shorten(120, 24)
  gate.clock.advance(access.defaultLimits.idleMs - 1)
  expect(await isGood(token)).toBe(true)
  await shorten(5, 1)
  gate.clock.advance(5 * 60_000 - 1)
  expect(await isGood(token)).toBe(true)
  gate.clock.advance(5 * 60_000)
  expect(await isGood(token)).toBe(false)

  const busy = await signedIn('Mine')
  await shorten(5, 1)
  for (let passed = 0; passed < 60; passed += 4) {
    expect(await isGood(busy)).toBe(true)
    gate.clock.advance(4 * 60_000)
  }
  expect(await isGood(busy)).toBe(false)
})
