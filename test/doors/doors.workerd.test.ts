import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '#web/route.ts'
import { routes } from '#web/routes.ts'
import type { Env } from '#workers/env.ts'
import { type Ask, knock, type Method, methodsOf, proof, requestBy, welcome } from './knock.ts'
import { makerOf } from './objects.ts'
import { open, type Person, type World } from './people.ts'

let world: World

beforeAll(async () => {
  world = await open(env as unknown as Env)
})

const worker = (exports as unknown as { default: Fetcher }).default
const ask: Ask = (request) => worker.fetch(request)

type Case = [title: string, method: Method, route: Route]
const cases = routes.flatMap((route) =>
  methodsOf(route).map((method): Case => [`${method} ${route.path}`, method, route]),
)
const posts = cases.filter(([, method]) => method === 'POST')
const forms = posts.filter(([, , { door }]) => door.kind !== 'carrier')
const carriers = posts.filter(([, , { door }]) => door.kind === 'carrier')

describe('every door, and everyone who might stand at it', () => {
  test('there are doors and people to try', () => {
    expect(cases.length).toBeGreaterThan(10)
    expect(new Set(world.people.map(({ called }) => called)).size).toBe(14)
    expect(carriers.length).toBeGreaterThan(0)
  })

  test.each(cases)('%s', async (_, method, route) => {
    expect(await knock(ask, world, route, method)).toEqual([])
  })

  test('no two routes have one path', () => {
    const paths = routes.map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
  })

  test.each(cases)('%s: every name in it stands for something', (_, __, { path }) => {
    for (const [, name = ''] of path.matchAll(/:(\w+)/g))
      expect(makerOf(name, path)).toBeTypeOf('function')
  })

  test.each(routes)('$path answers no other method', async (route) => {
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      const request = await requestBy(world, welcome(world, unsigned(route)), route, 'POST')
      const response = await ask(new Request(request, { method, redirect: 'manual' }))
      expect(response.status).toBe(404)
    }
  })
})

describe('a form that was not sent from our own pages', () => {
  const forgeries: [string, Record<string, string>][] = [
    ['that says nothing of where it comes from', {}],
    ['from another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
    [
      'from a neighbouring site',
      { 'Sec-Fetch-Site': 'same-site', Origin: 'http://evil.schoolgate.test' },
    ],
    ['from another site, by a browser that says only so', { Origin: 'https://evil.example' }],
    ['from a page without an origin', { Origin: 'null' }],
    [
      'that contradicts itself',
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://evil.example' },
    ],
  ]

  test.each(forms)('%s is refused', async (_, method, route) => {
    for (const [, headers] of forgeries) {
      const request = await requestBy(world, welcome(world, route), route, method, headers)
      expect((await ask(request)).status).toBe(403)
    }
  })

  test.each(forgeries)('%s does not sign anyone out', async (_, headers) => {
    const administrator = world.people[0] as World['people'][0]
    const token = await administrator.token()
    const asked = (path: string, init: RequestInit) =>
      ask(
        new Request(`http://schoolgate.test${path}`, {
          ...init,
          headers: { ...init.headers, Cookie: `__Host-session=${token}` },
          redirect: 'manual',
        }),
      )
    expect((await asked('/sign-out', { method: 'POST', headers })).status).toBe(403)
    expect((await asked('/', {})).headers.get('Location')).toBe('/school')
  })
})

describe('a body', () => {
  test.each(posts)('%s that is larger than the page takes is refused', async (_, method, route) => {
    const body = new Uint8Array(route.maxBodyBytes + 1)
    const person = welcome(world, unsigned(route))
    const request = await requestBy(world, person, route, method, undefined, body)
    expect((await ask(request)).status).toBe(413)
  })

  test('that does not say how large it is is measured', async () => {
    const endless = new ReadableStream({
      pull: (to) => to.enqueue(new Uint8Array(32_000).fill(97)),
    })
    const route = routes.find(({ path }) => path === '/sign-in') as Route
    const nobody = world.people.find(({ called }) => called === 'nobody') as Person
    const request = await requestBy(world, nobody, route, 'POST', undefined, endless)
    expect((await ask(request)).status).toBe(413)
  })

  test.each(forms)(
    '%s that is no form is refused or read as an empty one',
    async (_, method, route) => {
      const headers = { ...proof, 'Content-Type': 'application/octet-stream' }
      const request = await requestBy(
        world,
        welcome(world, route),
        route,
        method,
        headers,
        'PK\u0003\u0004',
      )
      expect((await ask(request)).status).toBeLessThan(500)
    },
  )

  test.each(carriers)('%s without its carrier’s signature is refused', async (_, method, route) => {
    const signed = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': '0',
      'webhook-signature': 'v1,AAAA',
    }
    for (const headers of [{}, signed]) {
      const nobody = welcome(world, unsigned(route))
      const request = await requestBy(world, nobody, route, method, headers, '{"events":[]}')
      expect((await ask(request)).status).toBe(401)
    }
  })
})

/** A carrier's door is tried by somebody for whom a public one would open. */
const unsigned = (route: Route): Route =>
  route.door.kind === 'carrier' ? { ...route, door: { kind: 'public' } } : route
