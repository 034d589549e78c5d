import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import { invariant, isRefusal } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { MAX_GUESSES } from '#workers/access/throttle.ts'
import { type Env, premisesOf } from '#workers/env.ts'

// Miss Bell was invited to St Botolph's; Mr Sharp to a school that closed since.
const ORIGIN = 'http://schoolgate.test'
const password = 'three hens under a ladder'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let school: School
let visitors = 0
let invited = 0

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  school = await schoolOf('St Botolph’s Primary', 'active')
})

async function schoolOf(name: string, state: schools.ContractState): Promise<School> {
  const by = system('seed')
  const { id } = await schools.create(directory, { kind: 'school', name, state, by })
  const found = await directory.school(id, by)
  invariant(found, 'a school that was created is there')
  return found
}

async function secretFor(to: School = school): Promise<{ secret: string; email: string }> {
  const email = `bell${++invited}@st-botolphs.example`
  const invitee = {
    kind: 'school',
    name: 'Clara Bell',
    email,
    role: 'basic',
    grants: [],
    yearGroups: ['Year 3'],
  } as const
  const sent = await access.invite(directory, to, invitee, async () => [])
  if (isRefusal(sent)) throw new Error(sent.refused)
  return { secret: sent.secret, email }
}

function post(fields: Record<string, string>, from = `198.51.100.${++visitors}`) {
  const headers = { Origin: ORIGIN, 'CF-Connecting-IP': from }
  const body = new URLSearchParams(fields)
  return worker.fetch(
    new Request(`${ORIGIN}/invitation`, { method: 'POST', body, headers, redirect: 'manual' }),
  )
}

const text = async (answer: Response | Promise<Response>) =>
  (await (await answer).text()).replace(/\s+/g, ' ')
const signIn = (email: string) =>
  access.signIn(directory, { email, password, from: `203.0.113.${++visitors}` })

describe('the page that an invitation leads to', () => {
  test('asks for the code, which its link fills in and which can be pasted', async () => {
    const html = await text(worker.fetch(`${ORIGIN}/invitation`))
    expect(html).toContain('data-island="secret-from-fragment"')
    expect(html).toMatch(/<input[^>]*name="secret"[^>]*autocomplete="off"/)
    expect(html).toContain('<form action="/invitation" method="post"')
  })

  test('takes no secret from its address', async () => {
    const { secret } = await secretFor()
    const html = await text(worker.fetch(`${ORIGIN}/invitation?secret=${secret}`))
    expect(html).not.toContain(secret)
    expect(html).toContain('Code from the e-mail')
  })

  test('says who invites whom, as what, and until when; looking opens nothing', async () => {
    const { secret, email } = await secretFor()
    const answer = await post({ secret })
    expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    const html = await text(answer)
    for (const words of ['St Botolph’s Primary', 'Basic User', email, 'Open my account']) {
      expect(html).toContain(words)
    }
    expect(html).toMatch(/name="name"[^>]*value="Clara Bell"/)
    expect(await access.list(directory, school)).toEqual([])
    expect(isRefusal(await signIn(email))).toBe(true)
  })

  test('takes the whole link where that was pasted', async () => {
    const { secret } = await secretFor()
    const answer = await post({ secret: ` ${ORIGIN}/invitation#${secret} ` })
    expect(await text(answer)).toContain('Choose a password')
  })
})

