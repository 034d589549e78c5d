import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildAgent } from './build.ts'
import { type Agent, agentIn } from './testing/agent-process.ts'
import { type Pretend, pretendSchoolgate } from './testing/pretend-schoolgate.ts'
import { putExport } from './testing/put-export.ts'

/** A school hands its registers of a whole year to the agent in one file: more than one push takes. */
const PUPILS = 150
const MONTHS = Array.from({ length: 12 }, (_, at) => {
  const [year, month] = at < 4 ? [2025, at + 9] : [2026, at - 3]
  return `${year}-${String(month).padStart(2, '0')}`
})
const MARKS = PUPILS * MONTHS.length * 28 * 2

function yearOfMarks(): string {
  const rows = ['Adno,Date,Session,Mark', '1,2025-09-01,AM,?']
  for (const month of MONTHS) {
    for (let day = 1; day <= 28; day++) {
      for (let pupil = 0; pupil < PUPILS; pupil++) {
        const of = `${1000 + pupil},${month}-${String(day).padStart(2, '0')}`
        rows.push(`${of},AM,/`, `${of},PM,\\`)
      }
    }
  }
  return rows.join('\n')
}

const config = {
  logFile: 'agent.log',
  feeds: [
    { name: 'marks', data: 'registers', source: { kind: 'csv', path: 'marks.csv' } },
    { name: 'pupils', data: 'roster', source: { kind: 'sims-csv', path: 'pupils.csv' } },
  ],
}

let program: string
let schoolgate: Pretend
let agent: Agent
const running: ChildProcess[] = []

beforeAll(async () => {
  program = await buildAgent(join(await mkdtemp(join(tmpdir(), 'built-')), 'agent.mjs'))
})
beforeEach(async () => {
  schoolgate = await pretendSchoolgate()
  agent = await agentIn(program, config)
  await putExport(join(agent.folder, 'marks.csv'), yearOfMarks())
  const fingerprint = await schoolgate.fingerprint()
  await agent.run('enrol', schoolgate.address, schoolgate.code, '--fingerprint', fingerprint)
})
afterEach(async () => {
  for (const each of running.splice(0)) each.kill('SIGKILL')
  await schoolgate.stop()
})

const spooled = () => readdir(join(agent.folder, 'state', 'spool')).catch(() => [])

const monthsOf = ({ marks }: Pretend['pushed'][number]): string[] => [
  ...new Set(marks.map(({ date }) => date.slice(0, 7))),
]

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 600) throw new Error('it never came to that')
    await pause(50)
  }
}

test('a year of registers goes a month at a time, and the same again is the same', async () => {
  const preview = await agent.run('preview', 'marks')
  expect(preview.out).toContain('Would go in 12 pushes, by month.')
  const pushed = await agent.run('push', 'marks')
  expect(pushed).toMatchObject({ code: 0, err: '' })
  expect(pushed.out.match(/marks: received as imp_\d+/g)).toHaveLength(12)
  expect(schoolgate.pushed.map(monthsOf)).toEqual(MONTHS.map((month) => [month]))
  expect(schoolgate.pushed.reduce((sum, { marks }) => sum + marks.length, 0)).toBe(MARKS)
  // The row that could not be read is told of once.
  expect(schoolgate.pushed.flatMap(({ rejected }) => rejected)).toEqual([
    { line: 2, field: 'Mark', reason: 'unknown-code', subject: 'row' },
  ])
  expect(await spooled()).toEqual([])
  const history = await readFile(join(agent.folder, 'state', 'history.json'), 'utf8')
  expect(JSON.parse(history).feeds.marks.importId).toBe('imp_12')

  await agent.run('push', 'marks')
  const digests = schoolgate.pushed.map(({ digest }) => digest)
  expect(digests.slice(12)).toEqual(digests.slice(0, 12))
}, 120_000)

test('where Schoolgate is busy in the middle of it, it goes on from there', async () => {
  let bodies = 0
  schoolgate.instead = (path, request, response) => {
    if (!path.endsWith('/imports') || ++bodies !== 5) return false
    request.resume()
    response.writeHead(503, { 'retry-after': '1' }).end()
    return true
  }
  const pushed = await agent.run('push', 'marks')
  expect(pushed).toMatchObject({ code: 0, err: '' })
  expect(bodies).toBe(13)
  expect(pushed.out.match(/received as/g)).toHaveLength(12)
  expect(schoolgate.pushed.map(monthsOf)).toEqual(MONTHS.map((month) => [month]))
}, 120_000)

test('killed in the middle of it, it sends what is left as it was sealed, and then all afresh', async () => {
  let bodies = 0
  schoolgate.instead = (path) => path.endsWith('/imports') && ++bodies > 3
  const child = agent.start('push', 'marks')
  running.push(child)
  await until(() => bodies > 3)
  child.kill('SIGKILL')
  await once(child, 'close')
  expect((await spooled()).filter((name) => name.endsWith('.sgp'))).toHaveLength(9)

  schoolgate.instead = undefined
  expect(await agent.run('push', 'marks')).toMatchObject({ code: 0, err: '' })
  const [left, afresh] = [schoolgate.pushed.slice(0, 12), schoolgate.pushed.slice(12)]
  for (const pushes of [left, afresh]) {
    expect(pushes.map(monthsOf)).toEqual(MONTHS.map((month) => [month]))
  }
  expect(await spooled()).toEqual([])
}, 120_000)

test('a refusal in the middle leaves nothing waiting, and says what was received', async () => {
  let bodies = 0
  schoolgate.instead = (path, request, response) => {
    if (!path.endsWith('/imports') || ++bodies < 3) return false
    request.resume()
    response.writeHead(403).end(JSON.stringify({ type: 'urn:x:revoked', title: 'x', status: 403 }))
    return true
  }
  const pushed = await agent.run('push', 'marks')
  expect(pushed.code).toBe(1)
  expect(pushed.out.match(/received as/g)).toHaveLength(2)
  expect(bodies).toBe(3)
  expect(await spooled()).toEqual([])
}, 120_000)

test('people beyond what a push takes are refused in words, and not cut off', async () => {
  const rows = Array.from({ length: 20_001 }, (_, at) => `Adeyemi,Amara,15/03/2016,${at}`)
  const csv = ['Surname,Forename,DOB,Adno', ...rows].join('\n')
  await putExport(join(agent.folder, 'pupils.csv'), csv)
  expect(await agent.run('push', 'pupils')).toMatchObject({
    code: 1,
    err: expect.stringContaining('more rows in it than are read at once'),
  })
  expect(schoolgate.posts).toBe(0)
}, 60_000)
