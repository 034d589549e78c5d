import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant, isRefusal } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { wholeSession } from '../../test/cast/whole-session.ts'

// Mrs Okafor decides how long passwords and sessions last at St Botolph's; Oakfield decides for itself.
const ORIGIN = 'http://schoolgate.test'
const password = 'a gate left ajar'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let botolphs: School
let oakfield: School
let okafor: string
let abara: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  botolphs = await school('St Botolph’s Primary')
  oakfield = await school('Oakfield Academy')
  okafor = await administrator(botolphs, 'okafor@st-botolphs.example')
  abara = await administrator(oakfield, 'abara@oakfield.example')
})

async function school(name: string): Promise<School> {
  const by = system('seed')
  const { id } = await schools.create(directory, { kind: 'school', name, by })
  const made = await directory.school(id, by)
  invariant(made, 'a school that was created has a shard')
  return made
}

async function administrator(of: School, email: string): Promise<string> {
  const details = { role: 'administrator', name: 'Robin Head', email, password } as const
  invariant(!isRefusal(await access.addUser(directory, of, details)), 'it is added')
  return wholeSession(directory, { email, password })
}

const send = (cookie: string, fields?: Record<string, string>) =>
  worker.fetch(
    new Request(`${ORIGIN}/school/settings`, {
      method: fields ? 'POST' : 'GET',
      headers: { Origin: ORIGIN, Cookie: cookie },
      ...(fields && { body: new URLSearchParams(fields) }),
      redirect: 'manual',
    }),
  )
const usual = { period: 'off', idleMinutes: '30', absoluteHours: '12' }
const kept = async ({ id }: School) => {
  const found = await schools.find(directory, id)
  return [found?.passwordDays, found?.idleMinutes, found?.absoluteHours]
}

test('shows what holds, and what is advised', async () => {
  const html = await (await send(okafor)).text()
  expect(html).toMatch(/value="off" checked/)
  expect(html).toMatch(/name="idleMinutes"[^>]* value="30"/)
  expect(html).toMatch(/name="absoluteHours"[^>]* value="12"/)
  expect(html).toContain('National Cyber Security Centre')
})

describe('bad input is refused at its field and changes nothing', () => {
  test.each([
    [{ ...usual, period: '' }, 'period'],
    [{ ...usual, period: 'on' }, 'passwordDays'],
    [{ ...usual, period: 'on', passwordDays: '29' }, 'passwordDays'],
    [{ ...usual, period: 'on', passwordDays: '366' }, 'passwordDays'],
    [{ ...usual, period: 'on', passwordDays: '30.5' }, 'passwordDays'],
    [{ ...usual, idleMinutes: '4' }, 'idleMinutes'],
    [{ ...usual, idleMinutes: '121' }, 'idleMinutes'],
    [{ ...usual, idleMinutes: 'half an hour' }, 'idleMinutes'],
    [{ ...usual, absoluteHours: '0' }, 'absoluteHours'],
    [{ ...usual, absoluteHours: '25' }, 'absoluteHours'],
    [{ ...usual, absoluteHours: '-1' }, 'absoluteHours'],
    [{ ...usual, absoluteHours: '9'.repeat(400) }, 'absoluteHours'],
  ])('%j', async (fields, field) => {
    const answer = await send(okafor, fields)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(`href="#${field}"`)
    const typed = (fields as Record<string, string>)[field]
    if (typed && field !== 'period') expect(html).toContain(`value="${typed}"`)
    expect(await kept(botolphs)).toEqual([null, 30, 12])
  })
})

test('are changed for this organisation alone, and the trail has what was and what is', async () => {
  const fields = { period: 'on', passwordDays: '90', idleMinutes: '120', absoluteHours: '24' }
  const done = await send(okafor, fields)
  expect([done.status, done.headers.get('Location')]).toEqual([303, '/school/settings'])
  expect(await kept(botolphs)).toEqual([90, 120, 24])
  expect(await kept(oakfield)).toEqual([null, 30, 12])
  const [entry] = await audit.about(botolphs, botolphs.id, 1)
  expect(entry).toMatchObject({
    action: 'organisation.settings-changed',
    facts: {
      passwordDays: 90,
      passwordDaysBefore: 'off',
      idleMinutes: 120,
      idleMinutesBefore: 30,
      absoluteHours: 24,
      absoluteHoursBefore: 12,
    },
  })
})

test('days that were typed beside “No” are not kept', async () => {
  await send(okafor, { ...usual, passwordDays: '90' })
  expect(await kept(botolphs)).toEqual([null, 30, 12])
})

test('a shorter time holds at once for those who are in, and nobody next door', async () => {
  const limits = async (of: School) => {
    const found = await directory.rows<{ idle: number; lasts: number }>({
      sql: `select idle_ms / 60000 as idle, (ends_at_ms - created_at_ms) / 3600000 as lasts
            from sessions where organisation_id = ? and ended_at_ms is null`,
      params: [of.id],
    })
    return found[0]
  }
  await send(okafor, { ...usual, idleMinutes: '5', absoluteHours: '1' })
  expect(await limits(botolphs)).toEqual({ idle: 5, lasts: 1 })
  expect(await limits(oakfield)).toEqual({ idle: 30, lasts: 12 })
  await send(okafor, usual)
  expect(await limits(botolphs)).toEqual({ idle: 5, lasts: 1 })
})

test('are asked for proof again when the last is ten minutes old', async () => {
  await directory.rows({ sql: 'update sessions set confirmed_at_ms = 0 returning id', params: [] })
  const away = [303, '/account/confirmation?next=%2Fschool%2Fsettings']
  const shown = await send(abara)
  expect([shown.status, shown.headers.get('Location')]).toEqual(away)
  expect((await send(abara, { ...usual, idleMinutes: '5' })).status).toBe(303)
  expect(await kept(oakfield)).toEqual([null, 30, 12])
})
