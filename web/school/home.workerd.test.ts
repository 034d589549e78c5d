import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel'
import * as mis from '#mis'
import * as people from '#people'
import type { School } from '#shards'
import type { Env } from '#workers/env.ts'
import { upload } from '../../test/cast/office.ts'
import { adult, child, reach, tie } from '../../test/cast/pieces.ts'
import { ORIGIN } from '../../test/doors/knock.ts'
import { open, type Person, type World } from '../../test/doors/people.ts'

// What Mr Pym and Mrs Okafor are told first thing in the morning, and how she finds what is seldom needed.
let world: World
let school: School
const worker = (exports as unknown as { default: Fetcher }).default
const calledSo = (name: string) =>
  world.people.find(({ called, isNextDoor }) => called === name && !isNextDoor) as Person

beforeAll(async () => {
  world = await open(env as unknown as Env)
  school = world.cast.botolphs.school
})

async function ask(who: Person, path: string) {
  const headers = { Cookie: `__Host-session=${await who.token()}` }
  const response = await worker.fetch(`${ORIGIN}${path}`, { headers })
  return { status: response.status, text: (await response.text()).replace(/\s+/g, ' ') }
}

/** "1 import held until you decide": a card of the home page. */
async function cardsAt(who: Person): Promise<string[]> {
  const { text } = await ask(who, '/school')
  return [
    ...text.matchAll(/sg-stat__count">(\d+)<\/span> <span class="sg-stat__words">([^<]+)/g),
  ].map(([, count, words]) => `${count} ${words}`)
}

test('where nothing waits for the school’s system or a decision, nothing is said of it', async () => {
  const cards = await cardsAt(calledSo('a Data Manager'))
  expect(cards).toContain('0 imports to look at and apply')
  expect(cards.join()).not.toMatch(/held until|not in your system/)
})

test('what waits is counted for who may do something about it, and for nobody else', async () => {
  await mis.writeBacks.queue(school, {
    kind: 'mark',
    pupilId: world.cast.botolphs.pupil('Amara Adeyemi'),
    date: '2026-11-23',
    at: { kind: 'session', session: 'AM' },
    original: 'N',
    code: 'I',
    minutesLate: null,
    reason: null,
    by: { name: 'Robin Colleague', title: 'Attendance officer' },
  })
  const file = new TextEncoder().encode(mis.SAMPLE_CSV)
  const imported = await upload(school, (env as unknown as Env).FILES, file)
  expect(imported.state, 'nearly everybody would leave').toBe('held')
  for (const who of ['an Administrator', 'a Data Manager']) {
    const cards = await cardsAt(calledSo(who))
    expect(cards).toContain('1 import held until you decide')
    expect(cards).toContain('1 correction not in your system yet')
  }
  expect((await cardsAt(calledSo('a Basic User'))).join()).not.toMatch(/import|correction/)
})

test('pupils nobody can be told about are counted as on the list of contact data, and only then', async () => {
  const pym = calledSo('a Data Manager')
  const told = async () =>
    (await cardsAt(pym)).filter((card) => card.includes('nobody can be told about'))
  // Ivo's cousin comes without a contact. Whoever has nobody already is put in reach first, to begin with none.
  const unreached = (await people.viewQuality(school)).unreachable.shown
  const grown = newId('contact')
  await school.write(
    await people.contactsSaved(school, [adult(grown, 'Vera', 'Petrova')]),
    await people.relationshipsSaved(
      school,
      unreached.map(({ id }) => tie(id, grown, 1)),
    ),
    await people.pointsSaved(school, [reach(grown, '+447700900777')]),
  )
  expect(await told()).toEqual([])

  const [lone, restricted] = [newId('pupil'), newId('pupil')]
  await school.write(
    await people.pupilsSaved(school, [
      child(lone, 'Lev', 'Aronov'),
      child(restricted, 'Mila', 'Petrova'),
    ]),
    await people.relationshipsSaved(school, [tie(restricted, grown, 1)]),
  )
  expect(await told()).toEqual(['1 pupil nobody can be told about'])
  await people.addRestriction(school, {
    contactId: grown,
    pupilId: restricted,
    scope: 'all-contact',
    record: { reason: 'Order', evidence: null, owner: null },
    startsAtMs: Date.now(),
    reviewAtMs: null,
  })
  expect(await told()).toEqual(['2 pupils nobody can be told about'])
  const { unreachable } = await people.viewQuality(school)
  expect(unreachable.total, 'the list says the same').toBe(2)
  expect((await ask(pym, '/school')).text).toContain('href="/school/data-quality#unreachable"')
  expect((await cardsAt(calledSo('a Basic User'))).join()).not.toContain('nobody can be told')
})

test('Administration lists what an Administrator may do there, and is the way back from each', async () => {
  const okafor = calledSo('an Administrator')
  const { text } = await ask(okafor, '/school/administration')
  expect(text).toMatch(/aria-current="page"[^>]*>Administration/)
  for (const name of ['users', 'reviews', 'settings', 'trail', 'support']) {
    expect(text).toContain(`href="/school/${name}"`)
    const page = (await ask(okafor, `/school/${name}`)).text
    expect(page, name).toMatch(/aria-current="true"[^>]*>Administration/)
    expect(page, name).toMatch(/govuk-back-link" href="\/school\/administration"/)
  }
  expect((await ask(calledSo('a Data Manager'), '/school/administration')).status).toBe(404)
})

test('Contact data is marked on each page that belongs to it', async () => {
  const pym = calledSo('a Data Manager')
  for (const path of ['/school/contacts-to-fix', '/school/write-backs'])
    expect((await ask(pym, path)).text, path).toMatch(/aria-current="true"[^>]*>Contact data/)
  expect((await ask(pym, '/school')).text).not.toMatch(/aria-current="true"/)
})
