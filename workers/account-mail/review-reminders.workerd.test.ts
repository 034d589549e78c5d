import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal, stoppedClock } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { parcels } from '#workers/delivery/tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { remindOfReviews } from './review-reminders.ts'

// Elmfield has two Administrators, one of them suspended, and a Basic User. Its review opened on 1 September.
const DAY_MS = 24 * 60 * 60_000
const AUTUMN = Date.UTC(2026, 7, 31, 23)
const ORIGIN = 'https://schoolgate.test'
const clock = stoppedClock(Date.UTC(2026, 6, 20, 9))
let directory: Directory
let elmfield: School

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  elmfield = await opened('Elmfield School', 'active')
  await added(elmfield, 'administrator', 'ada@elmfield.example')
  const away = await added(elmfield, 'administrator', 'ben@elmfield.example')
  await access.suspend(directory, elmfield, away)
  await added(elmfield, 'basic', 'cora@elmfield.example')
})

async function opened(name: string, state: schools.ContractState): Promise<School> {
  const by = system('seed')
  const { id } = await schools.create(directory, { kind: 'school', name, state, by })
  const school = await directory.school(id, by)
  invariant(school, 'a school that was created has a shard')
  return school
}

async function added(school: School, role: access.Role, email: string) {
  const password = 'a gate left ajar'
  const user = await access.addUser(directory, school, { role, name: 'Ada Marsh', email, password })
  invariant(!isRefusal(user), 'who is added is not refused')
  return user
}

/** The reminders that were written so far, as they will be read. */
async function letters(school: School) {
  const rows = await school.db.select().from(parcels)
  const own = rows.filter(({ schoolId }) => schoolId === school.id)
  return Promise.all(own.map(({ id, content }) => school.open(parcels.content, id, content)))
}
const remind = () => remindOfReviews(directory, ORIGIN)
const at = async (ms: number): Promise<number> => {
  clock.advance(ms - clock.now())
  await remind()
  return (await letters(elmfield)).length
}
const NINE = 10 * 60 * 60_000 // after midnight in London, nine o'clock in UTC

test('nobody is written to at night, and those in charge in the morning', async () => {
  clock.advance(AUTUMN - clock.now())
  await access.openReviews(directory, schools.openIds)
  expect(await at(AUTUMN)).toBe(0)
  expect(await at(AUTUMN + NINE)).toBe(1)
  const [letter] = await letters(elmfield)
  expect(letter).toMatchObject({
    address: 'ada@elmfield.example',
    subject: 'Look at who has access, by Tuesday 29 September 2026',
  })
  expect(letter?.text).toContain(`${ORIGIN}/school/reviews\n`)
  expect(letter?.text).toContain('by Wednesday 14 October 2026, imports, exports')
})

test('several at the same time, and one that was cut short, write once', async () => {
  await Promise.all([remind(), remind()])
  expect((await letters(elmfield)).length).toBe(1)
  const review = await access.openReviewOf(directory, elmfield.id)
  invariant(review, 'it is open')
  await directory.rows({ sql: 'update reviews set reminded_at_ms = null returning id', params: [] })
  await remind()
  expect((await letters(elmfield)).length).toBe(1)
  const noted = (await audit.list(elmfield, { limit: 50 })).filter(
    ({ action }) => action === 'review.reminded',
  )
  expect(noted.map(({ facts }) => facts)).toEqual([{ because: 'opened', people: 1 }])
})

test('they are reminded a week before the last day, on it, and each week after', async () => {
  const lastDay = AUTUMN + 28 * DAY_MS + NINE
  expect(await at(lastDay - 8 * DAY_MS)).toBe(1)
  expect(await at(lastDay - 7 * DAY_MS)).toBe(2)
  expect(await at(lastDay - DAY_MS)).toBe(2)
  expect(await at(lastDay)).toBe(3)
  expect(await at(lastDay + 6 * DAY_MS)).toBe(3)
  expect(await at(lastDay + 7 * DAY_MS)).toBe(4)
  // The clock stood still for three weeks: that is made good once.
  expect(await at(lastDay + 28 * DAY_MS)).toBe(5)
  expect(await at(lastDay + 29 * DAY_MS)).toBe(5)
  const subjects = (await letters(elmfield)).map((letter) => letter.subject)
  expect(subjects.toSorted()).toEqual([
    'Look at who has access, by Tuesday 29 September 2026',
    'Your access review is due in a week, on Tuesday 29 September 2026',
    'Your access review is due today',
    'Your access review is overdue',
    'Your access review is overdue',
  ])
})

test('nobody of a locked school is written to, and nobody when it is complete', async () => {
  const closed = await opened('Closed Infants', 'locked')
  await added(closed, 'administrator', 'head@closed.example')
  await access.openReview(directory, closed, { name: '2026-autumn', opensAtMs: AUTUMN })
  await remind()
  expect(await letters(closed)).toEqual([])
  const done = `update reviews set completed_at_ms = ${clock.now()} returning id`
  await directory.rows({ sql: done, params: [] })
  expect(await at(clock.now() + 14 * DAY_MS)).toBe(5)
})
