import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal, newId, stoppedClock, type UserId } from '#kernel'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers, type CastUser } from '../../../test/cast/accounts.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'

// Dot of support is in St Botolph's by the code of Mr Pym; Sol and Kit run the operator.
const password = 'a gate left ajar'
const clock = stoppedClock(Date.UTC(2026, 10, 23, 14, 2))
const reason = 'She cannot find the drafts of last week'
let directory: Directory
let cast: Cast

beforeEach(async () => {
  // What was guessed before, and whoever was in, is of another time.
  clock.advance(60 * 60_000)
  if (!cast) {
    directory = new Directory(await premisesOf(env as unknown as Env, clock))
    cast = await settle(directory, { password })
  }
  await access.tellOfEnds(directory)
  clock.advance(60 * 60_000)
})

const areaOf = (name: CastUser) => cast[castUsers[name].at].school
const idOf = (name: CastUser) => cast[castUsers[name].at].user(name)
const by = (name: CastUser) => areaOf(name).as({ kind: 'user', id: idOf(name) })

async function employee(name: CastUser): Promise<access.Employee> {
  const typed = { email: castUsers[name].email, password, from: newId('request') }
  const signedIn = await access.signIn(directory, typed)
  invariant(!isRefusal(signedIn), 'an employee is let in to their own area')
  const standing = await access.standing(directory, signedIn.token)
  invariant(standing, 'who signed in is known')
  const { id, role } = standing.user
  return { id, role, sessionId: standing.session.id, school: by(name) }
}

/** Somebody of the operator comes in by the code that somebody of a school reads out. */
async function letIn(lender: CastUser, who: access.Employee): Promise<string> {
  const { code } = await access.makeCode(directory, by(lender), idOf(lender))
  const customer = areaOf(lender).as({ kind: 'operator', id: who.id, role: who.role, access: null })
  const asked = { code, level: 'theirs' as const, reason }
  const entered = await access.letIn(directory, customer, who, asked)
  invariant(!isRefusal(entered), 'a right code lets in')
  clock.advance(1)
  return entered.token
}

const supportOf = async (token: string) => (await access.standing(directory, token))?.support
const live = async (school: School) => (await access.liveSupport(directory, school)).length
const ends = async (school: School) =>
  (await audit.list(school, { limit: 60 }))
    .filter(({ action, atMs }) => action === 'support.ended' && atMs > clock.now() - 45 * 60_000)
    .map(({ actorKind, actorId, facts }) => ({ actorKind, actorId, because: facts['because'] }))

const basic: access.Entitlement = { role: 'basic', grants: [], yearGroups: ['Year 3'] }

describe('of whoever read the code out', () => {
  const deeds: [string, (at: School, id: UserId) => Promise<unknown>][] = [
    ['signed out', (at, id) => access.endSessionsOf(directory, at, id)],
    ['given less', (at, id) => access.changeRole(directory, at, id, basic)],
    ['suspended', (at, id) => access.suspend(directory, at, id)],
    ['removed', (at, id) => access.removeUser(directory, at, id)],
  ]

  test.each(deeds)('%s, the access is over, and the trail says by whom', async (_, deed) => {
    const token = await letIn('pym', await employee('dot'))
    const okafors = await letIn('okafor', await employee('sol'))
    expect(await supportOf(token)).toBeTruthy()
    expect(await deed(by('okafor'), idOf('pym'))).toBeUndefined()
    await access.reinstate(directory, by('okafor'), idOf('pym'))
    const before = { role: 'data-manager', grants: [], yearGroups: null } as const
    await access.changeRole(directory, by('okafor'), idOf('pym'), before)

    expect(await supportOf(token)).toBeNull()
    expect(await supportOf(okafors)).toBeTruthy()
    expect(await ends(areaOf('okafor'))).toEqual([
      { actorKind: 'user', actorId: idOf('okafor'), because: 'ended-early' },
    ])
  })
})

describe('of an employee', () => {
  test('signed out by a colleague, the access is over, and the customer reads by whom', async () => {
    await letIn('okafor', await employee('dot'))
    expect(await access.endSessionsOf(directory, by('sol'), idOf('dot'))).toBeUndefined()
    expect(await live(areaOf('okafor'))).toBe(0)
    expect(await ends(areaOf('okafor'))).toEqual([
      { actorKind: 'operator', actorId: idOf('sol'), because: 'ended-early' },
    ])
    await access.tellOfEnds(directory)
    expect(await ends(areaOf('okafor'))).toHaveLength(1)
  })

  test('suspended, the access is over', async () => {
    await letIn('okafor', await employee('dot'))
    expect(await access.suspend(directory, by('sol'), idOf('dot'))).toBeUndefined()
    expect(await live(areaOf('okafor'))).toBe(0)
    await access.reinstate(directory, by('sol'), idOf('dot'))
  })

  test('in two areas at the same moment, one is left', async () => {
    const dot = await employee('dot')
    await Promise.all([letIn('okafor', dot), letIn('abara', dot)])
    expect((await live(areaOf('okafor'))) + (await live(areaOf('abara')))).toBe(1)
    const told = [...(await ends(areaOf('okafor'))), ...(await ends(areaOf('abara')))]
    expect(told).toEqual([{ actorKind: 'operator', actorId: idOf('dot'), because: 'ended-early' }])
  })
})

describe('the clock', () => {
  test('tells of an access that ran out, once', async () => {
    await letIn('okafor', await employee('dot'))
    clock.advance(29 * 60_000)
    await access.tellOfEnds(directory)
    expect(await ends(areaOf('okafor'))).toEqual([])
    clock.advance(60_000)
    await access.tellOfEnds(directory)
    await Promise.all([access.tellOfEnds(directory), access.tellOfEnds(directory)])
    expect(await ends(areaOf('okafor'))).toEqual([
      { actorKind: 'system', actorId: 'clock', because: 'time-over' },
    ])
  })

  test('tells of one that a lock ended', async () => {
    await letIn('abara', await employee('dot'))
    await access.endAllOf(directory, areaOf('abara').id)
    await access.tellOfEnds(directory)
    expect(await ends(areaOf('abara'))).toEqual([
      { actorKind: 'system', actorId: 'clock', because: 'area-locked' },
    ])
  })
})
