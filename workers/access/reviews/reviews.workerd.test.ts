import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal, newId, stoppedClock, type UserId } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { may, schoolRules, type Permission } from '#web/may.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { eq } from 'drizzle-orm'
import { meanwhile } from '../../../test/cast/meanwhile.ts'
import { users } from '../directory-tables.ts'
import { REVIEW_GRACE_MS } from './review.ts'

// Elmfield came in July 2026, with two Administrators and a Basic User; Thornbury in October, with one.
const DAY_MS = 24 * 60 * 60_000
const AUTUMN = Date.UTC(2026, 7, 31, 23)
const SPRING = Date.UTC(2027, 0, 5)
const password = 'a gate left ajar'
const clock = stoppedClock(Date.UTC(2026, 6, 20, 9))
const until = (ms: number) => clock.advance(ms - clock.now())

let directory: Directory
let elmfield: School
let thornbury: School
let locked: School
let ada: UserId
let ben: UserId
let cora: UserId
let otis: UserId

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  elmfield = await opened('Elmfield School')
  ada = await added(elmfield, 'administrator', 'ada@elmfield.example')
  ben = await added(elmfield, 'administrator', 'ben@elmfield.example')
  cora = await added(elmfield, 'basic', 'cora@elmfield.example')
  locked = await opened('Locked Lane School')
  await added(locked, 'administrator', 'lou@locked-lane.example')
  expect(await schools.changeContract(directory, locked, 'lock')).toBeUndefined()
})

async function opened(name: string): Promise<School> {
  const by = system('seed')
  const { id } = await schools.create(directory, { kind: 'school', name, by })
  const school = await directory.school(id, by)
  invariant(school, 'a school that was created has a shard')
  return school
}

async function added(school: School, role: access.Role, email: string): Promise<UserId> {
  const user = await access.addUser(directory, school, { role, name: email, email, password })
  invariant(!isRefusal(user), 'who is added is not refused')
  return user
}

const by = (school: School, id: UserId): School => school.as({ kind: 'user', id })
const openOf = async (school: School): Promise<access.Review> => {
  const found = await access.openReviewOf(directory, school.id)
  invariant(found, 'a review is open')
  return found
}
const entriesOf = async (school: School, action: string) =>
  (await audit.list(school, { limit: 200 })).filter((entry) => entry.action === action)

/** A decision as somebody makes it who has just looked. */
async function decide(
  school: School,
  decider: UserId,
  user: UserId,
  change: Partial<access.SignOff> = {},
) {
  const person = await access.find(directory, school, user)
  invariant(person, 'whoever is decided about is there')
  const seen = access.levelText(person)
  const choice = { decision: 'kept' } as const
  const given = { user, seen, note: null, choice, ...change }
  return access.signOff(directory, by(school, decider), await openOf(school), given)
}

describe('the review of a term', () => {
  test('does not open in the term in which an organisation came', async () => {
    expect(await access.openReviews(directory, schools.openIds)).toBe(0)
    expect(await access.openReviewOf(directory, elmfield.id)).toBeUndefined()
  })

  test('opens with the next term, once, however many open it at the same time', async () => {
    until(AUTUMN)
    await Promise.all([1, 2, 3].map(() => access.openReviews(directory, schools.openIds)))
    expect(await access.openReviews(directory, schools.openIds)).toBe(0)
    const review = await openOf(elmfield)
    expect(review.term).toBe('2026-autumn')
    expect(review.dueAtMs).toBe(AUTUMN + 29 * DAY_MS)
    const opening = await entriesOf(elmfield, 'review.opened')
    expect(opening.map(({ facts }) => facts)).toEqual([{ because: '2026-autumn' }])
  })

  test('a run that was cut short after the trail knew is made whole by the next', async () => {
    const halfWay = await opened('Half Way House')
    const owl = await added(halfWay, 'administrator', 'owl@half.example')
    until(SPRING - 60 * DAY_MS)
    const term = { name: '2026-autumn', opensAtMs: AUTUMN } as const
    await halfWay.commit(audit.entry(halfWay, 'review.opened', halfWay.id, { because: term.name }))
    await access.openReview(directory, halfWay, term)
    expect(await openOf(halfWay)).toMatchObject({ term: '2026-autumn' })
    expect(await entriesOf(halfWay, 'review.opened')).toHaveLength(1)
    await access.openReview(directory, halfWay, term)
    expect(await entriesOf(halfWay, 'review.opened')).toHaveLength(1)
    expect(await decide(halfWay, owl, owl)).toBeUndefined()
    expect(
      await access.completeReview(directory, by(halfWay, owl), await openOf(halfWay)),
    ).toBeUndefined()
  })

  test('is not asked of an organisation in which nobody can sign in', async () => {
    thornbury = await opened('Thornbury School')
    until(SPRING)
    expect(await access.openReviews(directory, schools.openIds)).toBe(1) // Half Way House alone
    expect(await access.openReviewOf(directory, thornbury.id)).toBeUndefined()
    otis = await added(thornbury, 'administrator', 'otis@thornbury.example')
  })

  test('is not opened where the area is locked: nobody could do it', async () => {
    expect(await access.openReviewOf(directory, locked.id)).toBeUndefined()
    expect(await entriesOf(locked, 'review.opened')).toEqual([])
  })

  test('is not opened beside one that is open: the organisation owes that one first', async () => {
    expect((await openOf(elmfield)).term).toBe('2026-autumn')
  })
})

