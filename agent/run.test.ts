import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WriteBackLine } from '../workers/mis/write-backs/line.ts'
import * as collect from './collect.ts'
import type { Config } from './config.ts'
import { enrol, identify } from './enrol.ts'
import { pushFeeds } from './push-feeds.ts'
import { run } from './run.ts'
import { readHistory } from './history.ts'
import { alone } from './single.ts'
import { status } from './status.ts'
import { type Pretend, pretendSchoolgate } from './testing/pretend-schoolgate.ts'
import { putExport } from './testing/put-export.ts'
import type { World } from './world.ts'

/** A night in the school's server room, where something is always in the way. */
let schoolgate: Pretend
let folder: string
let world: World
let config: Config
let logged: { event: string; facts: object }[]
let asked: string[]

beforeEach(async () => {
  schoolgate = await pretendSchoolgate()
  folder = await mkdtemp(join(tmpdir(), 'agent-'))
  logged = []
  asked = []
  const log: World['log'] = (event, facts = {}) => void logged.push({ event, facts })
  world = { state: join(folder, 'state'), network: {}, log }
  const path = join(folder, 'pupils.csv')
  await putExport(path, 'Surname,Forename,DOB,Adno\nAdeyemi,Amara,15/03/2016,1275')
  const schedule = { at: ['02:15'] }
  config = {
    state: world.state,
    feeds: [
      {
        name: 'pupils',
        data: 'roster',
        scope: 'full',
        source: { kind: 'sims-csv', path },
        schedule,
      },
    ],
  }
  const address = new URL(schoolgate.address)
  const identity = await identify(world, address)
  if (!identity.ok) throw new Error('nobody answers')
  const enrolled = await enrol(world, address, schoolgate.code, identity.value)
  if (!enrolled.ok) throw new Error(enrolled.code)
  schoolgate.instead = (asking) => {
    asked.push(asking)
    return false
  }
})
afterEach(() => schoolgate.stop())

const logs = (event: string) => logged.filter((line) => line.event === event)

/** Runs until it is so, and a little longer. */
async function runUntil(isSo: () => boolean): Promise<void> {
  const stop = new AbortController()
  const running = run(world, config, stop.signal, 20)
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 300) throw new Error(`it never came to that: ${JSON.stringify(logged)}`)
    await pause(20)
  }
  await pause(300)
  stop.abort()
  await running
}

test('what is due while another agent is at work stays due, is told, and is done after it', async () => {
  let release = () => {}
  const held = alone(world.state, () => new Promise<void>((resolve) => (release = resolve)))
  await runUntil(() => {
    if (logs('turn.postponed').length >= 2) release()
    return schoolgate.pushed.length > 0
  })
  await held
  expect(logs('turn.postponed')[0]?.facts).toEqual({ act: 'push', because: 'running' })
  expect(schoolgate.pushed).toHaveLength(1)
}, 30_000)

test('a fault of one turn is told, does not end the program, and is not run into again at once', async () => {
  await writeFile(join(world.state, 'spool'), 'in the way')
  await runUntil(() => logs('turn.failed').length > 0)
  expect(logs('turn.failed').map(({ facts }) => facts)).toEqual([{ act: 'push', code: 'EEXIST' }])
  expect(logs('agent.stopped')).toHaveLength(1)
  expect(schoolgate.pushed).toEqual([])
}, 30_000)

test('a feed that breaks does not keep back the others, and status tells of it', async () => {
  const [pupils] = config.feeds
  if (!pupils) throw new Error('no feed')
  const broken = { ...pupils, name: 'broken' }
  config = { ...config, feeds: [broken, pupils] }
  const fault = new Error('a fault of the reader')
  const collecting = vi.spyOn(collect, 'collect')
  collecting.mockImplementationOnce(() => Promise.reject(fault))
  await expect(pushFeeds(world, config.feeds)).rejects.toThrow(fault)
  collecting.mockRestore()
  expect(schoolgate.pushed).toHaveLength(1)
  const { lines, isWell } = await status(world, config)
  expect(isWell).toBe(false)
  expect(lines.find((line) => line.startsWith('broken'))).toContain('Something failed')
  expect(lines.find((line) => line.startsWith('pupils'))).not.toContain('last try')
}, 30_000)

