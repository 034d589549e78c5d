import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import * as access from '#access'
import { invariant, isRefusal } from '#kernel'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { MAX_GUESSES } from '#workers/access/throttle.ts'
import { parcels } from '#workers/delivery/tables.ts'
import { type Env, premisesOf } from '#workers/env.ts'

// Miss Bell forgot her password. Mr Rook is suspended; Mr Sharp's school is locked.
const ORIGIN = 'http://schoolgate.test'
const password = 'a gate left ajar'
const wanted = 'three brown teapots'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let botolphs: School
let closed: School
let visitors = 0

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  botolphs = await school('St Botolph’s Primary', 'active')
  closed = await school('Closed Infants', 'locked')
  await account(botolphs, 'bell@st-botolphs.example', 'Miss Clara Bell')
  await account(closed, 'sharp@closed.example', 'Mr Sam Sharp')
  const rook = await account(botolphs, 'rook@st-botolphs.example', 'Mr Ivor Rook')
  await access.suspend(directory, botolphs, rook)
})

async function school(name: string, state: schools.ContractState): Promise<School> {
  const by = system('seed')
  const { id } = await schools.create(directory, { kind: 'school', name, state, by })
  const made = await directory.school(id, by)
  invariant(made, 'a school that was created has a shard')
  return made
}

async function account(of: School, email: string, name: string) {
  const added = await access.addUser(directory, of, { role: 'basic', email, name, password })
  invariant(!isRefusal(added), 'an account is not refused')
  return added
}

const send = (path: string, fields?: Record<string, string>, more: Record<string, string> = {}) =>
  worker.fetch(
    new Request(`${ORIGIN}${path}`, {
      method: fields ? 'POST' : 'GET',
      headers: { Origin: ORIGIN, 'CF-Connecting-IP': `198.51.100.${++visitors}`, ...more },
      ...(fields && { body: new URLSearchParams(fields) }),
      redirect: 'manual',
    }),
  )

/** A page without what is random in each. */
async function said(answer: Response) {
  const secrets = /nonce="[^"]*"|nonce-[\w+/=-]+|req_\w+/g
  const headers = Object.fromEntries(
    [...answer.headers]
      .filter(([name]) => name !== 'x-request-id')
      .map(([name, value]) => [name, value.replace(secrets, '')]),
  )
  return { status: answer.status, headers, text: (await answer.text()).replace(secrets, '') }
}

async function letters(of: School) {
  const rows = await of.db.select().from(parcels)
  const own = rows.filter(({ schoolId }) => schoolId === of.id)
  return Promise.all(own.map(({ id, content }) => of.open(parcels.content, id, content)))
}

/** The secret of the letter that comes after so many; it is written after the answer. */
async function secretAfter(count: number): Promise<string> {
  await vi.waitFor(async () => expect(await letters(botolphs)).toHaveLength(count + 1), 5_000)
  const texts = (await letters(botolphs)).map(({ text }) => text)
  const found = texts.flatMap((text) => /\/new-password#([\w-]{43})\n/.exec(text)?.[1] ?? [])
  const fresh = found.filter((one) => !known.has(one))
  invariant(fresh.length === 1 && fresh[0], 'one letter has a link that is new')
  known.add(fresh[0])
  return fresh[0]
}
const known = new Set<string>()

async function asked(): Promise<string> {
  const before = (await letters(botolphs)).length
  await send('/forgotten-password', { email: 'bell@st-botolphs.example' })
  return secretAfter(before)
}

describe('asking for a link', () => {
  test('is answered the same for every address, to the byte, and told to nobody but its owner', async () => {
    const addresses = [
      'nobody@st-botolphs.example',
      'rook@st-botolphs.example',
      'sharp@closed.example',
    ]
    const told = await said(
      await send('/forgotten-password', { email: 'Bell@St-Botolphs.example ' }),
    )
    expect(told.status).toBe(200)
    expect(told.text).toContain('If there is an account with that address')
    for (const email of addresses) {
      expect(await said(await send('/forgotten-password', { email }))).toEqual(told)
    }
    await secretAfter(0)
    const [letter, ...others] = await letters(botolphs)
    expect(others).toEqual([])
    expect(letter?.address).toBe('bell@st-botolphs.example')
    expect(await letters(closed)).toEqual([])
  })

  test('too often is refused the same for every address', async () => {
    const from = (host: number) => ({ 'CF-Connecting-IP': `203.0.113.${host}` })
    for (let count = 0; count < MAX_GUESSES; count++) {
      for (const email of ['often@example.org', 'rook@st-botolphs.example']) {
        await send('/forgotten-password', { email })
      }
      await send('/forgotten-password', { email: `x${count}@example.org` }, from(9))
    }
    const answers = await Promise.all([
      send('/forgotten-password', { email: 'often@example.org' }),
      send('/forgotten-password', { email: 'rook@st-botolphs.example' }),
      send('/forgotten-password', { email: 'new@example.org' }, from(9)),
    ])
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429])
    expect(answers.map(({ headers }) => headers.get('Retry-After'))).toEqual(['300', '300', '300'])
  })

  test.each(['', ' ', `${'x'.repeat(300)}@example.org`])(
    'of no address says so at the field',
    async (email) => {
      const answer = await said(await send('/forgotten-password', { email }))
      expect(answer.status).toBe(422)
      expect(answer.text).toContain('href="#email"')
    },
  )
})

describe('the link', () => {
  test('leads to a page that takes its secret from behind the #, or pasted', async () => {
    const { text, headers } = await said(await send('/new-password'))
    expect(text).toContain('data-island="secret-from-fragment"')
    expect(text).toContain('name="secret"')
    expect(headers['cache-control']).toBe('no-store')
  })

  test('sets a password once, and signs nobody in', async () => {
    const secret = await asked()
    const second = await said(await send('/new-password', { secret }))
    expect(second.status).toBe(200)
    expect(second.text).toContain('For Miss Clara Bell, St Botolph’s Primary')
    expect(second.text).toContain(`name="secret" value="${secret}"`)

    const short = await said(await send('/new-password', { secret, password: 'too short' }))
    expect(short.status).toBe(422)
    expect(short.text).toContain('Enter a password of 12 characters or more')
    expect(short.text).not.toContain('too short"')

    const done = await send('/new-password', { secret, password: wanted })
    expect([done.status, done.headers.get('Location')]).toEqual([303, '/sign-in'])
    expect(done.headers.getSetCookie().join()).not.toContain('__Host-session')
    const again = await said(
      await send('/new-password', { secret, password: 'four green saucers' }),
    )
    expect(again.status).toBe(422)
    expect(again.text).toContain('That link does not work')

    const email = 'bell@st-botolphs.example'
    const entered = await send('/sign-in', { email, password: wanted })
    expect([entered.status, entered.headers.get('Location')]).toEqual([303, '/school'])
  })

  test('and a letter tells that it was used', async () => {
    const subjects = (await letters(botolphs)).map(({ subject }) => subject)
    expect(subjects).toContain('Your Schoolgate password was changed')
  })

  test.each(['x', 'A'.repeat(43), 'A'.repeat(90)])(
    'that was made up is none: %s',
    async (secret) => {
      for (const fields of [{ secret }, { secret, password: wanted }]) {
        const answer = await said(await send('/new-password', fields))
        expect([answer.status, answer.text.includes('That link does not work')]).toEqual([
          422,
          true,
        ])
        expect(answer.text).not.toContain(`value="${secret}"`)
      }
    },
  )
})
