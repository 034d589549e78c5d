import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { program, root, toolEnvironment } from '../../scripts/places.ts'

const environments = [
  { name: 'development', options: [] },
  { name: 'production', options: ['--env', 'production'] },
]

test.each(environments)('wrangler would deploy $name', ({ options }) => {
  const ran = spawnSync(program('wrangler'), ['deploy', '--dry-run', ...options], {
    cwd: root,
    encoding: 'utf8' as const,
    env: {
      ...toolEnvironment(),
      WRANGLER_SEND_METRICS: 'false',
    },
  })
  expect(`${ran.stdout}${ran.stderr}`).toContain('--dry-run: exiting now')
  expect(ran.status).toBe(0)
})
