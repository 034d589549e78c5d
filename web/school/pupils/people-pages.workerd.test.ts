import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { type CastSchool, settle } from '../../../test/cast/settle.ts'
import { ask, cookieOf, htmlOf, PASSWORD } from '../../../test/cast/visitor.ts'

// Mrs Okafor is the Administrator; Miss Bell is a Basic User of Years 3 and 4.
let directory: Directory
let botolphs: CastSchool
let school: School
let okafor: string
let pym: string
let bell: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  const cast = await settle(directory, { password: PASSWORD, furtherPupils: 60 })
  botolphs = cast.botolphs
  school = botolphs.school
  okafor = await cookieOf(directory, 'okafor')
  pym = await cookieOf(directory, 'pym')
  bell = await cookieOf(directory, 'bell')
})

const search = (cookie: string, q: string, more: Record<string, string> = {}) =>
  htmlOf(ask(cookie, '/school/pupils', { q, ...more }, { 'X-Fragment': 'results' }))
const pathOf = (name: string) => `/school/pupils/${botolphs.pupil(name)}`

describe('finding a pupil', () => {
  test('the list shows 50 a page, and further pages by number alone', async () => {
    const first = await htmlOf(ask(okafor, '/school/pupils'))
    expect(first.match(/href="\/school\/pupils\/pup_/g)).toHaveLength(50)
    expect(first).toContain('72 pupils')
    expect(first).toContain('href="/school/pupils?page=2"')
    const second = await htmlOf(ask(okafor, '/school/pupils?page=2'))
    expect(second.match(/href="\/school\/pupils\/pup_/g)).toHaveLength(22)
    expect(await htmlOf(ask(okafor, '/school/pupils?page=99'))).toContain(
      'aria-label="Page 2" aria-current="page"',
    )
  })

  test('typing brings only the results, a form sent without scripts the whole page', async () => {
    const piece = await search(okafor, 'elsa lindq')
    expect(piece.trimStart()).toMatch(/^<div id="pupils" data-announce="1 pupil">/)
    expect(piece).toContain('Lindqvist, Elsa')
    const whole = await htmlOf(ask(okafor, '/school/pupils', { q: 'otto lindq' }))
    expect(whole).toContain('value="otto lindq"')
    expect(whole).toContain('Lindqvist, Otto')
    expect(await search(okafor, 'nobody of that name')).toContain('No pupil fits')
  })

  test('a year or a registration group narrows it, under its id', async () => {
    const groups = await people.listGroups(school)
    const year = groups.find(({ name }) => name === 'Year 5')?.id ?? ''
    const inYear = await search(okafor, '', { year })
    expect(inYear).toContain('Nowak, Zofia')
    expect(inYear).not.toContain('Lindqvist')
    expect(
      await search(okafor, 'zofia', {
        year: groups.find(({ name }) => name === 'Year 1')?.id ?? '',
      }),
    ).toContain('No pupil fits')
  })

  test('a Basic User is offered the years and classes of her own pupils, and no others', async () => {
    const offered = (page: string) =>
      [...page.matchAll(/<option value="grp_[^>]*>([^<]*)/g)].map(([, name]) => name)
    const hers = offered(await htmlOf(ask(bell, '/school/pupils')))
    expect(hers).toContain('Year 4')
    expect(hers.filter((name) => !/^(Year )?[34]/.test(name ?? ''))).toEqual([])
    expect(offered(await htmlOf(ask(okafor, '/school/pupils')))).toContain('2A')
  })

  test('a Basic User finds pupils of her own years only', async () => {
    expect(await search(bell, 'amara')).toContain('Adeyemi, Amara')
    expect(await search(bell, 'zofia')).toContain('No pupil fits')
    expect((await ask(bell, pathOf('Zofia Nowak'))).status).toBe(404)
    expect(
      (await ask(bell, `/school/contacts/${botolphs.contact('Agnieszka Nowak')}`)).status,
    ).toBe(404)
    expect(await htmlOf(ask(bell, pathOf('Amara Adeyemi')))).toContain('Tunde Adeyemi')
  })
})

describe('a pupil’s page', () => {
  test('says to everybody who must not be contacted, and why only to those who may know', async () => {
    const shown = await htmlOf(ask(okafor, pathOf('Teddy Marsh')))
    expect(shown).toContain('Do not contact Mr Dean Marsh about Teddy')
    expect(shown).toContain('Non-molestation order')
    const [viewed] = await audit.about(school, botolphs.pupil('Teddy Marsh'), 5)
    expect(viewed?.action).toBe('restriction.viewed')

    await access.addUser(directory, school, {
      role: 'basic',
      name: 'Mr Infant',
      email: 'infant@st-botolphs.example',
      yearGroups: ['Year 2'],
      password: PASSWORD,
    })
    const answer = await access.signIn(directory, {
      email: 'infant@st-botolphs.example',
      password: PASSWORD,
      from: '198.51.100.2',
    })
    const seen = await htmlOf(
      ask(`__Host-session=${'token' in answer ? answer.token : ''}`, pathOf('Teddy Marsh')),
    )
    expect(seen).toContain('Do not contact')
    expect(seen).not.toContain('Non-molestation')
    expect(seen).not.toContain('/restrictions')
  })

  test('of somebody who has left says so', async () => {
    expect(await htmlOf(ask(okafor, pathOf('Ivo Petrov')))).toContain('Ivo left on')
  })

  test('leads nowhere from next door, and nowhere for an id of another kind', async () => {
    const abara = await cookieOf(directory, 'abara')
    expect((await ask(abara, pathOf('Teddy Marsh'))).status).toBe(404)
    expect((await ask(okafor, `/school/pupils/${botolphs.contact('Dean Marsh')}`)).status).toBe(404)
  })
})

describe('a restriction', () => {
  const path = () => `${pathOf('Amara Adeyemi')}/restrictions`
  const answers = () => ({
    contact: botolphs.contact('Tunde Adeyemi'),
    scope: 'no-location',
    about: 'this-child',
    reason: 'Prohibited steps order',
    evidence: '',
    owner: 'Mrs Okafor',
    start: '01/09/2026',
    review: '',
  })

  test('is refused in words at its fields, with what was typed kept', async () => {
    const answer = await ask(pym, path(), {
      ...answers(),
      scope: '',
      start: '31/02/2026',
      reason: 'Order <b>of court</b>',
    })
    expect(answer.status).toBe(422)
    const shown = await htmlOf(answer)
    expect(shown).toContain('<a href="#scope">Choose what the restriction covers</a>')
    expect(shown).toContain('<a href="#start">Enter a start date')
    expect(shown).toContain('Order &lt;b&gt;of court&lt;/b&gt;')
    const review = { ...answers(), review: '2026-08-31' }
    expect(await htmlOf(ask(pym, path(), review))).toContain(
      'The review date must be after the start date',
    )
    const stranger = { ...answers(), contact: botolphs.contact('Dean Marsh') }
    expect((await ask(pym, path(), stranger)).status).toBe(422)
  })

  test('is added, shown, not added twice, and ended with a reason', async () => {
    const added = await ask(pym, path(), answers())
    expect([added.status, added.headers.get('Location')]).toEqual([303, pathOf('Amara Adeyemi')])
    const shown = await htmlOf(ask(pym, pathOf('Amara Adeyemi')))
    expect(shown).toContain('Do not contact Mr Tunde Adeyemi about Amara')
    expect(await htmlOf(ask(pym, path(), answers()))).toContain(
      'This restriction is already in place',
    )

    const end = /\/school\/restrictions\/rst_\w+\/end/.exec(shown)?.[0] ?? 'no link'
    expect((await ask(bell, end)).status).toBe(404)
    expect((await ask(pym, end, {})).status).toBe(422)
    expect((await ask(pym, end, { because: 'order-ended' })).headers.get('Location')).toBe(
      pathOf('Amara Adeyemi'),
    )
    expect((await ask(pym, end)).status).toBe(404)
    expect(await htmlOf(ask(pym, pathOf('Amara Adeyemi')))).not.toContain('Do not contact')
  })
})

describe('a number that fails', () => {
  test('is on the list of contacts to fix, is corrected, and is gone from it', async () => {
    expect(await htmlOf(ask(pym, '/school/contacts-to-fix'))).toContain('Nothing to fix')
    const because = 'unknown-subscriber'
    const fingerprint = await people.pointKey(school, 'sms', '+447700900041')
    await school.write(people.pointsFailed(school, [{ fingerprint, because }]))

    const listed = await htmlOf(ask(pym, '/school/contacts-to-fix'))
    expect(listed).toContain('Mrs Astrid Lindqvist')
    expect(listed).toContain('Nobody has this number')
    const paths = [...listed.matchAll(/\/school\/contacts\/con_\w+\/points\/pnt_\w+/g)].map(
      ([found]) => found,
    )
    expect(paths).toHaveLength(2)
    const [path = ''] = paths

    const wrong = await ask(pym, path, { value: '0770 nonsense' })
    expect(wrong.status).toBe(422)
    expect(await htmlOf(wrong)).toContain('value="0770 nonsense"')
    expect((await ask(pym, path, { value: '07700 900 499' })).status).toBe(303)
    expect((await ask(pym, paths[1] ?? '', { value: '07700 900041' })).status).toBe(303)
    expect(await htmlOf(ask(pym, '/school/contacts-to-fix'))).toContain('Nothing to fix')
    expect((await ask(bell, '/school/contacts-to-fix')).status).toBe(404)
  })

  test('is corrected under its own contact only', async () => {
    const [astrid, dean] = [botolphs.contact('Astrid Lindqvist'), botolphs.contact('Dean Marsh')]
    const point = (await people.findContact(school, dean))?.points[0]?.id
    expect((await ask(pym, `/school/contacts/${astrid}/points/${point}`)).status).toBe(404)
    expect((await ask(pym, `/school/contacts/${dean}/points/${point}`)).status).toBe(200)
  })
})

test('every page of people names nobody in a link', async () => {
  for (const path of [
    '/school/pupils',
    '/school/staff',
    pathOf('Teddy Marsh'),
    `/school/contacts/${botolphs.contact('Kerry Marsh')}`,
  ]) {
    const links = [...(await htmlOf(ask(okafor, path))).matchAll(/href="([^"]*)"/g)].map(
      ([, href = '']) => href,
    )
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((href) => /marsh|teddy|07700|447700/i.test(href))).toEqual([])
  }
})

describe('whoever opens what is known of people', () => {
  const times = (action: string) => audit.count(school, { actions: [action] }, 100)

  test('leaves a trail: lists, a number to correct, a restriction to add or to end', async () => {
    const contact = botolphs.contact('Dean Marsh')
    const found = await people.findContact(school, contact)
    const [one] = await people.restrictionsOf(school, [contact])
    const pages: [string, string][] = [
      ['/school/staff', 'staff.viewed'],
      ['/school/contacts-to-fix', 'failing-points.viewed'],
      [`/school/contacts/${contact}/points/${found?.points[0]?.id}`, 'contact.viewed'],
      [`${pathOf('Teddy Marsh')}/restrictions`, 'pupil.viewed'],
      [`/school/restrictions/${one?.id}/end`, 'restriction.viewed'],
    ]
    for (const [path, action] of pages) {
      const before = await times(action)
      expect((await ask(okafor, path)).status).toBe(200)
      await expect.poll(() => times(action), { message: path }).toBeGreaterThan(before)
    }
  })
})
