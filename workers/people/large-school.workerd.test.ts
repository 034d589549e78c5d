import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { log, newId, stoppedClock } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { adult, child, emptySchool, reach, tie } from '../../test/cast/pieces.ts'
import { pupils } from './tables.ts'

/** Oakfield has 2,000 pupils, each with two groups and one contact with a phone. */
const SIZE = 2_000
const RUNS = 7
let school: School

beforeAll(async () => {
  const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  school = await emptySchool(directory, 'Oakfield Academy', 1)
  await settle()
})

async function settle(): Promise<void> {
  const [year, registration] = [newId('group'), newId('group')]
  const everyone = Array.from({ length: SIZE }, (_, at) => ({
    at,
    pupil: newId('pupil'),
    contact: newId('contact'),
  }))
  const members = (groupId: typeof year) =>
    everyone.map(({ pupil }) => ({ groupId, pupilId: pupil }))
  await school.write(
    await people.pupilsSaved(
      school,
      everyone.map(({ at, pupil }) =>
        child(pupil, `Forename${at}`, `Surname${at % 700}`, { admissionNumber: String(at) }),
      ),
    ),
    await people.groupsSaved(school, [
      { id: year, kind: 'year', name: 'Year 4' },
      { id: registration, kind: 'registration', name: '4K' },
    ]),
    people.membershipsReplaced(school, [], [...members(year), ...members(registration)]),
    await people.contactsSaved(
      school,
      everyone.map(({ at, contact }) => adult(contact, 'Parent', `Of${at}`)),
    ),
    await people.relationshipsSaved(
      school,
      everyone.map(({ pupil, contact }) => tie(pupil, contact)),
    ),
    await people.pointsSaved(
      school,
      everyone.map(({ at, contact }) =>
        reach(contact, `+447700900${String(at % 1_000).padStart(3, '0')}`),
      ),
    ),
  )
}

/** The median of several runs. Workerd's clock moves only with I/O, so each run ends with some. */
async function medianMs(act: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const startedMs = performance.now()
    await act()
    await school.rows({ sql: 'select 1', params: [] })
    times.push(performance.now() - startedMs)
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0
}

/** Reading every pupil's row and opening it is the least that a search of sealed names can cost. */
const openAll = async () => {
  const rows = await school.db.select().from(pupils).where(eq(pupils.schoolId, school.id))
  return Promise.all(rows.map((row) => school.open(pupils.record, row.id, row.record)))
}

describe('a school of 2,000', () => {
  test('is searched in hardly more time than it takes to open the names', async () => {
    const search = () => people.search(school, 'surname42 foren', { limit: 50 })
    expect(await search()).toHaveLength(33)
    const leastMs = await medianMs(openAll)
    const searchMs = await medianMs(search)
    log('search.measured', { pupils: SIZE, ms: Math.round(searchMs), leastMs: Math.round(leastMs) })
    expect(searchMs / leastMs).toBeLessThan(4)
  })

  test('is all in a circle, with every contact and number, in one go', async () => {
    const everyPupil = {
      everyPupil: true,
      everyStaff: true,
      pupils: [],
      groups: [],
      contacts: [],
      staff: [],
    }
    const found = await people.circle(school, everyPupil)
    expect(found.pupils).toHaveLength(SIZE)
    expect(found.pupils.filter(({ contacts }) => contacts[0]?.points.length === 1)).toHaveLength(
      SIZE,
    )
    const ms = await medianMs(() => people.circle(school, everyPupil))
    const leastMs = await medianMs(openAll)
    log('circle.measured', { pupils: SIZE, ms: Math.round(ms), leastMs: Math.round(leastMs) })
    expect(ms / leastMs).toBeLessThan(10)
  })
})
