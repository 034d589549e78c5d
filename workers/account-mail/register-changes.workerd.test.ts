import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal, stoppedClock } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { parcels } from '#workers/delivery/tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { tellOfChanges } from './register-changes.ts'

// From 20 December texts may go by Alder, which was announced on 20 November. Elmfield texts; Larch House
// only takes payments; Locked Lane's contract has ended; nobody has opened an account at Newby.
const clock = stoppedClock(Date.UTC(2026, 10, 19, 12))
const alder: schools.Party = {
  id: 'alder',
  name: 'Alder Text',
  part: 'sms',
  what: 'Carries texts',
  where: 'Ireland',
  since: '2026-12-20',
  announcedOn: '2026-11-20',
}
let directory: Directory
let elmfield: School
let larchHouse: School
let lockedLane: School
let newby: School

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env, clock))
  elmfield = await opened('Elmfield School', { products: ['call-parents'] })
  larchHouse = await opened('Larch House', { products: ['payments'] })
  lockedLane = await opened('Locked Lane', { products: ['call-parents'], state: 'locked' })
  newby = await opened('Newby School', { products: ['tell-by-text'] })
  await added(elmfield, 'administrator', 'ada@elmfield.example')
  await added(elmfield, 'basic', 'ben@elmfield.example')
  await access.suspend(
    directory,
    elmfield,
    await added(elmfield, 'administrator', 'c@elmfield.example'),
  )
  await added(larchHouse, 'administrator', 'dan@larch-house.example')
  await added(lockedLane, 'administrator', 'eve@locked-lane.example')
})

async function opened(name: string, more: Partial<schools.NewOrganisation>): Promise<School> {
  const by = system('seed')
  const { id } = await schools.create(directory, { kind: 'school', name, by, ...more })
  const school = await directory.school(id, by)
  invariant(school, 'a school that was created has a shard')
  return school
}

async function added(school: School, role: 'administrator' | 'basic', email: string) {
  const details = { role, name: 'Ada Marsh', email, password: 'a gate left ajar' }
  const user = await access.addUser(directory, school, details)
  invariant(!isRefusal(user), 'who is added is not refused')
  return user
}

const tell = () =>
  tellOfChanges(directory, {
    origin: 'https://schoolgate.test',
    support: 'support@schoolgate.example',
    hasSandbox: false,
    processors: [alder],
  })

async function letters(school: School) {
  const rows = await school.db.select().from(parcels)
  const own = rows.filter(({ schoolId }) => schoolId === school.id)
  return Promise.all(own.map(({ id, content }) => school.open(parcels.content, id, content)))
}

test('before it is announced, and in the night, nobody is told', async () => {
  await tell()
  clock.advance(9.5 * 3_600_000)
  await tell()
  clock.advance(4 * 3_600_000)
  await tell()
  expect(await letters(elmfield)).toEqual([])
})

test('those in charge are told what changes, from when, and that they may object: once', async () => {
  clock.advance(8 * 3_600_000)
  await Promise.all([tell(), tell()])
  clock.advance(24 * 3_600_000)
  await tell()
  const [letter, ...others] = await letters(elmfield)
  expect(others).toEqual([])
  expect(letter).toMatchObject({
    address: 'ada@elmfield.example',
    subject: 'From 20 December 2026: a change of who processes your data',
  })
  for (const words of ['Alder Text', 'Ireland', 'Elmfield School', 'object', '/school/register']) {
    expect(letter?.text).toContain(words)
  }
  const told = await audit.about(elmfield, 'alder-begins', 5)
  expect(told.map(({ action, facts }) => [action, facts.people])).toEqual([
    ['register.change-announced', 1],
  ])
})

test('whom it does not concern, and nobody of a locked school, is not written to', async () => {
  expect(await letters(larchHouse)).toEqual([])
  expect(await letters(lockedLane)).toEqual([])
})

test('a school where nobody was in charge is told once somebody is', async () => {
  expect(await letters(newby)).toEqual([])
  await added(newby, 'administrator', 'fay@newby.example')
  await tell()
  expect(await letters(newby)).toHaveLength(1)
})

test('once it is in force nobody is told any more', async () => {
  clock.advance(40 * 864e5)
  const late = await opened('Late School', { products: ['call-parents'] })
  await added(late, 'administrator', 'gil@late.example')
  await tell()
  expect(await letters(late)).toEqual([])
})
