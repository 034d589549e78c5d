import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import { isRefusal } from '#kernel'
import { Directory } from '#shards'
import { sessions } from '#workers/access/directory-tables.ts'
import { codeAt, stepAt } from '#workers/access/factors/totp.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { type Account, type CastUser, castUsers } from '../../test/cast/accounts.ts'
import { passkeyDevice } from '../../test/cast/passkey-device.ts'
import { type Cast, settle } from '../../test/cast/settle.ts'

// All but Miss Bell have an app; Mr New, an Administrator, comes for the first time.
const ORIGIN = 'http://schoolgate.test'
const PARTY = { origin: ORIGIN, host: 'schoolgate.test' }
const password = 'a gate left ajar'
const totp = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let cast: Cast
let visitors = 0

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  cast = await settle(directory, { password, totp })
})

/** A browser: it keeps its cookie, and goes where it is sent only when it is told. */
function browser() {
  let cookie = ''
  const from = `198.51.100.${++visitors}`
  const ask = async (path: string, form?: Record<string, string>) => {
    const response = await worker.fetch(
      new Request(`${ORIGIN}${path}`, {
        headers: { Origin: ORIGIN, Cookie: cookie, 'CF-Connecting-IP': from },
        redirect: 'manual',
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      }),
    )
    const set = response.headers.getSetCookie().find((one) => one.startsWith('__Host-session='))
    if (set) cookie = set.split(';')[0] ?? ''
    return response
  }
  const read = async (path: string) => (await (await ask(path)).text()).replace(/\s+/g, ' ')
  return { ask, read, cookie: () => cookie, steal: (stolen: string) => (cookie = stolen) }
}

const to = (response: Response) => [response.status, response.headers.get('Location')]
const codeNow = (steps = 0) => codeAt(totp, stepAt(Date.now()) + steps)

async function atSecondStep(name: CastUser, next?: string) {
  const one = browser()
  const { email }: Account = castUsers[name]
  const entered = await one.ask('/sign-in', { email, password, ...(next && { next }) })
  return { ...one, entered }
}

const challengeIn = async (response: Response) =>
  ((await response.json()) as { challenge: string }).challenge

describe('after the password', () => {
  test('whoever has a second factor is asked for it, and no page opens before', async () => {
    const okafor = await atSecondStep('okafor', '/school/pupils')
    expect(to(okafor.entered)).toEqual([303, '/account/second-factor?next=%2Fschool%2Fpupils'])
    const before = okafor.cookie()
    for (const path of ['/school', '/school/pupils', '/account', '/account/factors']) {
      expect((await okafor.ask(path)).headers.get('Location')).toMatch(/^\/account\/second-factor/)
    }
    expect((await okafor.ask('/account/enrolment')).headers.get('Location')).toMatch(
      /^\/account\/second-factor/,
    )
    const html = await okafor.read('/account/second-factor?next=%2Fschool%2Fpupils')
    expect(html).toContain('Second step of signing in</h1>')
    expect(html).toMatch(/name="code"[^>]*autocomplete="one-time-code"/)
    expect(html).toContain('name="next" value="/school/pupils"')
    expect(html).toContain('Sign out')
    expect(html).not.toContain('aria-label="Main"')

    const form = { by: 'totp', code: codeNow(), next: '/school/pupils' }
    expect(to(await okafor.ask('/account/second-factor', form))).toEqual([303, '/school/pupils'])
    expect(okafor.cookie()).not.toBe(before)
    expect((await okafor.ask('/school/pupils')).status).toBe(200)
    okafor.steal(before)
    expect((await okafor.ask('/school/pupils')).headers.get('Location')).toMatch(/^\/sign-in/)
  })

  test('whoever needs none goes straight on', async () => {
    const bell = await atSecondStep('bell')
    expect(to(bell.entered)).toEqual([303, '/school'])
    expect(to(await bell.ask('/account/second-factor'))).toEqual([303, '/school'])
  })

  test('a wrong code is said at the field and at the top, and so is a missing one', async () => {
    const pym = await atSecondStep('pym')
    const wrong = await pym.ask('/account/second-factor', { by: 'totp', code: '12', next: '/evil' })
    const html = await wrong.text()
    expect(wrong.status).toBe(422)
    expect(html).toContain('href="#code"')
    expect(html).toContain('id="code-error"')
    expect(html).toContain('<title>Error: Second step')
    const none = await pym.ask('/account/second-factor', { by: 'recovery-code' })
    expect(await none.text()).toContain('Enter one of your recovery codes')
    const lie = await pym.ask('/account/second-factor', { by: 'password', password })
    expect(lie.status).toBe(422)
  })

  test('leads to no other site, nor into another area', async () => {
    for (const [next, at] of [
      ['//evil.example', 0],
      ['/operator', 1],
    ] as const) {
      const abara = await atSecondStep('abara', next)
      expect(to(abara.entered)).toEqual([303, '/account/second-factor?next=%2Fschool'])
      const form = { by: 'totp', code: codeNow(at), next }
      expect(to(await abara.ask('/account/second-factor', form))).toEqual([303, '/school'])
    }
  })

  test('somebody may give up and sign out', async () => {
    const lin = await atSecondStep('lin')
    expect(to(await lin.ask('/sign-out', {}))).toEqual([303, '/sign-in'])
    expect((await lin.ask('/account/second-factor')).headers.get('Location')).toMatch(/^\/sign-in/)
  })

  test('too many tries are told so', async () => {
    const dot = await atSecondStep('dot')
    const tries = async () => (await dot.ask('/account/second-factor', { code: '000000' })).status
    for (let count = 0; count < 10; count++) expect(await tries()).toBe(422)
    expect(await tries()).toBe(429)
  })
})