describe('an overdue review', () => {
  const standing = async (email: string) => {
    const answer = await access.signIn(directory, { email, password, from: newId('request') })
    invariant(!isRefusal(answer), 'who knows the password is let in')
    return access.standing(directory, answer.token)
  }
  const isHeldBack = async (email = 'ada@elmfield.example') =>
    (await standing(email))?.isReviewOverdue

  test('restricts when its grace is over, in its own organisation alone', async () => {
    const { dueAtMs } = await openOf(elmfield)
    const then = clock.now()
    until(dueAtMs + REVIEW_GRACE_MS)
    expect(await isHeldBack()).toBe(false)
    clock.advance(1)
    expect(await isHeldBack()).toBe(true)
    expect(access.reviewState(await openOf(elmfield), clock.now())).toBe('restricting')
    until(then)
    expect(await isHeldBack('otis@thornbury.example')).toBe(false)
  })

  test('holds back what takes away or gives away much, and no message', () => {
    const heldBack = (role: access.Role) => {
      const person = { role, grants: [], products: [...schools.productsFor.school] }
      const mayNow = (isReviewOverdue: boolean) => (permission: Permission) =>
        may({ ...person, isReviewOverdue, isSupport: false }, permission)
      const all = Object.keys(schoolRules) as Permission[]
      return all.filter((one) => mayNow(false)(one) && !mayNow(true)(one))
    }
    const held = [
      'import',
      'export-import',
      'manage-agents',
      'export-trail',
      'manage-users',
      'change-settings',
    ]
    expect(heldBack('administrator').toSorted()).toEqual(held.toSorted())
    expect(heldBack('data-manager').toSorted()).toEqual([
      'export-import',
      'import',
      'manage-agents',
    ])
    expect(heldBack('basic')).toEqual([])
    // Nobody is kept from shutting somebody out.
    expect(held).not.toContain('end-access')
    expect(held.some((permission) => permission.startsWith('send'))).toBe(false)
  })

  test('lets nobody be given more by way of itself, and lets them be given less', async () => {
    const whole = { role: 'basic', grants: [], yearGroups: null } as const
    const choose = (to: access.Level) =>
      decide(elmfield, ada, cora, { choice: { decision: 'changed', to } })
    const lowerOnly = { refused: 'lower-only', field: 'role' }
    expect(await choose({ ...whole, role: 'administrator' })).toEqual(lowerOnly)
    expect(await choose({ ...whole, grants: ['safeguarding'] })).toEqual(lowerOnly)
    expect(await access.find(directory, elmfield, cora)).toMatchObject(whole)
    expect(await choose({ ...whole, yearGroups: ['Year 1'] })).toBeUndefined()
    expect(await choose(whole)).toEqual(lowerOnly)
    await access.changeRole(directory, by(elmfield, ada), cora, whole)
  })

  test('is completed when everybody has a decision, and then restricts nobody, at once', async () => {
    expect(await isHeldBack()).toBe(true)
    const complete = async () =>
      access.completeReview(directory, by(elmfield, ada), await openOf(elmfield))
    expect(await complete()).toEqual({ refused: 'not-all-decided' })
    expect(await decide(elmfield, ada, ben)).toBeUndefined()
    expect(await decide(elmfield, ben, ada)).toBeUndefined()
    expect(await complete()).toEqual({ refused: 'not-all-decided' })
    expect(await decide(elmfield, ada, cora)).toBeUndefined()

    // Somebody joins, and somebody gets another role: both are to be looked at.
    const dan = await added(elmfield, 'basic', 'dan@elmfield.example')
    expect(await complete()).toEqual({ refused: 'not-all-decided' })
    expect(await decide(elmfield, ada, dan)).toBeUndefined()
    const to = { role: 'data-manager', grants: [], yearGroups: null } as const
    expect(await access.changeRole(directory, by(elmfield, ada), dan, to)).toBeUndefined()
    expect(await complete()).toEqual({ refused: 'not-all-decided' })
    expect(await decide(elmfield, ada, dan)).toBeUndefined()

    const review = await openOf(elmfield)
    await Promise.all([complete(), complete()])
    expect(await isHeldBack()).toBe(false)
    const completed = await entriesOf(elmfield, 'review.completed')
    expect(completed.map(({ facts }) => facts)).toEqual([
      { because: '2026-autumn', kept: 4, changed: 0, suspended: 0, removed: 0 },
    ])
    expect(await access.findReview(directory, elmfield, review.id)).toMatchObject({
      completedBy: ada,
      completedAtMs: clock.now(),
    })
    // Pressed once more, on a page that was open since before.
    expect(await access.completeReview(directory, by(elmfield, ada), review)).toEqual({
      refused: 'review-over',
    })
    expect(await entriesOf(elmfield, 'review.completed')).toHaveLength(1)
  })

  test('done late, does for the term in which it was done; the next term asks again', async () => {
    expect(await access.openReviews(directory, schools.openIds)).toBe(0)
    until(Date.UTC(2027, 3, 20))
    await access.openReviews(directory, schools.openIds)
    expect(await openOf(elmfield)).toMatchObject({ term: '2027-summer' })
    expect(await openOf(thornbury)).toMatchObject({ term: '2027-summer' })
  })
})

