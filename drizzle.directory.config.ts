import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  // `expectations` is in every database: a change of the directory says again what it relied on, too.
  schema: ['./workers/**/directory-tables.ts', './workers/shards/tables.ts'],
  out: process.env['MIGRATIONS_OUT'] ?? './migrations/directory',
})