describe('who must have a second factor and has none', () => {
  const email = 'new@st-botolphs.example'
  const mrNew = async () => {
    const one = browser()
    const entered = await one.ask('/sign-in', { email, password })
    return { ...one, entered }
  }
  beforeAll(async () => {
    const details = { role: 'administrator', name: 'Mr Noel New', email, password } as const
    expect(isRefusal(await access.addUser(directory, cast.botolphs.school, details))).toBe(false)
  })

  test('sets an app up with the key of the page, which an error does not change', async () => {
    const one = await mrNew()
    expect(to(one.entered)).toEqual([303, '/account/enrolment?next=%2Fschool'])
    const html = await one.read('/account/enrolment?next=%2Fschool')
    const wrong = await one.ask('/account/enrolment', {
      kind: 'app',
      proposal: /name="proposal" value="([^"]+)"/.exec(html)?.[1] ?? '',
      code: '000000',
    })
    const again = (await wrong.text()).replace(/\s+/g, ' ')
    const keyIn = (page: string) => /<code>([A-Z2-7 ]{39})<\/code>/.exec(page)?.[1]
    expect(wrong.status).toBe(422)
    expect(keyIn(again)).toBe(keyIn(html))
    expect(html).toContain('aria-label="QR code to scan with your authenticator app"')

    const secret = keyIn(html)?.replaceAll(' ', '') ?? ''
    const form = {
      kind: 'app',
      proposal: /name="proposal" value="([^"]+)"/.exec(again)?.[1] ?? '',
      code: codeAt(secret, stepAt(Date.now())),
      next: '/school',
    }
    const before = one.cookie()
    const done = await one.ask('/account/enrolment', form)
    const codes = (await done.text()).match(/[0-9A-Z]{5}-[0-9A-Z]{5}(?=<\/code>)/g) ?? []
    expect(done.status).toBe(200)
    expect(new Set(codes).size).toBe(10)
    expect(one.cookie()).not.toBe(before)
    expect((await one.ask('/school')).status).toBe(200)
    // Loading the page of codes again sends the form again, which then leads on.
    expect(to(await one.ask('/account/enrolment', form))).toEqual([303, '/school'])

    const lost = await mrNew()
    const used = { by: 'recovery-code', recovery: codes[4]?.toLowerCase() ?? '' }
    expect(to(await lost.ask('/account/second-factor', used))).toEqual([303, '/account/factors'])
    expect(await lost.read('/account/factors')).toContain('9 are left.')
    expect(await lost.read('/account')).toContain('An authenticator app; 9 recovery codes left')
  })
})

