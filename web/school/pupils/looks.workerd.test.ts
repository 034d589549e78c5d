import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import { newId } from '#kernel'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { type CastSchool, settle } from '../../../test/cast/settle.ts'
import { ask, cookieOf, ORIGIN, PASSWORD, wordsOf, worker } from '../../../test/cast/visitor.ts'

// Who has looked at Teddy Marsh? Mrs Okafor may know; Mr Pym and Miss Bell may not.
let directory: Directory
let botolphs: CastSchool
let school: School
let okafor: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  botolphs = (await settle(directory, { password: PASSWORD })).botolphs
  school = botolphs.school
  okafor = await cookieOf(directory, 'okafor')
})

const pathOf = (name: string, below = '') => `/school/pupils/${botolphs.pupil(name)}${below}`

test('whoever opens a record is on it for those who watch over that, and for nobody else', async () => {
  const pym = await cookieOf(directory, 'pym')
  await ask(pym, pathOf('Teddy Marsh'))
  const page = await wordsOf(ask(okafor, pathOf('Teddy Marsh')))
  expect(page).toContain('Who has looked at Teddy’s record')
  expect(page).toContain('Mr Arthur Pym')
  expect(await wordsOf(ask(pym, pathOf('Teddy Marsh')))).not.toContain('Who has looked')
  expect((await ask(pym, pathOf('Teddy Marsh', '/looks'))).status).toBe(404)
  expect((await ask(okafor, pathOf('Teddy Marsh', '/looks'))).status).toBe(200)
})

test('whoever opens an order about a child, to end it, is on the child’s record', async () => {
  const pym = await cookieOf(directory, 'pym')
  const teddy = botolphs.pupil('Teddy Marsh')
  const [order] = await people.restrictionsOf(school, [botolphs.contact('Dean Marsh')])
  await audit.viewed(school, 'pupil.viewed', [teddy])
  expect((await ask(pym, `/school/restrictions/${order?.id}/end`)).status).toBe(200)
  const [last] = await audit.looks(school, teddy, { limit: 1 })
  expect(last).toMatchObject({
    action: 'restriction.viewed',
    actorId: botolphs.user('pym'),
    subject: teddy,
  })
})

test('each view is an entry, and the look that is had does not list itself', async () => {
  const amara = botolphs.pupil('Amara Adeyemi')
  expect(await wordsOf(ask(okafor, pathOf('Amara Adeyemi')))).toContain('Nobody before you')
  await ask(okafor, pathOf('Amara Adeyemi'))
  await ask(okafor, pathOf('Amara Adeyemi'))
  expect(await audit.looks(school, amara, { limit: 50 })).toHaveLength(3)
})

test('the whole list is paged, and to read it is noted too', async () => {
  const ivo = botolphs.pupil('Zofia Nowak')
  const pym = school.as({ kind: 'user', id: botolphs.user('pym') })
  for (let each = 0; each < 60; each++) await audit.viewed(pym, 'pupil.viewed', [ivo])
  const first = await (await ask(okafor, pathOf('Zofia Nowak', '/looks'))).text()
  expect(first.match(/Mr Arthur Pym/g)).toHaveLength(50)
  const [next = ''] = first.match(/\/school\/pupils\/pup_\w+\/looks\?before=ent_\w+/) ?? []
  expect((await (await ask(okafor, next)).text()).match(/Mr Arthur Pym/g)).toHaveLength(10)
  const [noted] = await audit.list(school, { limit: 1, actions: ['looks.viewed'] })
  expect(noted?.subject).toBe(ivo)
})

test('of another school’s pupil there is nothing to know', async () => {
  const other = `/school/pupils/${newId('pupil')}/looks`
  expect((await ask(okafor, other)).status).toBe(404)
})

test('lists leave one entry each with their count, and none where nobody was shown', async () => {
  const newest = async () => (await audit.list(school, { limit: 1 }))[0]
  await ask(okafor, '/school/pupils')
  const listed = { action: 'pupils.listed', facts: { pupils: 12 } }
  await expect.poll(newest).toMatchObject(listed)
  const before = await newest()
  const form = { method: 'POST', body: new URLSearchParams({ q: 'nobody at all' }) }
  const headers = { Cookie: okafor, Origin: ORIGIN }
  await worker.fetch(new Request(`${ORIGIN}/school/pupils`, { ...form, headers }))
  await ask(okafor, '/school/staff')
  await expect.poll(async () => (await newest())?.action).toBe('staff.viewed')
  const entries = await audit.list(school, { limit: 2 })
  expect(entries[1]?.id).toBe(before?.id)
})
