import { join } from 'node:path'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { testSecrets } from './test/cast/secrets.ts'

const WORKERD = ['{workers,web,test}/**/*.workerd.test.{ts,tsx}']
// These start the whole system in processes of their own: `npm test` runs them, `npm run check` does not.
const SYSTEM = ['test/journeys/**/*.test.ts', 'agent/agent*.test.ts']
// It measures the time that a send takes, and kills within it: it wants the machine for itself.
const CRASH = ['test/simulation/crash.test.ts']

// Minutes long each: by `npm run simulate`.
const LONG = ['test/simulation/import-crash.test.ts']

/**
 * `plain`: rules, in Node. `workerd`: commands and SQL inside the real runtime, one world per file.
 * `system`: the running service, by a browser. `crash`: the same, by killing it. `long`: for longer.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'plain',
          environment: 'node',
          include: ['{workers,web,sandbox,scripts,agent,test}/**/*.test.{ts,tsx}'],
          exclude: [...WORKERD, ...SYSTEM, ...CRASH, ...LONG],
          // Rules keep nothing between tests, so files may share a thread: a worker each took half the time.
          pool: 'threads',
          isolate: false,
          maxWorkers: 2,
          testTimeout: 20_000,
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                ...testSecrets,
                DOORS_SHARE: process.env['DOORS_SHARE'] ?? '1',
                MIGRATIONS: {
                  directory: await readD1Migrations('migrations/directory'),
                  shard: await readD1Migrations('migrations/shard'),
                },
              },
            },
          })),
        ],
        resolve: {
          alias: [
            {
              find: /^\.\/password-cost\.ts$/,
              replacement: join(import.meta.dirname, 'test/cast/password-cost.ts'),
            },
          ],
        },
        test: {
          name: 'workerd',
          include: WORKERD,
          setupFiles: ['test/cast/fresh-world.ts'],
          // One runtime for all files; `fresh-world` empties it for each. Seven times as fast as one each.
          isolate: false,
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'system',
          environment: 'node',
          include: SYSTEM,
          // Each file has a service of its own, and waits for most of its time.
          maxWorkers: 2,
          // What axe has seen in one file it need not see in the next.
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'crash',
          environment: 'node',
          include: CRASH,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'long',
          environment: 'node',
          include: LONG,
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
