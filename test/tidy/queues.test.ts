import { unstable_readConfig, type Unstable_Config } from 'wrangler'
import { expect, test } from 'vitest'
import { join } from 'node:path'
import { root } from '../../scripts/places.ts'

const configFor = (env: string | undefined): Unstable_Config =>
  unstable_readConfig({ config: join(root, 'wrangler.toml'), ...(env && { env }) })

const places = [undefined, 'production'] as const
const bound = (env: string | undefined) => {
  const config = configFor(env)
  return {
    DIRECTORY_AND_SHARDS: config.d1_databases.map(({ binding }) => binding),
    buckets: config.r2_buckets.map(({ binding }) => binding),
    objects: config.durable_objects.bindings.map(({ name }) => name),
    queues: config.queues.producers?.map(({ binding }) => binding),
    consumed: config.queues.consumers?.length,
  }
}

test.each(places)('in %s every queue is consumed, dead letters included', (env) => {
  const { producers = [], consumers = [] } = configFor(env).queues
  expect(producers.length).toBeGreaterThan(2)
  const consumed = consumers.map(({ queue }) => queue)
  expect(producers.filter(({ queue = '' }) => !consumed.includes(queue))).toEqual([])
  const dead = consumers.flatMap(({ dead_letter_queue }) => dead_letter_queue ?? [])
  expect(dead.filter((queue) => !consumed.includes(queue))).toEqual([])
})

test.each(places)('in %s a message that cannot be consumed is kept, not deleted', (env) => {
  const { producers = [], consumers = [] } = configFor(env).queues
  const produced = producers.map(({ queue }) => queue)
  const first = consumers.filter(({ queue }) => produced.includes(queue))
  expect(first.length).toBe(produced.length)
  expect(first.filter(({ dead_letter_queue }) => !dead_letter_queue)).toEqual([])
})

test.each(places)(
  'in %s every limit is set: the platform’s defaults differ from the local ones',
  (env) => {
    for (const consumer of configFor(env).queues.consumers ?? []) {
      expect(consumer, consumer.queue).toMatchObject({
        max_batch_size: expect.any(Number),
        max_batch_timeout: expect.any(Number),
        max_retries: expect.any(Number),
      })
    }
  },
)

test('production has every binding that development has', () => {
  const [development, production] = [bound(undefined), bound('production')]
  expect(production.DIRECTORY_AND_SHARDS).toEqual(
    expect.arrayContaining(development.DIRECTORY_AND_SHARDS),
  )
  expect({ ...production, DIRECTORY_AND_SHARDS: [] }).toEqual({
    ...development,
    DIRECTORY_AND_SHARDS: [],
  })
})
