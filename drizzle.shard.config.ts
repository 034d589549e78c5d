import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: ['./workers/*/tables.ts', './workers/*/*/tables.ts'],
  out: process.env['MIGRATIONS_OUT'] ?? './migrations/shard',
})
