import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { CONFIRMED_FOR_MS } from '#access'
import { system } from '#shards'
import * as schools from '#schools'
import type { Route } from '#web/route.ts'
import { routes } from '#web/routes.ts'
import { sessions } from '#workers/access/directory-tables.ts'
import type { Env } from '#workers/env.ts'
import { worker } from '../cast/visitor.ts'
import { ORIGIN, proof, requestAt, welcome } from './knock.ts'
import { addressOf } from './objects.ts'
import { open, type World } from './people.ts'

// Whoever sends a form that wants a fresh proof, when theirs is old, comes back to the page of that form.
let world: World

beforeAll(async () => {
  world = await open(env as unknown as Env)
})

const confirmed = routes.filter(
  ({ door, post }) => post && 'isConfirmed' in door && door.isConfirmed,
)
const CANARY = 'four-grey-herons'

/** The address with its objects. One kind of page is only there for who is locked. */
async function addressFor(route: Route): Promise<string> {
  if (!route.path.endsWith('/reopening')) return addressOf(route.path, world, welcome(world, route))
  const by = system('seed')
  const details = { kind: 'school', name: 'Closed Juniors', state: 'locked', by } as const
  const { id } = await schools.create(world.directory, details)
  return route.path.replace(':organisation', id)
}

test('there are such forms', () => expect(confirmed.length).toBeGreaterThan(40))

test.each(confirmed)('$path', async (route) => {
  const person = welcome(world, route)
  const token = await person.token()
  const proved = (agoMs: number) =>
    world.directory.db.update(sessions).set({ confirmedAtMs: Date.now() - agoMs })
  const address = await addressFor(route)
  await proved(CONFIRMED_FOR_MS)
  const body = new URLSearchParams({ reason: CANARY, password: CANARY })
  const sent = await worker.fetch(
    await requestAt(address, { token: async () => token }, 'POST', proof, body),
  )
  const to = new URL(sent.headers.get('Location') ?? '', ORIGIN)
  expect([sent.status, to.pathname]).toEqual([303, '/account/confirmation'])
  expect([...to.searchParams.keys()]).toEqual(['next', 'sent'])
  expect(JSON.stringify([...sent.headers])).not.toContain(CANARY)

  await proved(0)
  const next = to.searchParams.get('next') ?? ''
  expect(address.startsWith(next), next).toBe(true)
  const read = async (path: string) => {
    const page = await worker.fetch(await requestAt(path, { token: async () => token }, 'GET'))
    await page.body?.cancel()
    return page
  }
  const page = await read(next)
  if (page.status === 200) return
  // A page that this object needs no more, or that wants to know which one, leads to the page above.
  const above = page.headers.get('Location') ?? ''
  expect([page.status, next.startsWith(`${above}/`)], `${next} leads to ${above}`).toEqual([
    303,
    true,
  ])
  expect((await read(above)).status, above).toBe(200)
})