describe('a decision', () => {
  test('about oneself is for somebody else in charge, where there is one', async () => {
    expect(await decide(elmfield, ada, ada)).toEqual({ refused: 'own-access' })
    const away = { choice: { decision: 'suspended' } } as const
    expect(await decide(thornbury, otis, otis, away)).toEqual({ refused: 'own-access' })
    const up = { role: 'administrator', grants: ['safeguarding'], yearGroups: null } as const
    const more = { choice: { decision: 'changed', to: up } } as const
    expect(await decide(thornbury, otis, otis, more)).toEqual({ refused: 'own-access' })
    expect(await decide(thornbury, otis, otis)).toBeUndefined()
    const [entry] = await entriesOf(thornbury, 'review.signed-off')
    expect(entry).toMatchObject({ subject: otis, facts: { isOwn: true, decision: 'kept' } })
  })

  test('is of the level that was looked at, and of no other', async () => {
    const stale = {
      seen: access.levelText({ role: 'basic', grants: ['payments'], yearGroups: null }),
    }
    expect(await decide(elmfield, ada, cora, stale)).toEqual({ refused: 'changed-meanwhile' })
    expect(
      await access.viewReview(directory, by(elmfield, ada), await openOf(elmfield)),
    ).toMatchObject({ settled: 0 })
  })

  test('overtaken by another change is told to the trail as lost', async () => {
    const review = await openOf(elmfield)
    const user = (await access.find(directory, elmfield, cora)) as access.User
    const grants = (to: access.Grant[]) =>
      directory.db.update(users).set({ grants: to }).where(eq(users.id, cora))
    const area = meanwhile(by(elmfield, ada), () => grants(['payments']))
    const seen = access.levelText(user)
    const given = { user: cora, seen, note: null, choice: { decision: 'kept' } } as const
    expect(await access.signOff(directory, area, review, given)).toEqual({
      refused: 'changed-meanwhile',
    })
    const [lost] = await entriesOf(elmfield, 'review.sign-off-lost')
    expect(lost).toMatchObject({ subject: cora, facts: { because: 'changed-meanwhile' } })
    await grants(user.grants)
  })

  test('is of nobody else’s people, and in nobody else’s review', async () => {
    const theirs = await openOf(thornbury)
    expect(await access.findReview(directory, elmfield, theirs.id)).toBeUndefined()
    const given = { user: otis, seen: '', note: null, choice: { decision: 'kept' } } as const
    const own = await openOf(elmfield)
    expect(await access.signOff(directory, by(elmfield, ada), own, given)).toEqual({
      refused: 'no-such-user',
    })
    const cross = { ...given, user: cora }
    const seen = access.levelText((await access.find(directory, elmfield, cora)) as access.User)
    expect(await access.signOff(directory, by(elmfield, ada), theirs, { ...cross, seen })).toEqual({
      refused: 'review-over',
    })
  })

  test('to change a role changes it, within what the organisation has', async () => {
    const choose = (to: access.Level) =>
      decide(elmfield, ada, cora, { choice: { decision: 'changed', to } as never })
    const level = { role: 'basic', grants: ['attendance'], yearGroups: ['Year 2'] } as const
    expect(await choose({ ...level, role: 'operator-administrator' })).toMatchObject({
      refused: 'no-such-role',
    })
    expect(await choose({ role: 'basic', grants: [], yearGroups: null })).toEqual({
      refused: 'nothing-changed',
      field: 'role',
    })
    expect(await choose(level)).toBeUndefined()
    expect(await access.find(directory, elmfield, cora)).toMatchObject(level)
    const view = await access.viewReview(directory, by(elmfield, ada), await openOf(elmfield))
    const hers = view.people.find(({ user }) => user.id === cora)
    expect(hers).toMatchObject({ isSettled: true, line: { decision: 'changed', ...level } })
  })

  test('can be made again, and the last one stands, with what was noted', async () => {
    const note = 'Back from leave in May'
    const away = { note, choice: { decision: 'suspended' } } as const
    expect(await decide(elmfield, ada, cora, away)).toBeUndefined()
    const review = await openOf(elmfield)
    const view = await access.viewReview(directory, by(elmfield, ada), review)
    const hers = view.people.filter(({ user }) => user.id === cora)
    expect(hers).toMatchObject([{ isSettled: true, line: { decision: 'suspended', note } }])
    const raw = await directory.rows({ sql: 'select * from review_lines', params: [] })
    expect(JSON.stringify(raw)).not.toContain(note)
    expect(await decide(elmfield, ada, cora)).toEqual({ refused: 'no-such-user' })

    await access.reinstate(directory, by(elmfield, ada), cora)
    const again = await access.viewReview(directory, by(elmfield, ada), review)
    expect(again.people.find(({ user }) => user.id === cora)?.isSettled).toBe(false)
  })

  test('to take out the only one in charge is refused, and nothing is noted', async () => {
    const gone = { choice: { decision: 'removed' } } as const
    expect(await decide(elmfield, ada, ben, gone)).toBeUndefined()
    // Ben, whose session is over, tries what he was about to do.
    expect(await decide(elmfield, ben, ada, gone)).toEqual({ refused: 'last-administrator' })
    const view = await access.viewReview(directory, by(elmfield, ada), await openOf(elmfield))
    expect(view.people.find(({ user }) => user.id === ada)?.line).toBeUndefined()
  })

  test('is refused when the review is over', async () => {
    const [over] = await access.completedReviews(directory, elmfield)
    invariant(over, 'the autumn’s is complete')
    const seen = access.levelText((await access.find(directory, elmfield, cora)) as access.User)
    const given = { user: cora, seen, note: null, choice: { decision: 'kept' } } as const
    expect(await access.signOff(directory, by(elmfield, ada), over, given)).toEqual({
      refused: 'review-over',
    })
  })
})
