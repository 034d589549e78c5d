import { env } from 'cloudflare:test'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import * as audit from '#audit'
import { newId } from '#kernel'
import { Directory, type School, statement, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'

// Somebody with the database in their hands tries to rewrite what happened at a school.
const anchors = (env as unknown as Env).ANCHORS
let school: School

const act = async (times: number) => {
  for (let at = 0; at < times; at++) {
    await school.write([audit.entry(school, 'pupil.viewed', newId('pupil'), { at })])
  }
}
/** What the triggers forbid, done by one who can drop triggers. */
const tamper = async (query: string) => {
  const triggers = await school.rows<{ name: string; sql: string }>(
    statement(
      sql`select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'trail'`,
    ),
  )
  expect(triggers.length).toBeGreaterThan(1)
  for (const { name } of triggers) await school.rows({ sql: `drop trigger ${name}`, params: [] })
  await school.rows({ sql: query, params: [school.id] })
  for (const { sql: text } of triggers) await school.rows({ sql: text, params: [] })
}
const verdict = () => audit.verify(school, anchors)

/** The same school, where something happens after each look at a database. */
async function sealedBetween(happens: () => Promise<void>): Promise<School> {
  const premises = await premisesOf(env as unknown as Env)
  const afterLooks = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        const value = Reflect.get(of, name) as unknown
        if (typeof value !== 'function') return value
        return (...given: unknown[]) => {
          const answer = (value as (...all: unknown[]) => unknown).apply(of, given)
          if (name === 'prepare' || name === 'bind') return afterLooks(answer as object)
          if (name !== 'raw' && name !== 'all') return answer
          return (answer as Promise<unknown>).then(async (rows) => (await happens(), rows))
        }
      },
    })
  const directory = new Directory({ ...premises, shards: premises.shards.map(afterLooks) })
  return (await directory.school(school.id, system('seed'))) as School
}

beforeEach(async () => {
  const premises = await premisesOf(env as unknown as Env)
  const directory = new Directory(premises)
  const id = newId('organisation')
  await premises.vault.create(id)
  await directory.write([directory.placed(id, 0)])
  school = (await directory.school(id, system('seed'))) as School
})

describe('the trail', () => {
  it('puts entries in a chain, in batches, and starts the next where it ended', async () => {
    await act(5)
    expect(await verdict()).toMatchObject({ fault: undefined, sealed: 0, unsealed: 5 })
    expect(await audit.sealTrail(school, anchors)).toBe(5)
    await act(3)
    expect(await audit.sealTrail(school, anchors)).toBe(3)
    expect(await audit.sealTrail(school, anchors)).toBe(0)
    expect(await verdict()).toMatchObject({ fault: undefined, sealed: 8, unsealed: 0 })
  })

  it('finds its furthest anchor in one look, however many there are', async () => {
    for (let round = 0; round < 12; round++) {
      await act(1)
      await audit.sealTrail(school, anchors)
    }
    const looks: R2ListOptions[] = []
    const watched = {
      get: (key: string) => anchors.get(key),
      list: (options: R2ListOptions) => {
        looks.push(options)
        return anchors.list(options)
      },
    } as unknown as audit.Anchors
    expect(await audit.verify(school, watched)).toMatchObject({
      fault: undefined,
      sealed: 12,
      unsealed: 0,
    })
    expect(looks).toEqual([{ prefix: `trail/${school.id}/`, limit: 1 }])
    const kept = await anchors.list({ prefix: `trail/${school.id}/` })
    expect(kept.objects).toHaveLength(12)
  })

  it('is whole when two seal it at the same moment', async () => {
    await act(20)
    await Promise.all([audit.sealTrail(school, anchors), audit.sealTrail(school, anchors)])
    expect(await verdict()).toMatchObject({ fault: undefined, sealed: 20, unsealed: 0 })
  })

  it('is whole while others go on and it is sealed between two looks of the check', async () => {
    await act(3)
    await audit.sealTrail(school, anchors)
    let sealings = 0
    const watched = await sealedBetween(async () => {
      if (sealings++ > 2) return
      await act(1)
      await audit.sealTrail(school, anchors)
    })
    const { fault, sealed } = await audit.verify(watched, anchors)
    expect(sealings).toBeGreaterThan(2)
    expect(fault).toBeUndefined()
    expect(sealed).toBeGreaterThan(3)
  })

  it('refuses a change, a removal and a second place', async () => {
    await act(2)
    await audit.sealTrail(school, anchors)
    const all = [
      'update trail set subject = 1',
      'delete from trail',
      'update trail set position = 9, digest = 1',
    ]
    for (const query of all) {
      await expect(school.rows({ sql: query, params: [] })).rejects.toThrow('append-only')
    }
  })
})

