import { env, exports } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as access from '#access'
import { invariant, isRefusal, type UserId } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { sessions, users } from '#workers/access/directory-tables.ts'
import { organisations } from '#workers/schools/directory-tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'

// Miss Bell, a Basic User of Years 3 and 4, looks after her account. A new one for each test.
const ORIGIN = 'http://schoolgate.test'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0'
const DAY_MS = 24 * 60 * 60_000
const password = 'a gate left ajar'
const wanted = 'three brown teapots'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let school: School
let bell: { id: UserId; email: string }
let bells = 0
let visitors = 0

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  const by = system('seed')
  const details = { kind: 'school', name: 'St Botolph’s Primary', by } as const
  const made = await directory.school((await schools.create(directory, details)).id, by)
  invariant(made, 'a school that was created has a shard')
  school = made
})

beforeEach(async () => {
  const email = `bell${++bells}@st-botolphs.example`
  const yearGroups = ['Year 3', 'Year 4']
  const details = { role: 'basic', name: 'Miss Clara Bell', email, password, yearGroups } as const
  const id = await access.addUser(directory, school, { ...details, yearGroups })
  invariant(!isRefusal(id), 'an account is not refused')
  bell = { id, email }
})

const send = (path: string, cookie: string, fields?: Record<string, string>) =>
  worker.fetch(
    new Request(`${ORIGIN}${path}`, {
      method: fields ? 'POST' : 'GET',
      headers: {
        Origin: ORIGIN,
        Cookie: cookie,
        'User-Agent': FIREFOX,
        'CF-IPCountry': 'GB',
        'CF-Connecting-IP': `198.51.100.${++visitors}`,
      },
      ...(fields && { body: new URLSearchParams(fields) }),
      redirect: 'manual',
    }),
  )
const text = async (answer: Response) => (await answer.text()).replace(/\s+/g, ' ')
const whereTo = ({ status, headers }: Response) => [status, headers.get('Location')]
const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .find((one) => one.startsWith('__Host-session='))
    ?.split(';')[0] ?? ''
const signIn = async (typed = password) =>
  cookieOf(await send('/sign-in', '', { email: bell.email, password: typed }))
const isIn = async (cookie: string) => (await send('/account', cookie)).status === 200

describe('the account', () => {
  test('shows who one is here and what guards it, and the header leads to it', async () => {
    const html = await text(await send('/account', await signIn()))
    for (const words of [
      'Miss Clara Bell',
      bell.email,
      'Basic User',
      'Year 3, Year 4',
      'Here only',
    ])
      expect(html).toContain(words)
    for (const path of ['/account/password', '/account/factors', '/account/sessions'])
      expect(html).toContain(`href="${path}"`)
    expect(html).toContain('href="/account/screening"')
    expect(html).toMatch(/class="sg-header__account" href="\/account"/)
  })

  test('says when the password is to be changed, where it is', async () => {
    const set = (passwordDays: number | null) =>
      directory.db
        .update(organisations)
        .set({ passwordDays })
        .where(eq(organisations.id, school.id))
    const passwordChangedAtMs = Date.now() - 80 * DAY_MS
    await directory.db.update(users).set({ passwordChangedAtMs }).where(eq(users.id, bell.id))
    await set(90)
    const cookie = await signIn()
    expect(await text(await send('/account', cookie))).toContain('. To be changed by ')
    await set(null)
    expect(await text(await send('/account', cookie))).not.toContain('To be changed by')
  })
})

describe('changing the password', () => {
  test('gives this browser a new cookie; the old one and every other are worth nothing', async () => {
    const [mine, elsewhere] = [await signIn(), await signIn()]
    const done = await send('/account/password', mine, { current: password, password: wanted })
    expect(whereTo(done)).toEqual([303, '/account'])
    const fresh = cookieOf(done)
    expect(fresh).toMatch(/^__Host-session=[\w-]{43}$/)
    expect(fresh).not.toBe(mine)
    expect([await isIn(mine), await isIn(elsewhere), await isIn(fresh)]).toEqual([
      false,
      false,
      true,
    ])
    expect(await signIn()).toBe('')
    expect(await signIn(wanted)).not.toBe('')
  })

  test.each([
    [{ current: '', password: wanted }, 'Enter the password you have now', 'current'],
    [{ current: password, password: '' }, 'Enter a new password', 'password'],
    [{ current: 'not that one at all', password: wanted }, 'That is not the password', 'current'],
    [{ current: password, password: 'too short' }, 'Enter a password of 12', 'password'],
    [{ current: password, password: 'StBotolphsPrimary1' }, 'a name that others know', 'password'],
    [{ current: password, password: 'qwertyuiop123' }, 'easy to guess', 'password'],
    [{ current: password, password }, 'the password you have now. Choose', 'password'],
  ])('%j is refused at its field, and no password comes back', async (typed, words, field) => {
    const cookie = await signIn()
    const answer = await send('/account/password', cookie, typed)
    const html = await text(answer)
    expect(answer.status).toBe(422)
    expect(html).toContain(`href="#${field}"`)
    expect(html).toContain(words)
    expect(html).not.toMatch(/type="password"[^>]* value=/)
    expect(await isIn(cookie)).toBe(true)
  })
})

