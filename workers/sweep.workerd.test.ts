import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import { newId, type SchoolId } from '#kernel'
import { Directory, type School, statement, system } from '#shards'
import { type Env, premisesOf } from './env.ts'
import { drawn, sweep } from './sweep.ts'

// Six schools did something, and a minute has time for two of them.
const SCHOOLS = 6
const A_MINUTE = 2
/** A school is drawn in one of three minutes: that one is never drawn in so many is one in 10^10. */
const MINUTES = 60

const theEnv = env as unknown as Env
const due = statement(sql`select distinct school_id from trail where position is null`)
let directory: Directory
let schools: School[]

beforeAll(async () => {
  directory = new Directory(await premisesOf(theEnv))
  schools = await Promise.all(Array.from({ length: SCHOOLS }, opened))
})

async function opened(): Promise<School> {
  const id = newId('organisation')
  await directory.premises.vault.create(id)
  await directory.write([directory.placed(id, 0)])
  const school = directory.schoolAt(0, id, system('seed')) as School
  await school.write([audit.entry(school, 'pupil.viewed', newId('pupil'))])
  return school
}

test('no school waits for ever, though more are due than a minute serves', async () => {
  const served = new Set<SchoolId>()
  for (let minute = 0; minute < MINUTES; minute++) {
    const found = await directory.schoolsHaving(0, drawn(due, A_MINUTE))
    expect(new Set(found).size).toBe(A_MINUTE)
    for (const id of found) served.add(id)
  }
  expect([...served].sort()).toEqual(schools.map(({ id }) => id).sort())
})

test('a sweep chains the trails of all, and leaves the other shard alone', async () => {
  await sweep(theEnv, directory, 1)
  expect(await directory.schoolsHaving(0, due)).toHaveLength(SCHOOLS)

  await sweep(theEnv, directory, 0)
  expect(await directory.schoolsHaving(0, due)).toEqual([])
  for (const school of schools) {
    expect(await audit.verify(school, theEnv.ANCHORS)).toMatchObject({
      fault: undefined,
      sealed: 1,
    })
  }
})
