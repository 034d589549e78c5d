import { env, exports } from 'cloudflare:workers'
import { eq, isNull } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { newId } from '#kernel'
import * as people from '#people'
import { Directory } from '#shards'
import { sessions } from '#workers/access/directory-tables.ts'
import { supportAccesses } from '#workers/access/support/directory-tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers, type CastUser } from '../../../test/cast/accounts.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import { wholeSession } from '../../../test/cast/whole-session.ts'

// Miss Bell rings support; Dot answers. Mrs Okafor is the school's Administrator, Sol the operator's.
const ORIGIN = 'http://schoolgate.test'
const password = 'a gate left ajar'
const reason = 'She cannot find the drafts of last week'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let cast: Cast
let bell: Visitor
let okafor: Visitor

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  cast = await settle(directory, { password })
  bell = await visitor('bell')
  okafor = await visitor('okafor')
})

beforeEach(async () => {
  await directory.db
    .update(supportAccesses)
    .set({ endedAtMs: Date.now() })
    .where(isNull(supportAccesses.endedAtMs))
})

type Visitor = { cookie: string }

const visitor = async (name: CastUser): Promise<Visitor> => ({
  cookie: await wholeSession(directory, { email: castUsers[name].email, password }),
})

/** As a browser does it: a session's new cookie takes the place of the old one. */
async function ask(who: Visitor, path: string, form?: Record<string, string>) {
  const answer = await worker.fetch(
    new Request(`${ORIGIN}${path}`, {
      method: form ? 'POST' : 'GET',
      headers: { Cookie: who.cookie, Origin: ORIGIN },
      ...(form && { body: new URLSearchParams(form) }),
      redirect: 'manual',
    }),
  )
  for (const cookie of answer.headers.getSetCookie()) {
    const [kept = ''] = cookie.split(';')
    if (kept.startsWith('__Host-session=')) who.cookie = kept
  }
  return answer
}
const read = async (who: Visitor, path: string, form?: Record<string, string>) =>
  (await (await ask(who, path, form)).text()).replace(/\s+/g, ' ')
const notice = (answer: Response) =>
  /__Host-notice=([\w-]+)/.exec(answer.headers.get('Set-Cookie') ?? '')?.[1]
const whereTo = (answer: Response) => [answer.status, answer.headers.get('Location')]

const codeBy = async (who: Visitor) => {
  const html = await read(who, '/account/screening', {})
  return /<p class="sg-spoken-code">(\d{3} \d{3})<\/p>/.exec(html)?.[1] ?? ''
}
const screeningPath = () => `/operator/organisations/${cast.botolphs.id}/screening`
async function dotIsIn(level = 'theirs', by = bell): Promise<Visitor> {
  const dot = await visitor('dot')
  const answer = await ask(dot, screeningPath(), { code: await codeBy(by), level, reason })
  expect(whereTo(answer)).toEqual([303, '/school'])
  return dot
}

describe('the code', () => {
  test('is shown once, to whose it is, in two groups', async () => {
    expect(await codeBy(bell)).toMatch(/^\d{3} \d{3}$/)
    const html = await read(bell, '/account/screening')
    expect(html).toContain('A code that you made can be used until')
    expect(html).not.toContain('sg-spoken-code')
    expect(html).toContain('for Year 3, Year 4 only')
  })

  test('is not made for authorities or the operator', async () => {
    const farrow = await visitor('farrow')
    expect(whereTo(await ask(farrow, '/account/screening', {}))).toEqual([303, '/authority'])
    const dot = await visitor('dot')
    expect(whereTo(await ask(dot, '/account/screening'))).toEqual([303, '/operator'])
  })
})