describe('a password that may not stay', () => {
  beforeEach(async () => {
    const change = { passwordChange: 'forced' as const }
    await directory.db.update(users).set(change).where(eq(users.id, bell.id))
  })

  test('is changed before any page is seen, under a new cookie, and then the page asked for', async () => {
    const cookie = await signIn()
    const asked = '/account/new-password?next=%2Fschool%2Fpupils'
    expect(whereTo(await send('/school/pupils', cookie))).toEqual([303, asked])
    expect(whereTo(await send('/account/password', cookie))[1]).toMatch(/^\/account\/new-password/)
    const html = await text(await send(asked, cookie))
    expect(html).toContain('Your Administrator asks you to choose a new password')
    expect(html).toContain('name="next" value="/school/pupils"')

    const done = await send('/account/new-password', cookie, {
      password: wanted,
      next: '/school/pupils',
    })
    expect(whereTo(done)).toEqual([303, '/school/pupils'])
    expect(await isIn(cookie)).toBe(false)
    expect(await isIn(cookieOf(done))).toBe(true)
  })

  test('is not changed to itself, and leads nowhere else', async () => {
    const cookie = await signIn()
    const same = await send('/account/new-password', cookie, { password })
    expect([same.status, await text(same)]).toEqual([422, expect.stringContaining('you have now')])
    const next = '//evil.example'
    const done = await send('/account/new-password', cookie, { password: wanted, next })
    expect(whereTo(done)).toEqual([303, '/school'])
  })

  test('whoever need not, is asked for the one they have', async () => {
    await directory.db.update(users).set({ passwordChange: null }).where(eq(users.id, bell.id))
    const cookie = await signIn()
    const posted = await send('/account/new-password', cookie, { password: wanted })
    expect(whereTo(posted)).toEqual([303, '/account/password'])
    expect(await signIn()).not.toBe('')
  })
})

describe('sessions', () => {
  test('are shown with device and place, this one marked', async () => {
    const cookie = await signIn()
    const html = await text(await send('/account/sessions', cookie))
    expect(html).toMatch(/Firefox on Windows <strong[^>]*> ?This one/)
    expect(html).toMatch(/GB, network [\w-]{8}</)
    expect(html).toContain('You are signed in nowhere else.')
    expect(html).not.toContain('198.51.100')
  })

  test('one is ended, and all others', async () => {
    const [mine, one, other] = [await signIn(), await signIn(), await signIn()]
    const html = await text(await send('/account/sessions', mine))
    const ids = [...html.matchAll(/name="end" value="(ses_\w+)"/g)].map(([, id]) => id ?? '')
    expect(ids).toHaveLength(2)
    await send('/account/sessions', mine, { end: ids[0] ?? '' })
    expect([await isIn(one), await isIn(other)].filter(Boolean)).toHaveLength(1)
    expect(await isIn(mine)).toBe(true)
    await send('/account/sessions', mine, { end: 'others' })
    expect([await isIn(one), await isIn(other), await isIn(mine)]).toEqual([false, false, true])
  })

  test('of a colleague are not touched, whatever is posted', async () => {
    const mine = await signIn()
    bell = { ...bell, email: `bell${bells - 1}@st-botolphs.example` }
    const colleague = await signIn()
    const all = await directory.db.select().from(sessions)
    const theirs = all.filter(({ userId, endedAtMs }) => userId !== bell.id && endedAtMs === null)
    expect(theirs.length).toBeGreaterThan(0)
    for (const end of [...theirs.map(({ id }) => id), 'x', '', 'ses_1']) {
      await send('/account/sessions', mine, { end })
    }
    expect([await isIn(colleague), await isIn(mine)]).toEqual([true, true])
  })
})
