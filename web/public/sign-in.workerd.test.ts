import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import { millipence } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { guessed, MAX_GUESSES } from '#workers/access/throttle.ts'
import { type Env, premisesOf } from '#workers/env.ts'

// Miss Bell of St Botolph's, a Basic User, signs in and out; Mr Sharp's school is closed.
const ORIGIN = 'http://schoolgate.test'
const password = 'a gate left ajar'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let visitors = 0

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  const botolphs = await school('St Botolph’s Primary', 'active')
  const closed = await school('Closed Infants', 'locked')
  await account(botolphs, 'bell@st-botolphs.example', 'Miss Clara Bell')
  await account(closed, 'sharp@closed.example', 'Mr Sam Sharp')
})

async function school(name: string, state: schools.ContractState): Promise<School> {
  const by = system('seed')
  const details = { kind: 'school', name, state, smsPriceMillipence: millipence(2.4), by } as const
  const { id } = await schools.create(directory, details)
  return (await directory.school(id, by)) as School
}

const account = (of: School, email: string, name: string) =>
  access.addUser(directory, of, { role: 'basic', email, name, password })

const typed = { email: 'bell@st-botolphs.example', password }

function signIn(fields: Record<string, string>, cookie = '', from = `198.51.100.${++visitors}`) {
  const headers = { Origin: ORIGIN, Cookie: cookie, 'CF-Connecting-IP': from }
  return send('/sign-in', { method: 'POST', body: new URLSearchParams(fields), headers })
}

const send = (path: string, init: RequestInit = {}) =>
  worker.fetch(new Request(`${ORIGIN}${path}`, { ...init, redirect: 'manual' }))

const as = (cookie: string, path: string, method = 'GET') =>
  send(path, { method, headers: { Cookie: cookie, Origin: ORIGIN } })

const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .find((one) => one.startsWith('__Host-session='))
    ?.split(';')[0] ?? ''

const whereTo = (response: Response) => [response.status, response.headers.get('Location')]

describe('the sign-in page', () => {
  test('asks for address and password, by labels and names that password keepers know', async () => {
    const response = await send('/sign-in')
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(html).toContain('Sign in to Schoolgate</h1>')
    expect(html).toMatch(/name="email"[^>]*autocomplete="username"/)
    expect(html).toMatch(/name="password"[^>]*autocomplete="current-password"/)
    expect(html).not.toContain('There is a problem')
  })

  test('cannot be framed, sniffed or kept', async () => {
    const { headers } = await send('/sign-in')
    expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('Content-Security-Policy')).toContain("form-action 'self'")
    expect(headers.get('X-Frame-Options')).toBe('DENY')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Cache-Control')).toBe('no-store')
  })

  test('sends who is signed in to their own area', async () => {
    const cookie = cookieOf(await signIn(typed))
    expect(whereTo(await as(cookie, '/sign-in'))).toEqual([303, '/school'])
    expect(whereTo(await as(cookie, '/'))).toEqual([303, '/school'])
    expect(whereTo(await send('/'))).toEqual([303, '/sign-in'])
  })

  test('says what is missing at the field and at the top, and keeps what was typed', async () => {
    const response = await signIn({ email: 'bell@st-botolphs.example', password: '' })
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(html).toContain('href="#password"')
    expect(html).toContain('id="password-error"')
    expect(html).toContain('value="bell@st-botolphs.example"')
    expect(html).toContain('<title>Error: Sign in')
  })

  test('does not give a password back', async () => {
    const response = await signIn({ email: '', password: 'a secret slipped out' })
    expect(await response.text()).not.toContain('slipped')
  })

  test('shows what was typed as text, never as markup', async () => {
    const html = await (
      await signIn({ email: '"><script>alert(1)</script>', password: 'x' })
    ).text()
    expect(html).not.toContain('<script>alert')
  })

  test('says the same for a wrong password and for no account', async () => {
    const wrong = await signIn({ ...typed, password: 'a gate left open' })
    const none = await signIn({ email: 'none@st-botolphs.example', password })
    const [one, other] = [await wrong.text(), await none.text()]
    expect([wrong.status, none.status]).toEqual([422, 422])
    expect(summary(one)).toContain('One of them is not right')
    expect(summary(one)).toBe(summary(other))
  })

  const summary = (html: string) =>
    /<ul class="[^"]*error-summary__list">.*?<\/ul>/s.exec(html)?.[0]

  test('asks to wait after ten wrong tries from one place', async () => {
    const from = '203.0.113.77'
    for (let count = 1; count < MAX_GUESSES; count++)
      await guessed(directory, 'x@example.com', from)
    expect((await signIn({ ...typed, password: 'a gate left open' }, '', from)).status).toBe(422)
    const response = await signIn(typed, '', from)
    expect(response.status).toBe(429)
    expect(response.headers.get('Retry-After')).toBe('300')
    expect(await response.text()).toContain('Wait 5 minutes')
  })

  test('tells the people of a closed school so, once they have shown who they are', async () => {
    const response = await signIn({ email: 'sharp@closed.example', password })
    expect(response.status).toBe(403)
    expect(cookieOf(response)).toBe('')
    expect(await response.text()).toContain('account is closed')
    const guess = await signIn({ email: 'sharp@closed.example', password: 'a gate left open' })
    expect(await guess.text()).not.toContain('closed</a>')
  })
})