describe('being let in', () => {
  test('shows what Miss Bell sees, under a banner, and no more than she sees', async () => {
    const dot = await dotIsIn()
    const home = await read(dot, '/school')
    expect(home).toContain(
      'in St Botolph’s Primary’s area as support, at the level of a Basic User',
    )
    expect(home).toContain('Everything is recorded')
    const pupils = await read(dot, '/school/pupils')
    expect(pupils).toContain('Adeyemi, Amara')
    expect(pupils).not.toContain('Marsh, Teddy')
    for (const path of ['/school/trail', '/school/imports', '/school/users', '/school/support']) {
      expect((await ask(dot, path)).status).toBe(404)
    }
  })

  test('is of the school’s area: on the operator’s own pages Dot is herself, with a way back in', async () => {
    const dot = await dotIsIn()
    const home = await read(dot, '/operator')
    expect(home).toContain('You are still let in to St Botolph’s Primary’s area')
    expect(home).toContain('href="/school"')
    expect((await ask(dot, '/operator/keys')).status).toBe(404)
  })

  test('asks for a code, a level and a reason, and keeps what was typed but the code', async () => {
    const dot = await visitor('dot')
    const html = await read(dot, screeningPath(), { code: '', reason: 'short' })
    expect(html).toContain('Enter the code that the caller reads out')
    expect(html).toContain('Choose at which level you need to be in')
    expect(html).toContain('at least 10 characters')

    const wrong = await ask(dot, screeningPath(), { code: '111 111', level: 'basic', reason })
    expect(wrong.status).toBe(422)
    const page = await wrong.text()
    expect(page).toContain('That code does not let you in at that level')
    expect(page).toContain(reason)
    expect(page).not.toContain('111 111')
  })

  test('at a level that is none, or an Administrator’s, is refused whatever else is sent', async () => {
    const dot = await visitor('dot')
    const typed = { code: await codeBy(okafor), reason, role: 'administrator', yearGroups: '' }
    for (const level of ['administrator', 'operator-administrator', '']) {
      expect((await ask(dot, screeningPath(), { ...typed, level })).status).toBe(422)
    }
    const answer = await ask(dot, screeningPath(), { ...typed, level: 'basic' })
    expect(whereTo(answer)).toEqual([303, '/school'])
    expect((await ask(dot, '/school/trail')).status).toBe(404)
  })

  test('after ten wrong codes waits', async () => {
    const lately = await visitor('kit')
    const oakfield = `/operator/organisations/${cast.oakfield.id}/screening`
    const typed = { code: '000 000', level: 'theirs', reason }
    for (let tries = 0; tries < 10; tries++) await ask(lately, oakfield, typed)
    const answer = await ask(lately, oakfield, typed)
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, '300'])
  })

  test('is not for Finance, and not into what is no school', async () => {
    const lin = await visitor('lin')
    expect((await ask(lin, screeningPath())).status).toBe(404)
    const dot = await visitor('dot')
    for (const place of [cast.northmoor.id, cast.operator.id, 'org_1', '%00']) {
      expect((await ask(dot, `/operator/organisations/${place}/screening`)).status).toBe(404)
    }
  })

  test('changes the session’s cookie: the one from before is worth nothing', async () => {
    const dot = await visitor('dot')
    const before = { cookie: dot.cookie }
    await ask(dot, screeningPath(), { code: await codeBy(bell), level: 'theirs', reason })
    expect(dot.cookie).not.toBe(before.cookie)
    for (const path of ['/school', '/operator']) {
      expect((await ask({ ...before }, path)).headers.get('Location')).toContain('/sign-in')
    }
  })

  test('what is done there is in the school’s trail, with the level and the leave', async () => {
    const dot = await dotIsIn('theirs', okafor)
    await read(dot, `/school/pupils/${cast.botolphs.pupil('Teddy Marsh')}`)
    const [support] = await directory.db
      .select()
      .from(supportAccesses)
      .where(isNull(supportAccesses.endedAtMs))
    const deeds = await audit.list(cast.botolphs.school, { limit: 20 })
    const theirs = deeds.filter(({ actorId }) => actorId === cast.operator.user('dot'))
    expect(theirs.length).toBeGreaterThan(0)
    expect(theirs[0]).toMatchObject({ actorKind: 'operator' })
    expect(theirs[0]?.facts).toMatchObject({ level: 'operator-basic', access: support?.id })
  })
})

describe('going in with a reason', () => {
  const path = () => `/operator/organisations/${cast.botolphs.id}/entry`

  test('is for Administrators of the operator, who say why', async () => {
    const dot = await visitor('dot')
    expect((await ask(dot, path(), { reason })).status).toBe(404)
    const sol = await visitor('sol')
    expect(await read(sol, path(), { reason: ' too short' })).toContain('at least 10 characters')
    expect(whereTo(await ask(sol, path(), { reason }))).toEqual([303, '/school'])
    expect(await read(sol, '/school')).toContain('at the level of an Administrator')
  })

  test('exports nothing, manages nobody and does not read restrictions for the DSL', async () => {
    const sol = await visitor('sol')
    await ask(sol, path(), { reason })
    const { botolphs } = cast
    const teddy = `/school/pupils/${botolphs.pupil('Teddy Marsh')}`
    const [order] = await people.restrictionsOf(botolphs.school, [botolphs.contact('Dean Marsh')])
    const imported = newId('import')
    for (const shut of [
      '/school/users',
      '/school/support',
      '/school/settings',
      '/school/trail/export',
      `/school/imports/${imported}/rejected.csv`,
      `${teddy}/restrictions`,
      `/school/restrictions/${order?.id}/end`,
    ]) {
      expect([shut, (await ask(sol, shut)).status]).toEqual([shut, 404])
    }
    // What the Administrator herself reads there is not on support's page, and nobody looked at it.
    expect(await read(okafor, teddy)).toContain('Non-molestation order')
    const page = await read(sol, teddy)
    expect(page).toContain('Do not contact Mr Dean Marsh about Teddy')
    expect(page).not.toContain('Non-molestation order')
    expect(page).not.toContain('/school/restrictions/')
    const ended = await ask(sol, `/school/restrictions/${order?.id}/end`, { because: 'expired' })
    expect(ended.status).toBe(404)
    expect(
      await people.findRestriction(botolphs.school, order?.id ?? newId('restriction')),
    ).toMatchObject({
      endedAtMs: null,
    })
  })
})

