import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as schools from '#schools'
import { Directory } from '#shards'
import { premisesOf } from '#workers/env.ts'
import seed from '../../seed/main.ts'
import type { TestEnv } from './test-env.ts'

type SeedEnv = Parameters<typeof seed.fetch>[1]

const seeded = async (given: object): Promise<Response> => {
  const request = new Request('http://seed.test/', { method: 'POST' })
  const withPassword = { ...env, SEED_PASSWORD: 'a password for the cast', ...given }
  return seed.fetch(request as never, withPassword as unknown as SeedEnv)
}

const organisations = async () =>
  schools.list(new Directory(await premisesOf(env as unknown as TestEnv)), { limit: 10 })

test('production is never seeded', async () => {
  const answer = await seeded({ ENVIRONMENT: 'production', SANDBOX_URL: '' })
  expect(answer.status).toBe(403)
  expect(await organisations()).toEqual([])
})

test('an empty development database is, once', async () => {
  expect((await seeded({})).status).toBe(200)
  const names = (await organisations()).map(({ name }) => name)
  expect(names.toSorted()).toEqual([
    'Northmoor Council',
    'Oakfield Academy',
    'Schoolgate',
    'St Botolph’s Primary',
  ])
  expect((await seeded({})).status).toBe(409)
  expect(await organisations()).toHaveLength(4)
})