describe('one who can drop the triggers', () => {
  beforeEach(async () => {
    await act(6)
    await audit.sealTrail(school, anchors)
  })

  it.each([
    ['who did it', "update trail set actor_id = 'usr_x' where school_id = ? and position = 3"],
    [
      'what was done',
      "update trail set action = 'pupil.added' where school_id = ? and position = 3",
    ],
    ['to whom', "update trail set subject = 'pup_x' where school_id = ? and position = 3"],
    ['from where', "update trail set from_where = 'GB-x' where school_id = ? and position = 3"],
    ['when', 'update trail set at_ms = at_ms + 1 where school_id = ? and position = 3'],
    ['the facts', `update trail set facts = '{"at":9}' where school_id = ? and position = 3`],
  ])('is found changing %s', async (_, query) => {
    await tamper(query)
    expect((await verdict()).fault).toMatchObject({ kind: 'changed', position: 3 })
  })

  it('is found removing an entry', async () => {
    await tamper('delete from trail where school_id = ? and position = 3')
    expect((await verdict()).fault).toEqual({ kind: 'missing', position: 3 })
  })

  it('is found closing the gap behind it', async () => {
    await tamper('delete from trail where school_id = ? and position = 3')
    await tamper('update trail set position = position - 1 where school_id = ? and position > 3')
    expect((await verdict()).fault).toMatchObject({ kind: 'changed', position: 3 })
  })

  it('is found swapping two', async () => {
    await tamper(
      'update trail set position = 100 - position where school_id = ? and position in (3, 4)',
    )
    await tamper('update trail set position = position - 93 where school_id = ? and position > 90')
    expect((await verdict()).fault).toMatchObject({ kind: 'changed', position: 3 })
  })

  it('is found putting one in', async () => {
    await tamper('update trail set position = position + 1 where school_id = ? and position = 6')
    await tamper(`insert into trail (id, school_id, at_ms, actor_kind, actor_id, action, subject, facts, position, digest)
      select 'ent_x', school_id, at_ms, actor_kind, actor_id, action, subject, facts, 6, digest
      from trail where school_id = ? and position = 5`)
    expect((await verdict()).fault).toMatchObject({ kind: 'changed', position: 6 })
  })

  it('is found cutting the end and moving the head in the database', async () => {
    await tamper('delete from trail where school_id = ? and position > 4')
    await tamper(`update trail_heads set position = 4,
      digest = (select digest from trail where school_id = trail_heads.school_id and position = 4)
      where school_id = ?`)
    expect((await verdict()).fault).toEqual({ kind: 'end-cut', position: 4 })
  })

  it('is found rewriting the whole chain, because the head was kept elsewhere', async () => {
    await tamper('update trail set position = null, digest = null where school_id = ?')
    await tamper("update trail set action = 'pupil.added' where school_id = ? and facts like '%2%'")
    await tamper('delete from trail_heads where school_id = ?')
    await audit.sealTrail(school, anchors)
    expect((await verdict()).fault).toMatchObject({ kind: 'changed', position: 6 })
  })
})