const mark: WriteBackLine = {
  id: 'wrb_1',
  record: {
    kind: 'mark',
    pupil: { upn: null, admissionNumber: '1275', surname: 'Adeyemi', forename: 'Amara' },
    date: '2026-11-23',
    session: 'AM',
    isLesson: false,
    original: 'N',
    code: 'I',
    minutesLate: null,
    reason: null,
    decidedBy: { name: 'Ngozi Okafor', title: 'Headteacher' },
    decidedAt: '2026-11-23T09:30:00Z',
  },
}

const point: WriteBackLine = {
  id: 'wrb_2',
  record: {
    kind: 'point',
    contact: { title: null, forename: 'Folake', surname: 'Adeyemi' },
    pupils: [{ upn: null, admissionNumber: '1275', surname: 'Adeyemi', forename: 'Amara' }],
    channel: 'phone',
    was: '+447700900123',
    is: '+447700900888',
    decidedBy: { name: 'Eric Pym', title: 'Data Manager' },
    decidedAt: '2026-11-23T09:31:00Z',
  },
}

const statusLine = async () =>
  (await status(world, config)).lines.find((line) => line.startsWith('Write-backs'))

test('where the folder cannot be written nothing is collected; it is told, and tried again after a pause', async () => {
  await writeFile(join(folder, 'file'), '')
  config = { ...config, writeBacks: { folder: join(folder, 'file', 'to-mis'), mode: '0640' } }
  schoolgate.writeBacks = [mark]
  await runUntil(() => logs('write-backs.failed').length > 0)
  expect(logs('write-backs.failed').map(({ facts }) => facts)).toEqual([
    { reason: 'unwritable', code: 'folder-not-written', detail: 'ENOTDIR' },
  ])
  expect(asked.filter((asking) => asking.includes('write-backs'))).toEqual([])
  expect(await statusLine()).toMatch(/^Write-backs: last looked for \d.*UTC: .*cannot be written/)
  expect((await status(world, config)).isWell).toBe(false)

  const writeBacks = { folder: join(folder, 'to-mis'), mode: '0660' } as const
  config = { ...config, writeBacks }
  schoolgate.writeBacks = [mark, point]
  await runUntil(() => schoolgate.acknowledged.length > 0)
  expect(schoolgate.acknowledged).toEqual(['wrb_1', 'wrb_2'])
  const names = (await readdir(writeBacks.folder)).sort()
  expect(names.map((name) => name.replace(/-2\d{3}-.*/, ''))).toEqual([
    'schoolgate-attendance-codes',
    'schoolgate-contact-details',
  ])
  for (const name of names) {
    const path = join(writeBacks.folder, name)
    expect((await stat(path)).mode & 0o777).toBe(0o660)
    expect(await readFile(path, 'utf8')).toContain('Adeyemi')
  }
  expect(await statusLine()).toMatch(/^Write-backs: last looked for \d.*UTC$/)
}, 60_000)

test('told to wait, the agent waits as long as it was told, and goes on', async () => {
  const answered: { path: string; atMs: number }[] = []
  schoolgate.instead = (path, request, response) => {
    const isFirst = !answered.some((one) => one.path === path)
    answered.push({ path, atMs: Date.now() })
    if (!isFirst) return false
    request.resume()
    const problem = { type: 'urn:schoolgate:problem:throttled', title: 'x', status: 429 }
    response.writeHead(429, { 'retry-after': '3' }).end(JSON.stringify(problem))
    return true
  }
  expect(await pushFeeds(world, config.feeds)).toMatchObject({ ok: true })
  expect(schoolgate.pushed).toHaveLength(1)
  for (const path of ['GET /mis/v1/hello', 'POST /mis/v1/imports']) {
    const [first, second] = answered.filter((one) => one.path === path)
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(3_000)
  }
  expect((await readHistory(world.state)).feeds['pupils']?.problem).toBeUndefined()
}, 30_000)
