import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '#web/route.ts'
import { routes } from '#web/routes.ts'
import type { Env } from '#workers/env.ts'
import { Webhook } from 'standardwebhooks'
import { newId } from '#kernel'
import { secretOf } from '../../sandbox/provider-secret.ts'
import type { Provider } from '../../sandbox/vocabulary.ts'
import { testSecrets } from '../cast/secrets.ts'
import {
  type Ask,
  knock,
  type Method,
  methodsOf,
  ORIGIN,
  proof,
  requestAt,
  requestBy,
  welcome,
} from './knock.ts'
import { addressOf, administratorOf, makerOf, namesIn, ofAnotherYear, ofNoYear } from './objects.ts'
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

/**
 * 1: everybody is sent to every door, as `npm test` does. 8: one in eight of them, another eighth to each door in
 * turn, which is what there is time for while working.
 */
const share = Number((env as { DOORS_SHARE?: string }).DOORS_SHARE ?? 1)
const sentTo = (door: number) => world.people.filter((_, at) => (at + door) % share === 0)

const posts = cases.filter(([, method]) => method === 'POST')
const forms = posts.filter(([, , { door }]) => door.kind !== 'carrier' && door.kind !== 'agent')
const carriers = posts.filter(([, , { door }]) => door.kind === 'carrier')

describe('every door, and everyone who might stand at it', () => {
  test('there are doors and people to try', () => {
    expect(cases.length).toBeGreaterThan(10)
    expect(new Set(world.people.map(({ called }) => called)).size).toBe(31)
    expect(carriers.length).toBeGreaterThan(0)
  })

  test.each(cases.map((one, at) => [...one, at] as const))('%s', async (_, method, route, at) => {
    expect(sentTo(at).length).toBeGreaterThanOrEqual(Math.floor(world.people.length / share))
    expect(await knock(ask, world, route, method, sentTo(at))).toEqual([])
  })

  test('no two routes have one path', () => {
    const paths = routes.map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
  })

  test.each(cases)('%s: every name in it stands for something', (_, __, { path }) => {
    for (const name of namesIn(path)) expect(makerOf(name, path)).toBeTypeOf('function')
  })

  test.each(routes)('$path answers no other method', async (route) => {
    const person = welcome(world, unsigned(route))
    const asked = ['PUT', 'PATCH', 'DELETE'].map(async (method) => {
      const request = await requestBy(world, person, route, 'POST', { isRefused: true })
      return (await ask(new Request(request, { method, redirect: 'manual' }))).status
    })
    expect(await Promise.all(asked)).toEqual([404, 404, 404])
  })
})

describe('a user who was granted some years only', () => {
  const limited = () => world.people.find(({ years }) => years !== null) as Person
  const named = cases.filter(([, , { path, door }]) => door.kind === 'school' && path.includes(':'))
  const ofYears = named.filter(([, , { path }]) =>
    namesIn(path).every((name) => name in ofAnotherYear),
  )

  test('every name in a path of the school area has a year group, or is said to have none', () => {
    const unsaid = named.flatMap(([, , { path }]) =>
      namesIn(path).filter((name) => !(name in ofAnotherYear) && !ofNoYear.includes(name)),
    )
    expect(unsaid).toEqual([])
    expect(ofYears.length).toBeGreaterThan(10)
  })

  test.each(ofYears)('%s is not there for her, of another year', async (_, method, { path }) => {
    const address = await addressOf(path, world, administratorOf(world), ofAnotherYear)
    const response = await ask(await requestAt(address, limited(), method))
    await response.body?.cancel()
    expect(response.status).toBe(404)
  })

  // What is not there for her must not be missing altogether.
  const pages = ofYears.filter(([, method]) => method === 'GET')
  test.each(pages)('%s is there for the Administrator', async (_, method, { path }) => {
    const address = await addressOf(path, world, administratorOf(world), ofAnotherYear)
    const response = await ask(await requestAt(address, administratorOf(world), method))
    await response.body?.cancel()
    expect(response.status).toBeLessThan(400)
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
    const asked = forgeries.map(async ([, headers]) => {
      const sent = { headers, isRefused: true }
      return (await ask(await requestBy(world, welcome(world, route), route, method, sent))).status
    })
    expect(await Promise.all(asked)).toEqual(forgeries.map(() => 403))
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
    const request = await requestBy(world, person, route, method, { body, isRefused: true })
    expect((await ask(request)).status).toBe(413)
  })

  test('that does not say how large it is is measured', async () => {
    const endless = new ReadableStream({
      pull: (to) => to.enqueue(new Uint8Array(32_000).fill(97)),
    })
    const route = routes.find(({ path }) => path === '/sign-in') as Route
    const nobody = world.people.find(({ called }) => called === 'nobody') as Person
    const request = await requestBy(world, nobody, route, 'POST', { body: endless })
    expect((await ask(request)).status).toBe(413)
  })

  test.each(forms)(
    '%s that is no form is refused or read as an empty one',
    async (_, method, route) => {
      const headers = { ...proof, 'Content-Type': 'application/octet-stream' }
      const sent = { headers, body: 'PK\u0003\u0004' }
      const request = await requestBy(world, welcome(world, route), route, method, sent)
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
      const body = { headers, body: '{"events":[]}' }
      const request = await requestBy(world, nobody, route, method, body)
      expect((await ask(request)).status).toBe(401)
    }
  })

  test.each(carriers)(
    '%s with it is taken, and at another’s address is not',
    async (_, __, route) => {
      const { headers, body } = signedBy('larch')
      const at = (provider: string) =>
        ask(
          new Request(
            `${ORIGIN}${route.path.replace(':channel', 'sms').replace(':provider', provider)}`,
            {
              method: 'POST',
              headers,
              body,
            },
          ),
        )
      expect((await at('larch')).status).toBe(204)
      expect((await at('rowan')).status).toBe(401)
      expect((await at('nobody-we-know')).status).toBe(401)
    },
  )
})

/** A body that is a post of receipts and a text that came in at once, signed as the sandbox signs. */
function signedBy(provider: Provider) {
  const at = new Date()
  const id = newId('request')
  const text = { eventId: id, from: '+447700900011', to: '+447700900999', text: 'Hello', at }
  const body = JSON.stringify({ events: [], ...text })
  const secret = secretOf(testSecrets.SANDBOX_WEBHOOK_SECRET, provider)
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  }
  return { headers, body }
}

/** A program's door is tried by somebody for whom a public one would open. */
const unsigned = (route: Route): Route =>
  route.door.kind === 'carrier' || route.door.kind === 'agent'
    ? { ...route, door: { kind: 'public' } }
    : route