describe('the school, while support is in', () => {
  test('sees it on every page of its Administrators, and ends it with one press', async () => {
    const dot = await dotIsIn()
    const home = await read(okafor, '/school')
    expect(home).toContain('Schoolgate support is in your school’s area: Dot Ainsley')
    expect(home).toContain(reason)
    const [, end] = /action="(\/school\/support\/sup_\w+\/end)"/.exec(home) ?? []
    const ended = await ask(okafor, end ?? '', {})
    expect([...whereTo(ended), notice(ended)]).toEqual([303, '/school/support', 'support-ended'])

    const out = await ask(dot, '/school/pupils')
    expect([...whereTo(out), notice(out)]).toEqual([303, '/operator', 'support-over'])
    expect(await read(okafor, '/school')).not.toContain('Schoolgate support is in')
  })

  test('whose code it was sees it too, and may end it; others of the school may not', async () => {
    const dot = await dotIsIn()
    const pym = await visitor('pym')
    expect(await read(pym, '/school')).not.toContain('Schoolgate support is in')
    await ask(pym, '/account/screening/end', {})
    expect((await ask(dot, '/school')).status).toBe(200)

    expect(await read(bell, '/school')).toContain('action="/account/screening/end"')
    expect(await read(bell, '/account/screening')).toContain('Support is in your school’s area')
    const ended = await ask(bell, '/account/screening/end', {})
    expect(notice(ended)).toBe('support-ended')
    expect(whereTo(await ask(dot, '/school'))).toEqual([303, '/operator'])
  })

  test('next door sees nothing of it and cannot end it', async () => {
    const dot = await dotIsIn()
    const abara = await visitor('abara')
    expect(await read(abara, '/school')).not.toContain('Dot Ainsley')
    expect(await read(abara, '/school/support')).toContain('Nobody yet')
    const [live] = await directory.db
      .select()
      .from(supportAccesses)
      .where(isNull(supportAccesses.endedAtMs))
    expect((await ask(abara, `/school/support/${live?.id}/end`, {})).status).toBe(404)
    expect((await ask(dot, '/school')).status).toBe(200)
  })

  test('keeps a list of who was in, why, by whose leave and until when', async () => {
    await dotIsIn()
    const html = await read(okafor, '/school/support')
    expect(html).toContain('Dot Ainsley')
    expect(html).toContain('Operator, Basic')
    expect(html).toContain('Miss Clara Bell, by a code')
    expect(html).toContain('In now')
    expect(html).toMatch(/href="\/school\/trail\?access=sup_\w+"/)
  })
})

describe('leaving', () => {
  test('is one press, and the school’s pages are not there any more', async () => {
    const dot = await dotIsIn()
    const left = await ask(dot, '/operator/support/end', {})
    expect([...whereTo(left), notice(left)]).toEqual([303, '/operator', 'support-left'])
    expect((await ask(dot, '/school')).status).toBe(404)
    expect(await read(dot, '/operator')).not.toContain('still let in')
  })

  test('comes by itself after half an hour, with a word about it', async () => {
    const dot = await dotIsIn()
    await directory.db
      .update(supportAccesses)
      .set({ endsAtMs: Date.now() })
      .where(isNull(supportAccesses.endedAtMs))
    const out = await ask(dot, '/school')
    expect([...whereTo(out), notice(out)]).toEqual([303, '/operator', 'support-over'])
  })

  test('comes with the end of the employee’s session', async () => {
    const dot = await dotIsIn()
    const id = cast.operator.user('dot')
    const endedAtMs = Date.now()
    await directory.db.update(sessions).set({ endedAtMs }).where(eq(sessions.userId, id))
    expect((await ask(dot, '/school')).headers.get('Location')).toContain('/sign-in')
  })
})
