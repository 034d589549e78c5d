import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Env } from '#workers/env.ts'
import { methodsOf, proof, requestBy } from '../test/doors/knock.ts'
import { administratorOf } from '../test/doors/objects.ts'
import { open, type Person, type World } from '../test/doors/people.ts'
import { routes } from './routes.ts'

const worker = (exports as unknown as { default: Fetcher }).default
let world: World
let nobody: Person

beforeAll(async () => {
  world = await open(env as unknown as Env)
  nobody = world.people.find(({ called }) => called === 'nobody') as Person
})

/** What keeps an answer out of frames, caches and other sites’ hands. */
function unprotected({ headers }: Response): string[] {
  const policy = headers.get('Content-Security-Policy') ?? ''
  const wanted = {
    'no frame': policy.includes("frame-ancestors 'none'"),
    'no frame in older browsers': headers.get('X-Frame-Options') === 'DENY',
    'no script but with the nonce': /script-src 'nonce-[\w-]{20,}' 'strict-dynamic'/.test(policy),
    'nothing by default': policy.includes("default-src 'none'"),
    'forms to ourselves': policy.includes("form-action 'self'"),
    'no other address for links': policy.includes("base-uri 'none'"),
    'no sniffing': headers.get('X-Content-Type-Options') === 'nosniff',
    'no address told to others': headers.get('Referrer-Policy') === 'same-origin',
    'TLS only': headers.get('Strict-Transport-Security')?.startsWith('max-age=31536000') === true,
    'not kept': headers.get('Cache-Control') === 'no-store',
  }
  return Object.entries(wanted).flatMap(([name, holds]) => (holds ? [] : [name]))
}

const asked = async (person: Person, route: (typeof routes)[number], method: 'GET' | 'POST') => {
  const sent = { headers: proof, isRefused: true }
  const answer = await worker.fetch(await requestBy(world, person, route, method, sent))
  await answer.body?.cancel()
  return answer
}

test('there are routes to ask', () => {
  expect(routes.length).toBeGreaterThan(60)
})

test.each(routes)('$path is framed, kept and told on by nobody', async (route) => {
  for (const method of methodsOf(route))
    expect(unprotected(await asked(nobody, route, method)), method).toEqual([])
})

const pages = routes.filter(({ get, door }) => get && door.kind === 'school')
test.each(pages)('$path neither, for whoever sees it', async (route) => {
  expect(unprotected(await asked(administratorOf(world), route, 'GET'))).toEqual([])
})

test('what is not there, and what was refused, is guarded alike', async () => {
  const request = (path: string, init: RequestInit = {}) =>
    worker.fetch(new Request(`http://schoolgate.test${path}`, { ...init, redirect: 'manual' }))
  const forged = { method: 'POST', headers: { Origin: 'https://evil.example' } }
  const answers = [await request('/no-such-page'), await request('/sign-in', forged)]
  expect(answers.map(({ status }) => status)).toEqual([404, 403])
  for (const answer of answers) expect(unprotected(answer)).toEqual([])
})

test('a nonce is of one answer', async () => {
  const route = routes.find(({ path }) => path === '/sign-in') as (typeof routes)[number]
  const nonces = await Promise.all(
    [1, 2, 3].map(async () =>
      /'nonce-([\w-]+)'/
        .exec((await asked(nobody, route, 'GET')).headers.get('Content-Security-Policy') ?? '')
        ?.at(1),
    ),
  )
  expect(new Set(nonces).size).toBe(3)
})
