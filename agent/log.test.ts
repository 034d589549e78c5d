import { appendFile, mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openLog } from './log.ts'

/** A log on a disk that fills up, and on one that somebody has just cleared. */
let folder: string
let nowMs: number
let elsewhere: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agent-'))
  nowMs = 0
  elsewhere = []
})

const open = (file: string) =>
  openLog(
    file,
    () => nowMs,
    (line) => void elsewhere.push(line),
  )
/** On Linux a disk that is always full (full(4)); elsewhere something else that takes no line. */
const FULL = process.platform === 'linux' ? '/dev/full' : tmpdir()
const eventsOf = (lines: readonly string[]) =>
  lines.map((line) => (JSON.parse(line) as { event: string }).event)

test('a full disk costs no line: each goes to the terminal, and that it is so is said once an hour', () => {
  const log = open(FULL)
  log('push.received', { import: 'imp_1' })
  log('push.received', { import: 'imp_2' })
  nowMs += 3_599_999
  log('push.received', { import: 'imp_3' })
  nowMs += 1
  log('push.received', { import: 'imp_4' })
  const received = 'push.received'
  expect(eventsOf(elsewhere)).toEqual([
    'log.not-written',
    received,
    received,
    received,
    'log.not-written',
    received,
  ])
  expect(elsewhere[0]).toMatch(/"code":"(?:ENOSPC|EISDIR|EPERM)"/)
  expect(elsewhere.filter((line) => line.includes('imp_'))).toHaveLength(4)
  expect(elsewhere.every((line) => line.endsWith('\n'))).toBe(true)
})

test('a folder in the file’s place is no end of the program either', async () => {
  const log = open(folder)
  log('agent.started')
  expect(elsewhere[0]).toContain('"code":"EISDIR"')
  expect(eventsOf(elsewhere)).toEqual(['log.not-written', 'agent.started'])
})

test('it goes on in the file when it can, says how much is missing, and ends a line that was cut', async () => {
  const inside = join(folder, 'logs')
  const file = join(inside, 'agent.log')
  const log = open(file)
  log('push.received', { import: 'imp_1' })
  log('push.received', { import: 'imp_2' })
  await mkdir(inside)
  await appendFile(file, '{"at":"1970-01-01T00:0')
  log('push.received', { import: 'imp_3' })
  log('push.received', { import: 'imp_4' })
  const [cut, ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n')
  expect(cut).toBe('{"at":"1970-01-01T00:0')
  expect(eventsOf(lines)).toEqual(['log.resumed', 'push.received', 'push.received'])
  expect(lines[0]).toContain('"missing":2')
  expect(lines[1]).toContain('imp_3')
  expect(elsewhere).toHaveLength(3)
})

test('at 5 MB it starts anew; where the one before cannot be put aside it grows to twice that', async () => {
  const file = join(folder, 'agent.log')
  await writeFile(file, 'x'.repeat(5_000_001))
  const log = open(file)
  log('agent.started')
  expect((await stat(file)).size).toBeLessThan(200)
  expect((await stat(`${file}.1`)).size).toBe(5_000_001)

  const held = join(folder, 'held.log')
  await mkdir(join(`${held}.1`, 'in the way'), { recursive: true })
  await writeFile(held, 'x'.repeat(5_000_001))
  const into = open(held)
  into('agent.started')
  expect(elsewhere).toEqual([])
  expect((await stat(held)).size).toBeGreaterThan(5_000_010)
  await writeFile(held, 'x'.repeat(10_000_001))
  into('agent.started')
  expect(eventsOf(elsewhere)).toEqual(['log.not-written', 'agent.started'])
  expect((await stat(held)).size).toBe(10_000_001)
})