describe('a session', () => {
  test('is kept in a cookie that scripts, other hosts and plain HTTP do not get', async () => {
    const [set] = (await signIn(typed)).headers.getSetCookie()
    expect(set).toMatch(/^__Host-session=[\w-]{43};/)
    for (const word of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(set).toContain(word)
    expect(set).not.toContain('Domain')
  })

  test('planted before signing in is worth nothing after', async () => {
    const planted = `__Host-session=${'A'.repeat(43)}`
    const cookie = cookieOf(await signIn(typed, planted))
    expect(cookie).not.toBe(planted)
    expect(whereTo(await as(planted, '/'))).toEqual([303, '/sign-in'])
  })

  test('is replaced by the next, and the one before is over', async () => {
    const before = cookieOf(await signIn(typed))
    const after = cookieOf(await signIn(typed, before))
    expect(whereTo(await as(before, '/'))).toEqual([303, '/sign-in'])
    expect(whereTo(await as(after, '/'))).toEqual([303, '/school'])
  })

  test('is over at sign-out, for a stolen copy too', async () => {
    const cookie = cookieOf(await signIn(typed))
    const out = await as(cookie, '/sign-out', 'POST')
    expect(whereTo(out)).toEqual([303, '/sign-in'])
    expect(out.headers.getSetCookie().join()).toMatch(/__Host-session=;[^,]*Max-Age=0/)
    expect(whereTo(await as(cookie, '/'))).toEqual([303, '/sign-in'])
    const notice = out.headers.getSetCookie().find((one) => one.startsWith('__Host-notice'))
    const next = await as(notice?.split(';')[0] ?? '', '/sign-in')
    expect(await next.text()).toContain('You are signed out.')
  })
})

describe('where it leads', () => {
  test('is the page that was asked for', async () => {
    const asked = await send('/school/trail')
    expect(whereTo(asked)).toEqual([303, '/sign-in?next=%2Fschool%2Ftrail'])
    const html = await (await send('/sign-in?next=%2Fschool%2Ftrail')).text()
    expect(html).toContain('name="next" value="/school/trail"')
    const response = await signIn({ ...typed, next: '/school/trail' })
    expect(whereTo(response)).toEqual([303, '/school/trail'])
  })

  test.each(['//evil.example', '/operator'])('is never %s', async (next) => {
    expect(whereTo(await signIn({ ...typed, next }))).toEqual([303, '/school'])
  })

  test('says nothing of a page to who may not see it', async () => {
    const cookie = cookieOf(await signIn(typed))
    const there = await as(cookie, '/operator/dead-letters')
    const nowhere = await as(cookie, '/operator/no-such-page')
    expect([there.status, nowhere.status]).toEqual([404, 404])
  })
})

describe('for everyone', () => {
  test('/healthz says that we are well, and nothing else', async () => {
    const response = await send('/healthz')
    expect([response.status, await response.text()]).toEqual([200, 'ok'])
  })

  test('the privacy notice claims no boundary that cannot be had', async () => {
    const html = await (await send('/privacy')).text()
    expect(html).toContain('Privacy notice</h1>')
    expect(html).toMatch(/no\s+such boundary for the United Kingdom/)
    expect(html).toContain('must not hold data about real people')
  })
})
