import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const recipes = join(import.meta.dirname, 'recipes')
const names = readdirSync(recipes).filter((name) => name.endsWith('.json'))

test('every configuration that schools begin with is right', async () => {
  expect(names.length).toBeGreaterThanOrEqual(3)
  for (const name of names) {
    expect(await readConfig(join(recipes, name)), name).toMatchObject({ ok: true })
  }
})

test('the service on Linux may write what the configuration for Linux has it write', async () => {
  const read = await readConfig(join(recipes, 'csv.json'))
  const config = read.ok ? read.config : undefined
  const unit = readFileSync(join(recipes, 'linux', 'schoolgate-agent.service'), 'utf8')
  const setting = (name: string) => new RegExp(`^${name}=-?(.*)$`, 'm').exec(unit)?.[1]
  expect(setting('ProtectSystem')).toBe('strict')
  expect(setting('ReadWritePaths')).toBe(config?.writeBacks?.folder)
  expect(`/var/lib/${setting('StateDirectory')}`).toBe(config?.state)
  // What it does not say goes to the terminal, and so to the journal: no other file is written.
  expect(config?.logFile).toBeUndefined()
  expect(setting('RestrictAddressFamilies')).toContain('AF_UNIX')
})

test('what README says of the folder that the school’s system imports from is what the service has', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  const unit = readFileSync(join(recipes, 'linux', 'schoolgate-agent.service'), 'utf8')
  const made = /install -d -o schoolgate -g mis -m 2770 \S*import/
  expect(made.exec(readme)?.[0]).toBeDefined()
  expect(made.exec(unit)?.[0]).toBe(made.exec(readme)?.[0])
})
