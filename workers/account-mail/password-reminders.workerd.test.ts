import { env } from 'cloudflare:workers'
import { beforeAll, expect, test, vi } from 'vitest'
import * as access from '#access'
import { invariant, isRefusal, stoppedClock } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { parcels } from '#workers/delivery/tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { remindOfPasswords } from './password-reminders.ts'

// Elmfield's passwords last 90 days; Oakfield's last. Ada's is of 1 June, when both schools began.
const DAY_MS = 24 * 60 * 60_000
const BEGAN = Date.UTC(2026, 5, 1, 9)
const clock = stoppedClock(BEGAN)
const words = { origin: 'https://schoolgate.test', support: 'support@schoolgate.example' }
let directory: Directory
let elmfield: School
let oakfield: School

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  elmfield = await opened('Elmfield School', 90)
  oakfield = await opened('Oakfield Academy', null)
  await added(elmfield, 'ada@elmfield.example')
  await access.suspend(directory, elmfield, await added(elmfield, 'ben@elmfield.example'))
  await added(oakfield, 'cora@oakfield.example')
})

async function opened(name: string, passwordDays: number | null): Promise<School> {
  const by = system('seed')
  const made = await schools.create(directory, { kind: 'school', name, by })
  const school = await directory.school(made.id, by)
  invariant(school, 'a school that was created has a shard')
  await schools.changeSettings(directory, school, made, { ...made, passwordDays })
  return school
}

async function added(school: School, email: string) {
  const details = { role: 'basic', name: 'Ada Marsh', email, password: 'a gate left ajar' } as const
  const user = await access.addUser(directory, school, details)
  invariant(!isRefusal(user), 'who is added is not refused')
  return user
}

async function letters(school: School) {
  const rows = await school.db.select().from(parcels)
  const own = rows.filter(({ schoolId }) => schoolId === school.id)
  return Promise.all(own.map(({ id, content }) => school.open(parcels.content, id, content)))
}
const remind = () => remindOfPasswords(directory, words)
const onDay = async (day: number, hours = 0): Promise<number> => {
  clock.advance(BEGAN + day * DAY_MS + hours * 60 * 60_000 - clock.now())
  await remind()
  return (await letters(elmfield)).length
}

test('a letter that cannot be put on its way is written the next time', async () => {
  clock.advance(76 * DAY_MS)
  const commit = vi.spyOn(Object.getPrototypeOf(elmfield), 'commit')
  commit.mockRejectedValueOnce(new Error('no such shard'))
  await remind()
  expect(await letters(elmfield)).toEqual([])
  commit.mockRestore()
  await Promise.all([remind(), remind()])
  expect(await letters(elmfield)).toHaveLength(1)
})

test('says until when, where to change it, and asks for no password', async () => {
  const [letter] = await letters(elmfield)
  expect(letter).toMatchObject({
    address: 'ada@elmfield.example',
    subject: 'Change your Schoolgate password by Sunday 30 August 2026',
  })
  expect(letter?.text).toContain('every 90 days')
  expect(letter?.text).toContain('sign in at https://schoolgate.test,')
})

test('goes out 14 days before and 3 days before, once each, by day', async () => {
  expect(await onDay(77)).toBe(1)
  expect(await onDay(86)).toBe(1)
  expect(await onDay(86, 14)).toBe(1) // eleven at night
  expect(await onDay(87)).toBe(2)
  expect(await onDay(88)).toBe(2)
  expect(await onDay(90)).toBe(2)
  expect(await letters(oakfield)).toEqual([])
})
