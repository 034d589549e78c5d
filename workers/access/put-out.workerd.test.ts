import { beforeEach, expect, test } from 'vitest'
import * as access from '#access'
import type { Invitee, Sent } from '#access'
import * as audit from '#audit'
import { isRefusal, type UserId } from '#kernel'
import type { School } from '#shards'
import { type Gate, openGate, password } from '../../test/doors/gate.ts'

// Mr Ash, an Administrator beside Mrs Okafor, has invited a friend; then he is put out himself.
let gate: Gate
let ash: UserId
let school: School
let worlds = 0

beforeEach(async () => {
  const at = `out-${++worlds}.example`
  gate = await openGate(`okafor@${at}`)
  ash = await gate.added({ role: 'administrator', name: 'Mr Ash', email: `ash@${at}`, password })
  school = gate.school.as({ kind: 'user', id: gate.okafor })
})

async function invited(by: UserId, called: string, at = gate.school): Promise<Sent> {
  const level = { role: 'administrator', grants: [], yearGroups: null } as const
  const email = `${called}@out-${worlds}.example`
  const invitee: Invitee = { kind: 'school', name: 'A Friend', email, ...level }
  const area = at.as({ kind: 'user', id: by })
  const sent = await access.invite(gate.directory, area, invitee, async () => [])
  if (isRefusal(sent)) throw new Error(sent.refused)
  return sent
}
const isOpen = async ({ secret }: Sent) => {
  const caller = { address: gate.somewhere(), country: 'GB' }
  return !isRefusal(await access.openInvitation(gate.directory, secret, caller))
}
const trailOf = async (subject: string, at = school) =>
  (await audit.about(at, subject, 9)).map(({ action, actorId, facts }) => [action, actorId, facts])

const lower: access.Entitlement = { role: 'data-manager', grants: [], yearGroups: null }
const deeds: [string, () => Promise<unknown>][] = [
  ['suspended', () => access.suspend(gate.directory, school, ash)],
  ['removed', () => access.removeUser(gate.directory, school, ash)],
  ['no longer in charge', () => access.changeRole(gate.directory, school, ash, lower)],
]

test.each(deeds)('what somebody %s has invited to is taken back', async (_, deed) => {
  const [friend, colleague] = [await invited(ash, 'friend'), await invited(gate.okafor, 'bell')]
  expect(await deed()).toBeUndefined()
  expect([await isOpen(friend), await isOpen(colleague)]).toEqual([false, true])
  expect(await trailOf(friend.id)).toContainEqual([
    'invitation.withdrawn',
    gate.okafor,
    { because: 'inviter-out' },
  ])
  const [, , facts] = (await trailOf(ash)).find(([action]) => action !== 'user.added') ?? []
  expect(facts).toMatchObject({ invitations: 1 })
})

test('what an employee invited to at a customer is taken back there, and its trail says so', async () => {
  const next = await openGate(`next@door-${worlds}.example`)
  const theirs = await invited(ash, 'friend', next.school)
  expect(await access.suspend(gate.directory, school, ash)).toBeUndefined()
  expect(await isOpen(theirs)).toBe(false)
  const [entry] = await audit.about(next.school, theirs.id, 1)
  const found = (await audit.about(next.school, theirs.id, 9)).find(
    ({ action }) => action === 'invitation.withdrawn',
  )
  expect(entry).toBeDefined()
  expect(found).toMatchObject({ actorKind: 'operator', actorId: gate.okafor })
})

test('who stays in charge keeps what they invited to, with another grant too', async () => {
  const friend = await invited(ash, 'friend')
  const more = { role: 'administrator', grants: ['attendance'], yearGroups: null } as const
  expect(await access.changeRole(gate.directory, school, ash, more)).toBeUndefined()
  expect(await isOpen(friend)).toBe(true)
})

test('and so does the last one in charge, whom nobody can put out', async () => {
  const colleague = await invited(gate.okafor, 'bell')
  await access.suspend(gate.directory, school, ash)
  const refused = { refused: 'last-administrator' }
  const by = gate.school.as({ kind: 'user', id: ash })
  expect(await access.suspend(gate.directory, by, gate.okafor)).toEqual(refused)
  expect(await isOpen(colleague)).toBe(true)
})
