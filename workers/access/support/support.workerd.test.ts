import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal, stoppedClock, type SupportAccessId } from '#kernel'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers, type CastUser } from '../../../test/cast/accounts.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import { users } from '../directory-tables.ts'
import { screenings, supportAccesses } from './directory-tables.ts'

// Miss Bell (Years 3 and 4) and Mrs Okafor are on the telephone with Dot of the operator's support.
const password = 'a gate left ajar'
const clock = stoppedClock(Date.UTC(2026, 10, 23, 14, 2))
const reason = 'She cannot find the drafts of last week'
let directory: Directory
let cast: Cast
let accounts = 0

beforeEach(async () => {
  // What was guessed before is of another time.
  clock.advance(60 * 60_000)
  if (cast) return
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  cast = await settle(directory, { password })
})

const school = () => cast.botolphs.school
const asUser = (name: CastUser) => {
  const { at } = castUsers[name]
  return cast[at].school.as({ kind: 'user', id: cast[at].user(name) })
}
const codeOf = async (name: CastUser) => {
  const area = asUser(name)
  return (await access.makeCode(directory, area, cast[castUsers[name].at].user(name))).code
}

/** Dot, in a session of her own. */
async function employee(name: CastUser = 'dot') {
  const typed = { email: castUsers[name].email, password, from: `198.51.100.${++accounts}` }
  const signedIn = await access.signIn(directory, typed)
  invariant(!isRefusal(signedIn), 'Dot is let in to her own area')
  const standing = await access.standing(directory, signedIn.token)
  invariant(standing, 'who signed in is known')
  // Entries of one moment have no order.
  clock.advance(1)
  const { id, role } = standing.user
  const who = { id, role, sessionId: standing.session.id, school: asUser(name) }
  return { who, token: signedIn.token }
}

const customer = (area: School, { id, role }: access.Employee) =>
  area.as({ kind: 'operator', id, role, access: null })

async function enters(
  typed: Partial<access.Screening>,
  at = school(),
  someone?: Awaited<ReturnType<typeof employee>>,
) {
  const { who } = someone ?? (await employee())
  const asked = { code: '', level: 'theirs' as const, reason, ...typed }
  const entered = await access.letIn(directory, customer(at, who), who, asked)
  clock.advance(1)
  return entered
}

const inBy = async (code: string, level: access.AskedLevel = 'theirs') => {
  const entered = await enters({ code, level })
  invariant(!isRefusal(entered), 'a right code lets in')
  return entered
}
const supportOf = async (token: string) => (await access.standing(directory, token))?.support

const trailOf = async (area: School, limit = 3) =>
  (await audit.list(area, { limit })).map(({ action, actorKind, facts }) => ({
    action,
    actorKind,
    ...facts,
  }))

describe('a code', () => {
  test('lets in for half an hour, at the level and with the years of whose it is', async () => {
    const { token, untilMs } = await inBy(await codeOf('bell'))
    expect(untilMs).toBe(clock.now() - 1 + 30 * 60_000)
    expect(await supportOf(token)).toMatchObject({
      organisationId: school().id,
      role: 'basic',
      yearGroups: ['Year 3', 'Year 4'],
      screenedBy: cast.botolphs.user('bell'),
    })
  })

  test('is taken however it is spaced', async () => {
    const code = await codeOf('bell')
    expect(await enters({ code: access.inGroups(code) })).toHaveProperty('token')
  })

  test('is kept only as a fingerprint', async () => {
    const code = await codeOf('okafor')
    const rows = JSON.stringify(await directory.db.select().from(screenings))
    expect(rows).not.toContain(code)
  })

  test('stands in both trails: who, at which level, by whose leave', async () => {
    const { token } = await inBy(await codeOf('bell'))
    const id = (await supportOf(token))?.id
    const theirs = (await trailOf(school())).filter(({ action }) => action === 'support.started')
    expect(theirs[0]).toEqual({
      action: 'support.started',
      actorKind: 'operator',
      role: 'basic',
      screenedBy: cast.botolphs.user('bell'),
      level: 'operator-basic',
      access: id,
    })
    const own = (await trailOf(cast.operator.school)).filter(
      ({ action }) => action === 'support.started',
    )
    expect(own[0]).toMatchObject({ organisation: school().id })
  })

  test('lets in at a lower level, and never at a higher', async () => {
    const { token } = await inBy(await codeOf('okafor'), 'basic')
    expect((await supportOf(token))?.role).toBe('basic')

    const bells = await codeOf('bell')
    expect(await enters({ code: bells, level: 'data-manager' })).toEqual({
      refused: 'not-this-code',
    })
    const pyms = await codeOf('pym')
    expect(await enters({ code: pyms, level: 'basic' })).toEqual({ refused: 'not-this-code' })
  })

  test('gives none of its owner’s grants, whatever is asked for besides', async () => {
    const code = await codeOf('okafor')
    const more = { role: 'administrator', grants: ['safeguarding'] } as Partial<access.Screening>
    const entered = await enters({ code, level: 'basic', ...more })
    invariant(!isRefusal(entered), 'a right code lets in')
    const support = await supportOf(entered.token)
    expect(support?.role).toBe('basic')
    expect(support).not.toHaveProperty('grants')
  })
})

