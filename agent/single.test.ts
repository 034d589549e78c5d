import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { alone, pipeOf } from './single.ts'

let state: string
const running: ChildProcess[] = []
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'agent-'))
})
afterEach(() => {
  for (const each of running.splice(0)) each.kill('SIGKILL')
})

const held = async () => (await readdir(state)).filter((name) => name.startsWith('running'))

/** Another agent, in a process of its own, that has the folder until it is stopped. */
async function another(): Promise<ChildProcess> {
  const code = `
    import { alone } from ${JSON.stringify(join(import.meta.dirname, 'single.ts'))}
    const timer = setInterval(() => {}, 1000)
    await alone(${JSON.stringify(state)}, () => {
      console.log('has it')
      return new Promise(() => {})
    })
    clearInterval(timer)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code])
  running.push(child)
  await Promise.race([once(child.stdout, 'data'), once(child, 'close')])
  expect(child.exitCode).toBeNull()
  return child
}

test('one at a time, and the next one when it is done, whether well or not', async () => {
  const order: string[] = []
  await alone(state, async () => {
    order.push('first')
    expect(await alone(state, async () => order.push('second'))).toBeUndefined()
  })
  const broken = alone(state, async () => {
    throw new Error('broken')
  })
  await expect(broken).rejects.toThrow('broken')
  expect(await alone(state, async () => 'third')).toBe('third')
  expect(order).toEqual(['first'])
  expect(await held()).toEqual([])
})

test('never two, however many begin at the same moment', async () => {
  let now = 0
  let most = 0
  let had = 0
  const one = () =>
    alone(state, async () => {
      most = Math.max(most, ++now)
      await pause(5)
      now--
      had++
    })
  for (let round = 0; round < 8; round++) await Promise.all(Array.from({ length: 6 }, one))
  expect(most).toBe(1)
  expect(had).toBeGreaterThan(4)
  expect(await held()).toEqual([])
})

test('another process has it; killed, it is in nobody’s way', async () => {
  const child = await another()
  expect(await alone(state, async () => 'mine')).toBeUndefined()
  expect(await held()).toHaveLength(1)
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(await held()).toHaveLength(1)
  expect(await alone(state, async () => 'mine')).toBe('mine')
  expect(await held()).toEqual([])
})

test('one that was stopped, and does not answer, is still at it', async () => {
  const child = await another()
  child.kill('SIGSTOP')
  expect(await alone(state, async () => 'mine')).toBeUndefined()
})

test('what an agent of before left behind, or killed at its first step, holds nobody up', async () => {
  await writeFile(join(state, 'running.pid'), '1')
  await writeFile(join(state, 'running-0123456789abcdef.socket'), '')
  const server = createServer()
  await new Promise<void>((resolve) =>
    server.listen(join(state, 'running-fedcba9876543210.new'), resolve),
  )
  expect(await alone(state, async () => 'mine')).toBe('mine')
  expect(await readdir(state)).toEqual(['running-fedcba9876543210.new', 'running.pid'])
  server.close()
})

test('whoever could not look who else is there is not in its own way afterwards', async () => {
  const odd = join(state, 'running-0123456789abcdef.socket')
  await mkdir(join(odd, 'in the way'), { recursive: true })
  await expect(alone(state, async () => 'mine')).rejects.toThrow()
  await rm(odd, { recursive: true })
  expect(await held()).toEqual([])
  expect(await alone(state, async () => 'mine')).toBe('mine')
})

test('a folder with a long path is like any other', async () => {
  const long = join(state, 'x'.repeat(100), 'y'.repeat(100))
  expect(await alone(long, () => alone(long, async () => 'two').then((two) => two ?? 'one'))).toBe(
    'one',
  )
})

test('on Windows a folder has one pipe, however it is written, and another folder another', () => {
  expect(pipeOf('C:\\ProgramData\\Schoolgate')).toBe(pipeOf('c:\\programdata\\schoolgate'))
  expect(pipeOf('C:\\Schoolgate')).not.toBe(pipeOf('C:\\ProgramData\\Schoolgate'))
  expect(pipeOf('C:\\Schoolgate')).toMatch(/^\\\\\.\\pipe\\schoolgate-agent-[0-9a-f]{32}$/)
})
