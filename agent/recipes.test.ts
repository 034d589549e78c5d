import { readdirSync } from 'node:fs'
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