describe('a code that is not good is one answer', () => {
  const wrong = { refused: 'not-this-code' }

  test('made up', async () => {
    const code = await codeOf('bell')
    const other = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    for (const typed of [other, '', 'abc', `${code}0`]) {
      expect(await enters({ code: typed })).toEqual(wrong)
    }
    expect((await trailOf(school()))[0]).toEqual({
      action: 'support.refused',
      actorKind: 'operator',
      because: 'not-this-code',
      level: 'operator-basic',
      access: null,
    })
  })

  test('used before', async () => {
    const code = await codeOf('bell')
    await inBy(code)
    expect(await enters({ code })).toEqual(wrong)
  })

  test('entered twice at once: one comes in', async () => {
    const code = await codeOf('bell')
    const [dot, sol] = [await employee('dot'), await employee('sol')]
    const answers = await Promise.all([
      enters({ code }, school(), dot),
      enters({ code }, school(), sol),
    ])
    expect(answers.filter(isRefusal)).toEqual([wrong])
  })

  test('older than ten minutes', async () => {
    const code = await codeOf('bell')
    clock.advance(10 * 60_000)
    expect(await enters({ code })).toEqual(wrong)
  })

  test('replaced by a newer one', async () => {
    const older = await codeOf('bell')
    const newer = await codeOf('bell')
    expect(await enters({ code: older })).toEqual(wrong)
    expect(await enters({ code: newer })).toHaveProperty('token')
  })

  test('of another person of the school stays good', async () => {
    const bells = await codeOf('bell')
    await codeOf('okafor')
    expect(await enters({ code: bells })).toHaveProperty('token')
  })

  test('of the school next door', async () => {
    const code = await codeOf('abara')
    expect(await enters({ code })).toEqual(wrong)
    expect(await enters({ code }, cast.oakfield.school)).toHaveProperty('token')
  })

  test('of somebody who was suspended since', async () => {
    const code = await codeOf('pym')
    const pym = cast.botolphs.user('pym')
    const state = (to: 'active' | 'suspended') =>
      directory.db.update(users).set({ state: to }).where(eq(users.id, pym))
    await state('suspended')
    expect(await enters({ code })).toEqual(wrong)
    await state('active')
  })
})

describe('guessing', () => {
  test('stops after ten tries of an employee, the right code too', async () => {
    const code = await codeOf('bell')
    const dot = await employee()
    for (let tries = 0; tries < 10; tries++) await enters({ code: '000000' }, school(), dot)
    expect(await enters({ code }, school(), dot)).toEqual({ refused: 'throttled' })
    expect((await trailOf(school()))[0]).toMatchObject({ because: 'throttled' })

    clock.advance(5 * 60_000)
    expect(await enters({ code }, school(), dot)).toHaveProperty('token')
  })

  test('of many stops after ten at a school, and the next school is not held up by it', async () => {
    const [dot, sol] = [await employee('dot'), await employee('sol')]
    const tries = Array.from({ length: 10 }, (_, n) => (n % 2 ? dot : sol))
    for (const who of tries) await enters({ code: '000000' }, school(), who)
    const kit = await employee('kit')
    expect(await enters({ code: '000000' }, school(), kit)).toEqual({ refused: 'throttled' })
    expect(await enters({ code: '000000' }, cast.oakfield.school, kit)).toEqual({
      refused: 'not-this-code',
    })
  })

  test('at once counts each: no more than ten are looked at', async () => {
    const dot = await employee()
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => enters({ code: '000000' }, school(), dot)),
    )
    expect(answers.filter((one) => isRefusal(one) && one.refused === 'throttled')).toHaveLength(4)
  })
})

