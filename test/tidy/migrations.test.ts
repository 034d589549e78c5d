import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/places.ts'
import { generate, schemas } from '../../scripts/migrations.mjs'

const sqlFiles = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.sql'))

test.each(schemas)(
  'migrations/%s says what its tables say: run node scripts/migrations.mjs',
  (schema) => {
    const folder = join(root, 'migrations', schema)
    const made = mkdtempSync(join(tmpdir(), 'schoolgate-migrations-'))
    try {
      cpSync(folder, made, { recursive: true })
      const said = generate(schema, made, '--name', 'missing')
      expect(said).toMatch(/\d+ columns/)
      expect(sqlFiles(made)).toEqual(sqlFiles(folder))
    } finally {
      rmSync(made, { recursive: true })
    }
  },
)

test.each(schemas)('migrations/%s are numbered without a gap', (schema) => {
  const numbers = sqlFiles(join(root, 'migrations', schema)).map((name) => Number(name.slice(0, 4)))
  expect(numbers.length).toBeGreaterThan(1)
  expect(numbers).toEqual(numbers.map((_, index) => index))
})
