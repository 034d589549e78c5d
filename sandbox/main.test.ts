import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readSettings } from './settings.ts'
import { KEY, SECRET } from './testing.ts'

const stateDir = mkdtempSync(join(tmpdir(), 'sandbox-'))
afterAll(() => rmSync(stateDir, { recursive: true }))

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { PATH: process.env['PATH'], SANDBOX_STATE_DIR: stateDir, SANDBOX_PORT: '0', ...env },
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text))
  return { child, said }
}

test('it says what is missing, and does not start', async () => {
  const { child, said } = run({})
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(1)
  expect(said.err).toContain('SANDBOX_KEY is missing')
  expect(said.err).toContain('SANDBOX_WEBHOOK_SECRET is missing')
  expect(said.out).toBe('')
})

test('it says when it is ready, answers, and ends cleanly on SIGTERM', async () => {
  const { child, said } = run({ SANDBOX_KEY: KEY, SANDBOX_WEBHOOK_SECRET: SECRET })
  await once(child.stdout, 'data')
  const origin = /^sandbox ready on (http:\/\/localhost:\d+)\n$/.exec(said.out)?.[1]
  expect(origin).toBeDefined()
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  const taken = run({
    SANDBOX_KEY: KEY,
    SANDBOX_WEBHOOK_SECRET: SECRET,
    SANDBOX_PORT: new URL(origin ?? '').port,
  })
  await once(taken.child, 'close')
  expect(taken.said.err).toContain('is in use')

  child.kill('SIGTERM')
  expect(await once(child, 'close')).toEqual([0, null])
})

test('settings have defaults, and each wrong one its sentence', () => {
  const given = { SANDBOX_KEY: KEY, SANDBOX_WEBHOOK_SECRET: SECRET }
  expect(readSettings(given)).toEqual({
    port: 8788,
    stateDir: '.sandbox',
    callbackUrl: 'http://localhost:8787',
    key: KEY,
    webhookSecret: SECRET,
    seed: 1,
  })
  const wrong = {
    SANDBOX_PORT: '99999',
    SANDBOX_CALLBACK_URL: 'ftp://x',
    SANDBOX_SEED: 'x',
    SANDBOX_WEBHOOK_SECRET: 'whsec_',
  }
  expect(readSettings(wrong)).toEqual({
    problems: Array.from({ length: 5 }, () => expect.any(String)),
  })
})