describe('being in', () => {
  test('is of one session: the token from before is worth nothing, and no other session is in', async () => {
    const dot = await employee()
    const elsewhere = await employee()
    const entered = await enters({ code: await codeOf('bell') }, school(), dot)
    invariant(!isRefusal(entered), 'a right code lets in')
    expect(await access.standing(directory, dot.token)).toBeUndefined()
    expect(await supportOf(entered.token)).toBeTruthy()
    expect(await supportOf(elsewhere.token)).toBeNull()
  })

  test('is over after half an hour', async () => {
    const { token } = await inBy(await codeOf('bell'))
    clock.advance(29 * 60_000)
    expect(await supportOf(token)).toBeTruthy()
    clock.advance(60_000)
    expect(await supportOf(token)).toBeFalsy()
  })

  test('ends at once when the school says so, and once', async () => {
    const { token } = await inBy(await codeOf('bell'))
    const id = (await supportOf(token))?.id as SupportAccessId
    expect(await access.endSupport(directory, cast.oakfield.school, id)).toEqual({
      refused: 'over',
    })
    expect(await supportOf(token)).toBeTruthy()

    expect(await access.endSupport(directory, asUser('okafor'), id)).toBeUndefined()
    expect(await supportOf(token)).toBeNull()
    expect((await trailOf(school()))[0]).toMatchObject({
      action: 'support.ended',
      actorKind: 'user',
    })
    expect(await access.endSupport(directory, asUser('okafor'), id)).toEqual({ refused: 'over' })
  })

  test('ends when whose code it was says so, and nobody else’s guests go', async () => {
    const bells = await inBy(await codeOf('bell'))
    const sol = await employee('sol')
    const okafors = await enters({ code: await codeOf('okafor') }, school(), sol)
    invariant(!isRefusal(okafors), 'a right code lets in')
    expect(await access.endOwnGuests(directory, asUser('pym'))).toBe(0)
    expect(await access.endOwnGuests(directory, asUser('bell'))).toBe(1)
    expect(await supportOf(bells.token)).toBeNull()
    expect(await supportOf(okafors.token)).toBeTruthy()
  })

  test('ends with signing out, and the school’s trail says so', async () => {
    const { token } = await inBy(await codeOf('bell'))
    await access.signOut(directory, token, { address: '198.51.100.1', country: 'GB' })
    expect(await access.liveSupport(directory, school())).toEqual([])
    expect((await trailOf(school()))[0]).toMatchObject({ action: 'support.ended' })
  })

  test('in one area ends with going in to another', async () => {
    const dot = await employee()
    await enters({ code: await codeOf('bell') }, school(), dot)
    const next = await enters({ code: await codeOf('abara') }, cast.oakfield.school, dot)
    invariant(!isRefusal(next), 'a right code lets in')
    expect(await access.liveSupport(directory, school())).toEqual([])
    expect((await supportOf(next.token))?.organisationId).toBe(cast.oakfield.id)
  })

  test('by an Administrator’s reason needs no code, and the school reads it', async () => {
    const { who } = await employee('sol')
    const why = 'A parent’s complaint about a message'
    const { token } = await access.enterByReason(directory, customer(school(), who), who, why)
    expect(await supportOf(token)).toMatchObject({ role: 'administrator', screenedBy: null })
    const [latest] = await access.supportHistory(directory, school(), { limit: 1 })
    expect(latest).toMatchObject({ who: 'Sol Marek', reason: why, isLive: true })
    const stored = JSON.stringify(await directory.db.select().from(supportAccesses))
    expect(stored).not.toContain('complaint')
  })
})

describe('what a school reads of it', () => {
  test('is its own alone', async () => {
    const { token } = await inBy(await codeOf('bell'))
    const id = (await supportOf(token))?.id as SupportAccessId
    const known = await access.supportAccessesByIds(directory, school(), [id])
    expect(known.get(id)).toMatchObject({
      who: 'Dot Ainsley',
      reason,
      operatorRole: 'operator-basic',
    })
    expect(await access.supportAccessesByIds(directory, cast.oakfield.school, [id])).toEqual(
      new Map(),
    )
  })

  test('is known with each of its people’s pages, while somebody is in', async () => {
    const okafor = await employee('okafor')
    const isVisited = async () => (await access.standing(directory, okafor.token))?.isVisited
    expect(await isVisited()).toBe(false)
    await inBy(await codeOf('bell'))
    expect(await isVisited()).toBe(true)
    clock.advance(29 * 60_000 + 59_000)
    expect(await isVisited()).toBe(true)
    await access.endOwnGuests(directory, asUser('bell'))
    expect(await isVisited()).toBe(false)
  })

  test('codes of yesterday are not kept', async () => {
    await codeOf('bell')
    clock.advance(25 * 60 * 60_000)
    await access.forget(directory)
    expect(await directory.db.select().from(screenings)).toEqual([])
  })
})
