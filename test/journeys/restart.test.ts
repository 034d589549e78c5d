import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSystem, type System } from './running.ts'

let running: System

beforeAll(async () => {
  running = await startSystem()
})

afterAll(() => running.stop())

const health = async () => (await fetch(`${running.origin}/healthz`)).text()

test('a service that is killed starts again on what it had, and does not seed it anew', async () => {
  expect(await health()).toBe('ok')

  await running.kill()
  await expect(health()).rejects.toThrow()

  await running.restart()
  expect(await health()).toBe('ok')
  expect(readFileSync(running.logFile, 'utf8')).toContain(
    'Their password, and the key of their app, were shown when the data was made.',
  )
})

test('the carrier outside goes on while the service is down', async () => {
  await running.kill()
  expect((await fetch(`${running.carrier}/healthz`)).ok).toBe(true)
  await running.restart()
})