describe('a passkey by the pages', () => {
  test('is added, used at the second step, and removed', async () => {
    const device = passkeyDevice()
    const farrow = await atSecondStep('farrow')
    await farrow.ask('/account/second-factor', { by: 'totp', code: codeNow() })
    const asked = {
      challenge: await challengeIn(await farrow.ask('/account/challenges', { purpose: 'enrol' })),
      ...PARTY,
    }
    const added = await farrow.ask('/account/factors/passkey', {
      kind: 'passkey',
      name: 'Council laptop',
      passkey: device.made(asked),
    })
    expect(to(added)).toEqual([303, '/account/factors'])
    expect(await farrow.read('/account/factors')).toContain('Council laptop')

    const again = await atSecondStep('farrow')
    const refused = await again.ask('/account/challenges', { purpose: 'enrol' })
    expect(refused.status).toBe(404)
    const verify = await again.ask('/account/challenges', { purpose: 'verify' })
    const passkey = device.signed({ challenge: await challengeIn(verify), ...PARTY })
    const through = await again.ask('/account/second-factor', { by: 'passkey', passkey })
    expect(to(through)).toEqual([303, '/authority'])

    const list = await again.read('/account/factors')
    const [path = ''] = /\/account\/factors\/removal\?factor=pky_\w+/.exec(list) ?? []
    expect(await again.read(path)).toContain('Council laptop')
    const factor = new URL(path, ORIGIN).searchParams.get('factor') ?? ''
    expect(to(await again.ask('/account/factors/removal', { factor }))).toEqual([
      303,
      '/account/factors',
    ])
    expect(await again.read('/account/factors')).toContain('No passkeys')
    const last = await again.ask('/account/factors/removal', { factor: 'app' })
    expect(last.status).toBe(422)
    expect(await last.text()).toContain('the only one you have')
  })
})

describe('a step-up', () => {
  const proveLongAgo = (cookie: string) =>
    directory.db
      .update(sessions)
      .set({ confirmedAtMs: Date.now() - access.CONFIRMED_FOR_MS })
      .then(() => cookie)

  test('is asked where the last proof is too old, and leads back', async () => {
    const sol = await atSecondStep('sol')
    await sol.ask('/account/second-factor', { by: 'totp', code: codeNow() })
    expect((await sol.ask('/account/factors')).status).toBe(200)
    const before = await proveLongAgo(sol.cookie())
    expect(to(await sol.ask('/account/factors'))).toEqual([
      303,
      '/account/confirmation?next=%2Faccount%2Ffactors',
    ])
    const posted = await sol.ask('/account/recovery-codes', {})
    expect(to(posted)).toEqual([
      303,
      '/account/confirmation?next=%2Faccount%2Frecovery-codes&sent=yes',
    ])
    const asked = await sol.read(to(posted)[1] as string)
    expect(asked).toContain('What you sent has not been done')
    expect(asked).toContain('<input type="hidden" name="sent" value="yes"')

    const form = { by: 'totp', code: codeNow(1), next: '/account/factors' }
    const wrong = await sol.ask('/account/confirmation', { ...form, code: 'x', sent: 'yes' })
    expect(await wrong.text()).toContain('<input type="hidden" name="sent" value="yes"')
    const back = await sol.ask('/account/confirmation', { ...form, sent: 'yes' })
    expect(to(back)).toEqual([303, '/account/factors'])
    expect(back.headers.get('Set-Cookie')).toContain('__Host-notice=send-again')
    expect((await sol.ask('/account/factors')).status).toBe(200)
    sol.steal(before)
    expect((await sol.ask('/account/factors')).headers.get('Location')).toMatch(/^\/sign-in/)
  })

  test('asks those without a second factor for their password', async () => {
    const bell = await atSecondStep('bell')
    await proveLongAgo('')
    expect(await bell.read('/account/confirmation')).toContain('Your password')
    const wrong = { by: 'password', password: 'a gate left open', next: '/account/factors' }
    const answer = await bell.ask('/account/confirmation', wrong)
    expect(answer.status).toBe(422)
    expect(await answer.text()).not.toContain('left open')
    const right = { ...wrong, password }
    expect(to(await bell.ask('/account/confirmation', right))).toEqual([303, '/account/factors'])
    expect((await bell.ask('/account/factors')).status).toBe(200)
  })
})

describe('a colleague’s two-step sign-in', () => {
  test('is reset by the Administrator, who is asked first, and not by oneself', async () => {
    const okafor = await atSecondStep('okafor')
    await okafor.ask('/account/second-factor', { by: 'totp', code: codeNow(1) })
    const path = (name: CastUser) => `/school/users/${cast.botolphs.user(name)}/factors`
    expect(await okafor.read(path('pym'))).toContain('Mr Arthur Pym')
    const own = await okafor.ask(path('okafor'), {})
    expect([own.status, (await own.text()).includes('Another Administrator can')]).toEqual([
      409,
      true,
    ])
    const done = await okafor.ask(path('pym'), {})
    expect(to(done)).toEqual([303, `/school/users/${cast.botolphs.user('pym')}`])
    expect(to((await atSecondStep('pym')).entered)).toEqual([
      303,
      '/account/enrolment?next=%2Fschool',
    ])
    const abaras = `/school/users/${cast.oakfield.user('abara')}/factors`
    expect((await okafor.ask(abaras, {})).status).toBe(404)
  })
})
