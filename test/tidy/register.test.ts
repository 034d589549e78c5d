import { expect, test } from 'vitest'
import { providersOf } from '#workers/carriers.ts'
import type { Settings } from '#workers/env.ts'
import { processors } from '#workers/schools/processors.ts'

test('every carrier that messages can go by is in the register: add it to workers/schools/processors.ts', () => {
  const sandbox = {
    SANDBOX_URL: 'http://sandbox.test',
    SANDBOX_KEY: 'k',
    SANDBOX_WEBHOOK_SECRET: 's',
  }
  const carriers = providersOf(sandbox as Settings)
  expect(carriers.length).toBeGreaterThan(0)
  const known = processors.map(({ id, part }) => `${id} ${part}`)
  const missing = carriers.filter(({ name, channel }) => !known.includes(`${name} ${channel}`))
  expect(missing.map(({ name }) => name)).toEqual([])
})
