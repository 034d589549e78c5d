import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unstable_readConfig, type Unstable_Config } from 'wrangler'
import { type Env, readSettings, shardsOf } from '#workers/env.ts'
import { root } from '../../scripts/places.ts'
import { databasesFor, ENDS, productionSection, STARTS } from '../../scripts/provisioning.ts'
import { read } from './sources.ts'

const path = join(root, 'wrangler.toml')
const production: Unstable_Config = unstable_readConfig({ config: path, env: 'production' })
const vars = production.vars as Record<string, string>
const secrets = { MASTER_KEYS: 'one', REFERENCE_KEY: 'two' }
const settingsOf = (given: Record<string, unknown>) => readSettings(given as Env)

test('production is what scripts/provision.ts writes for its shards: run it again', () => {
  const databaseIds = new Map<string, string>(
    production.d1_databases.map(({ database_name = '', database_id = '' }) => [
      database_name,
      database_id,
    ]),
  )
  const written = productionSection(unstable_readConfig({ config: path }), {
    shards: Number(vars['SHARDS']),
    origin: String(vars['ORIGIN']),
    jurisdiction: 'eu',
    databaseIds,
  })
  const [, rest = ''] = read('wrangler.toml').split(STARTS)
  expect(`${STARTS}${rest.split(ENDS)[0]}${ENDS}\n`).toBe(written)
})

test('one setting says where data lives, and everything follows it', () => {
  expect(vars['JURISDICTION']).toBe('eu')
  expect(production.r2_buckets.length).toBeGreaterThan(2)
  expect(production.r2_buckets.map(({ jurisdiction }) => jurisdiction)).toEqual(
    production.r2_buckets.map(() => 'eu'),
  )
})

test('every shard that production counts is bound', () => {
  const bindings = production.d1_databases.map(({ binding }) => binding)
  expect(bindings).toEqual(
    databasesFor({ shards: Number(vars['SHARDS']) }).map(({ binding }) => binding),
  )
  const bound = Object.fromEntries(bindings.map((binding) => [binding, {}])) as unknown as Env
  expect(() => shardsOf(bound, Number(vars['SHARDS']))).not.toThrow()
  expect(() => shardsOf(bound, bindings.length)).toThrow('not bound')
})

test('production starts with its secrets, and names each that is missing', () => {
  expect(settingsOf({ ...vars, ...secrets })).toMatchObject({ ENVIRONMENT: 'production' })
  expect(() => settingsOf({ ...vars, REFERENCE_KEY: 'two' })).toThrow(
    'wrangler secret put MASTER_KEYS',
  )
  expect(() => settingsOf({ ...vars, MASTER_KEYS: 'one' })).toThrow(
    'wrangler secret put REFERENCE_KEY',
  )
})

test('production refuses the sandbox carrier, and has no setting of it', () => {
  const SANDBOX_URL = 'http://127.0.0.1:8788'
  expect(() => settingsOf({ ...vars, ...secrets, SANDBOX_URL })).toThrow('refused in production')
  expect(Object.keys(vars).filter((name) => /SANDBOX|SEED/.test(name))).toEqual([])
})
