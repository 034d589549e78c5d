import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Door, Route } from '#web/route.ts'
import { schoolRoute, operatorRoute } from '#web/route.ts'
import type { Env } from '#workers/env.ts'
import { expected } from './expectation.ts'
import { knock } from './knock.ts'
import { open, type Person, type World } from './people.ts'

// The test of the test: each fault that a door could have is found by knocking.
let world: World

beforeAll(async () => {
  world = await open(env as unknown as Env)
})

const answer = () => new Response('Come in')
const children = schoolRoute('/school/children', 'see-people', { get: answer })
const always = (response: () => Response) => async () => response()

describe('knocking finds', () => {
  test('a route without a guard', async () => {
    const complaints = await knock(always(answer), world, children, 'GET')
    expect(complaints).toContain('nobody: in where the door says sign-in')
    expect(complaints).toContain('operator, Administrator: in where the door says not-found')
    expect(complaints).toContain(
      'an Administrator of a locked school: in where the door says sign-in',
    )
    expect(complaints).toHaveLength(
      world.people.filter((one) => expected(children, one) !== 'in').length,
    )
  })

  test('a route that lets nobody in', async () => {
    const shut = always(() => new Response(null, { status: 404 }))
    expect(await knock(shut, world, children, 'GET')).toContain(
      'an Administrator: not-found where the door says in',
    )
  })

  test('a route that asks the right people to sign in again', async () => {
    const lost = always(
      () => new Response(null, { status: 303, headers: { Location: '/sign-in' } }),
    )
    expect(await knock(lost, world, children, 'GET')).toContain(
      'a Basic User: sign-in where the door says in',
    )
  })

  test('a page that breaks', async () => {
    const broken = always(() => new Response(null, { status: 500 }))
    expect(await knock(broken, world, children, 'GET')).toHaveLength(world.people.length)
  })

  test('a page that hands out what is next door', async () => {
    const route = schoolRoute('/school/letters/:letter', 'see-people', { get: answer })
    expect(await knock(always(answer), world, route, 'GET')).toContain(
      'the Administrator next door: in where the door says not-found',
    )
  })

  test('a permission that was widened at the door but not in the table', async () => {
    const route = operatorRoute('/operator/queues', 'mend-queues', { post: answer })
    expect(await knock(always(answer), world, route, 'POST')).toEqual(
      expect.arrayContaining([
        'operator, Basic: in where the door says not-found',
        'operator, Finance: in where the door says not-found',
      ]),
    )
  })
})

describe('knocking stops', () => {
  const person = () => world.people[0] as Person

  test('at a door of a kind that nobody has thought about', () => {
    const route = { path: '/cellar', door: { kind: 'cellar' } as unknown as Door }
    expect(() => expected(route, person())).toThrow(/Say it in web\/door\.ts/)
  })

  test('at a route without a door', () => {
    const { door: _, ...route } = children
    expect(() => expected(route as unknown as Route, person())).toThrow()
  })

  test('at a path with a name that stands for nothing', async () => {
    const route = schoolRoute('/school/boats/:boat', 'see-people', { get: answer })
    await expect(knock(always(answer), world, route, 'GET')).rejects.toThrow(
      /test\/doors\/objects\.ts/,
    )
  })
})
