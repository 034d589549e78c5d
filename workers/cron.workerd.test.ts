import { env } from 'cloudflare:workers'
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal, newId } from '#kernel'
import { manifest } from '#privacy'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { everyMinute } from './cron.ts'
import { type Env, premisesOf } from './env.ts'

const theEnv = env as unknown as Env
let directory: Directory
let school: School

beforeAll(async () => {
  directory = new Directory(await premisesOf(theEnv))
  const id = newId('organisation')
  await directory.premises.vault.create(id)
  school = directory.schoolAt(0, id, system('seed')) as School
})

test('each minute the shards are swept, though the directory does not answer', async () => {
  await school.write([audit.entry(school, 'pupil.viewed', newId('pupil'))])
  const prepare = () => {
    throw new Error('no such database')
  }
  await everyMinute({ ...theEnv, DIRECTORY: { prepare } as unknown as D1Database })
  expect(await audit.verify(school, theEnv.ANCHORS)).toMatchObject({ sealed: 1, unsealed: 0 })
})

describe('what a holding says is kept for ninety days or less', () => {
  const DAY_MS = 24 * 60 * 60_000
  const SHORT_DAYS = 90
  /** Its rows are taken away by the statement that makes them: migrations/directory/0001_guards.sql. */
  const NEVER_KEPT = ['expectations']

  test('is forgotten by the clock, in each table of the directory', async () => {
    const held = await heldShortly()
    expect(held.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['sessions', 'sign_in_failures', 'invitations', 'dead_letters']),
    )
    const nowMs = directory.clock.now()
    for (const { table, days } of held) await madeAt(table, nowMs - days * DAY_MS - 60_000)
    expect(await left()).toEqual(held.map(({ name }) => name))

    await everyMinute(theEnv)
    expect(await left()).toEqual([])
  })

  test('is there until then', async () => {
    const lasting = (await heldShortly()).filter(({ days }) => days > 1)
    expect(lasting.length).toBeGreaterThan(1)
    const nowMs = directory.clock.now()
    for (const { table, days } of lasting) await madeAt(table, nowMs - (days - 1) * DAY_MS)
    await everyMinute(theEnv)
    expect(await left()).toEqual(lasting.map(({ name }) => name))
  })

  async function heldShortly() {
    const found = await directory.rows<{ name: string }>({
      sql: `select name from sqlite_master where type = 'table'`,
      params: [],
    })
    const inDirectory = found.map(({ name }) => name)
    return manifest
      .filter(({ keep }) => keep.until === 'made' && keep.days <= SHORT_DAYS)
      .map(({ table, keep }) => ({ table, name: getTableConfig(table).name, days: keep.days }))
      .filter(({ name }) => inDirectory.includes(name) && !NEVER_KEPT.includes(name))
  }

  async function left(): Promise<string[]> {
    const names: string[] = []
    for (const { table, name } of await heldShortly()) {
      if ((await directory.db.select().from(table)).length > 0) names.push(name)
    }
    return names
  }

  /** A row of which everything happened, or ended, at one moment. */
  async function madeAt(table: SQLiteTable, ms: number): Promise<void> {
    const { name, columns } = getTableConfig(table)
    const names = columns.map((column) => `"${column.name}"`).join(', ')
    const marks = columns.map(() => '?').join(', ')
    const sql = `insert into "${name}" (${names}) values (${marks})`
    await directory.write({ sql, params: columns.map((column) => valueOf(column, ms)) })
  }

  const valueOf = ({ dataType, notNull, primary }: SQLiteColumn, ms: number) => {
    if (!notNull && !primary) return null
    if (dataType === 'number') return ms
    return dataType === 'json' ? '[]' : 'made-up'
  }
})

describe('where contracts are over', () => {
  test('one whose sessions cannot be ended holds up no other', async () => {
    const tokens = [await signedInWhereOver('One'), await signedInWhereOver('Another')]
    await everyMinute({ ...theEnv, DIRECTORY: failingOnce(/^\s*update sessions set ended_at_ms/) })
    const all = await schools.search(directory, { state: 'locked' }, { limit: 9, offset: 0 })
    expect(all).toHaveLength(2)
    const standings = await Promise.all(tokens.map((one) => access.standing(directory, one)))
    expect(standings.filter((one) => one === undefined)).toHaveLength(1)
  })

  async function signedInWhereOver(name: string): Promise<string> {
    const by = system('seed')
    const { id } = await schools.create(directory, { kind: 'school', name, by })
    const area = await directory.school(id, by)
    invariant(area, 'a school that was created has a shard')
    const typed = { email: `${name}@example.com`, password: 'a gate left ajar' }
    await access.addUser(directory, area, { ...typed, role: 'administrator', name: 'Ash Over' })
    const answer = await access.signIn(directory, { ...typed, from: '198.51.100.1' })
    invariant(!isRefusal(answer), 'who knows the password is let in')
    await directory.write({
      sql: `update organisations set state = 'notice', ends_on = '2020-01-01' where id = ?`,
      params: [id],
    })
    return answer.token
  }

  /** The directory, on which the first statement of a kind fails. */
  function failingOnce(kind: RegExp): D1Database {
    let hasFailed = false
    const { DIRECTORY } = theEnv
    const prepare = (sql: string) => {
      if (kind.test(sql) && !hasFailed) {
        hasFailed = true
        throw new Error('no such database')
      }
      return DIRECTORY.prepare(sql)
    }
    const batch: D1Database['batch'] = (statements) => DIRECTORY.batch(statements)
    return { prepare, batch } as unknown as D1Database
  }
})

test('each minute each kind of letter is written in a room and a run of its own', async () => {
  const runs: [room: string, kind: string][] = []
  const rooms = {
    jurisdiction: () => rooms,
    idFromName: (name: string) => name,
    get: (room: string) => ({
      run: async ({ kind }: { kind: string }) => {
        runs.push([room, kind])
        if (room === 'letters-reviews') throw new Error('too many queries')
      },
    }),
  }
  await everyMinute({ ...theEnv, ENCLAVE: rooms as unknown as Env['ENCLAVE'] })
  const letters = runs.filter(([, kind]) => kind === 'letters').map(([room]) => room)
  expect(letters.toSorted()).toEqual([
    'letters-agents',
    'letters-passwords',
    'letters-register',
    'letters-reviews',
  ])
  expect(runs.filter(([, kind]) => kind === 'sweep').length).toBeGreaterThan(0)
})
