import { env } from 'cloudflare:test'
import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import * as audit from '#audit'
import { deadLetters } from '#delivery'
import { newId, type SchoolId } from '#kernel'
import { anyOf, Directory, insertAll, reseal, type School, statement, system } from '#shards'
import { manifest } from '#privacy'
import { groups } from '#workers/people/tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'

// Two schools on two shards, and the rows of groups in each.
const botolph = newId('organisation')
const oakfield = newId('organisation')
let directory: Directory
let here: School
let there: School

const open = async (id: SchoolId) => {
  const school = await directory.school(id, system('seed'))
  if (!school) throw new Error('placed')
  return school
}
const group = async (school: School, name: string) => {
  const id = newId('group')
  const fingerprint = await school.fingerprint('group', name)
  const record = await school.seal(groups.record, id, { name })
  return { id, schoolId: school.id, kind: 'registration' as const, record, fingerprint }
}
const entry = (school: School) => audit.entry(school, 'group.added', school.id)
const held = (school: School) =>
  school.db.select().from(groups).where(eq(groups.schoolId, school.id))

beforeAll(async () => {
  const premises = await premisesOf(env as unknown as Env)
  directory = new Directory(premises)
  for (const id of [botolph, oakfield]) {
    await premises.vault.create(id)
    const { write } = await directory.place(id)
    await directory.write([write])
  }
  here = await open(botolph)
  there = await open(oakfield)
})

describe('placing', () => {
  it('puts a new school on the emptiest shard', () => {
    expect([here.shard, there.shard]).toEqual([0, 1])
  })

  it('knows no school that was not placed', async () => {
    expect(await directory.school(newId('organisation'), system('seed'))).toBeUndefined()
    expect(directory.schoolAt(99, botolph, system('seed'))).toBeUndefined()
  })
})

describe('a commit', () => {
  it('is refused without its trail entry', async () => {
    const row = await group(here, '1A')
    await expect(here.commit(insertAll(groups, [row]))).rejects.toThrow('trail entry')
    expect(await held(here)).toHaveLength(0)
  })

  it('does the change and its entry together', async () => {
    const row = await group(here, '4B')
    expect(await here.commit(insertAll(groups, [row]), entry(here))).toBe(true)
    const [found] = await held(here)
    expect(found && (await here.open(groups.record, found.id, found.record))).toEqual({
      name: '4B',
    })
    expect(await audit.list(here, { limit: 10 })).toHaveLength(1)
  })

  it('does neither where what it relied on has changed', async () => {
    const row = await group(here, '5C')
    const gone = here.db
      .select()
      .from(groups)
      .where(eq(groups.id, newId('group')))
    expect(await here.commit(here.expect(gone), insertAll(groups, [row]), entry(here))).toBe(false)
    expect(
      await here.commit(here.expectNone(held(here)), insertAll(groups, [row]), entry(here)),
    ).toBe(false)
    expect(await held(here)).toHaveLength(1)
    expect(await audit.list(here, { limit: 10 })).toHaveLength(1)
    expect(await here.rows(statement(sql`select * from expectations`))).toHaveLength(0)
  })

  it('does neither where the database refuses, and says so', async () => {
    const [row] = await held(here)
    await expect(here.commit(insertAll(groups, [row!]), entry(here))).rejects.toThrow() // the row just read
    expect(await audit.list(here, { limit: 10 })).toHaveLength(1)
  })

  it('lets one of two that relied on the same thing through', async () => {
    const [row] = await held(here)
    const still = here.db
      .select()
      .from(groups)
      .where(and(eq(groups.id, row!.id), eq(groups.kind, 'registration'))) // as above
    const change = here.db.update(groups).set({ kind: 'house' }).where(eq(groups.id, row!.id))
    const both = await Promise.all([
      here.commit(here.expect(still), change, entry(here)),
      here.commit(here.expect(still), change, entry(here)),
    ])
    expect(both.toSorted()).toEqual([false, true])
  })
})

describe('a school next door', () => {
  it('sees none of it, and cannot open it', async () => {
    expect(await held(there)).toHaveLength(0)
    const [row] = await held(here)
    await expect(there.open(groups.record, row!.id, row!.record)).rejects.toThrow() // one row is held
  })
})

describe('many rows at once', () => {
  it('go in with one bound value, and are found again by any number of ids', async () => {
    const rows = await Promise.all(
      Array.from({ length: 1_200 }, (_, at) => group(there, `set ${at}`)),
    )
    await there.commit(insertAll(groups, rows), entry(there))
    const ids = rows.slice(0, 700).map((row) => row.id)
    const found = await there.db
      .select({ id: groups.id })
      .from(groups)
      .where(and(eq(groups.schoolId, there.id), anyOf(groups.id, ids)))
    expect(found).toHaveLength(700)
  })

  it('are cut into statements below the size of a value', async () => {
    const [row] = await held(there)
    const big = { ...row!, record: 'x'.repeat(500_000) as never } // one of the 1,200
    expect(insertAll(groups, [big, big, big, big]).length).toBeGreaterThan(1)
  })
})

describe('a school’s key rotated', () => {
  it('reseals every row in batches, and leaves what they say', async () => {
    const { vault } = directory.premises
    await vault.rotate(oakfield)
    const school = await open(oakfield)
    const holding = manifest.find((one) => one.table === (groups as unknown))
    if (!holding) throw new Error('groups have a holding in the manifest')

    let changed = 0
    for (let round = 0; round < 10; round++) {
      const now = await reseal(school, holding)
      if (now === 0) break
      changed += now
    }
    expect(changed).toBe(1_200)
    const rows = await held(school)
    expect(rows.every((row) => row.record.startsWith('1.k2.'))).toBe(true)
    const names = await Promise.all(
      rows.map((row) => school.open(groups.record, row.id, row.record)),
    )
    expect(new Set(names.map(({ name }) => name)).size).toBe(1_200)
  })
})

describe('dead letters', () => {
  it('are kept, listed, and dealt with once', async () => {
    await deadLetters.keep(directory, 'sends', newId('request'), {
      shard: 0,
      school: botolph,
      message: newId('message'),
    })
    const [letter] = await deadLetters.list(directory)
    if (!letter) throw new Error('kept')
    const both = await Promise.all([
      deadLetters.end(directory, letter.id, 'retried'),
      deadLetters.end(directory, letter.id, 'discarded'),
    ])
    expect(both.filter(Boolean)).toHaveLength(1)
    expect(await deadLetters.list(directory)).toHaveLength(0)
  })
})