describe('choosing a password', () => {
  test('opens the account once, signs nobody in, and says so where one signs in', async () => {
    const { secret, email } = await secretFor()
    const answer = await post({ secret, name: ' Miss  Clara Bell', password })
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/sign-in'])
    const cookies = answer.headers.getSetCookie().join()
    expect(cookies).toContain('invitation-accepted')
    expect(cookies).not.toContain('__Host-session')
    const signedIn = await signIn(email)
    expect(signedIn).toMatchObject({ user: { name: 'Miss Clara Bell', role: 'basic' } })

    const again = await post({ secret, name: 'Mallory', password: 'another long password' })
    expect(again.status).toBe(422)
    expect(await text(again)).toContain('This invitation does not work')
  })

  test('twice at the same moment opens one account', async () => {
    const { secret, email } = await secretFor()
    const answers = await Promise.all([1, 2].map(() => post({ secret, name: 'Bell', password })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422])
    const all = await access.list(directory, school)
    expect(all.filter((one) => one.email === email)).toHaveLength(1)
  })

  test('changes nothing that was chosen by who invited, whatever the form carries', async () => {
    const { secret, email } = await secretFor()
    const more = { role: 'administrator', grants: 'safeguarding', years: '*', email: 'm@x.test' }
    await post({ secret, name: 'Bell', password, ...more })
    const all = await access.list(directory, school)
    expect(all.find((one) => one.email === email)).toMatchObject({
      role: 'basic',
      grants: [],
      yearGroups: ['Year 3'],
    })
    expect(all.some((one) => one.email === more.email)).toBe(false)
  })

  type Wrong = { name?: string; password?: string }
  test.each<[string, Wrong, string, string]>([
    ['short', { password: 'elevenchars' }, 'password', '12 characters or more'],
    ['missing', { password: '' }, 'password', '12 characters or more'],
    ['endless', { password: 'x'.repeat(1_001) }, 'password', 'Enter a shorter password'],
    ['made of the school’s name', { password: 'St Botolph’s Primary!' }, 'password', 'made of'],
    ['without a name', { name: '  ' }, 'name', 'Enter your name'],
    ['with an endless name', { name: 'x'.repeat(101) }, 'name', 'at most 100'],
  ])('is refused where it is %s, and can be tried again', async (_, wrong, field, sentence) => {
    const { secret, email } = await secretFor()
    const answer = await post({ secret, name: 'Miss Bell', password, ...wrong })
    const html = await text(answer)
    expect(answer.status).toBe(422)
    expect(html).toContain(`href="#${field}"`)
    expect(html).toContain(sentence)
    if (wrong.password) expect(html).not.toContain(wrong.password)
    expect(isRefusal(await signIn(email))).toBe(true)
    expect((await post({ secret, name: 'Miss Bell', password })).status).toBe(303)
  })
})

describe('a code that does not work', () => {
  test('is answered in one sentence, unknown, used, withdrawn, or of a closed school', async () => {
    const used = await secretFor()
    await post({ secret: used.secret, name: 'Miss Bell', password })
    const withdrawn = await secretFor()
    const [waiting] = await access.listInvitations(directory, school)
    invariant(waiting?.email === withdrawn.email, 'the newest comes first')
    await access.withdrawInvitation(directory, school, waiting.id)
    const closed = await secretFor(await schoolOf('Closed Infants', 'locked'))

    const pages: string[] = []
    for (const secret of ['', 'A'.repeat(43), '<b>', ...[used, withdrawn, closed].map(codeOf)]) {
      const answer = await post({ secret })
      expect(answer.status).toBe(422)
      const html = await text(answer)
      expect(html).toContain('Ask whoever invited you to send it again')
      if (secret !== '') expect(html).not.toContain(secret)
      pages.push(html.replace(/nonce="[^"]*"/g, ''))
    }
    expect(new Set(pages).size).toBe(1)
    const late = await post({ secret: closed.secret, name: 'Mr Sharp', password })
    expect(late.status).toBe(422)
  })

  const codeOf = ({ secret }: { secret: string }) => secret

  test('is not found by trying: after ten from one network even the right one waits', async () => {
    const { secret } = await secretFor()
    const from = '203.0.113.250'
    for (let count = 0; count < MAX_GUESSES; count++) {
      expect((await post({ secret: `${count}`.padEnd(43, 'A') }, from)).status).toBe(422)
    }
    const answer = await post({ secret }, from)
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, '300'])
    expect((await post({ secret })).status).toBe(200)
  })
})
