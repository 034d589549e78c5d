import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { WriteBackLine } from '../workers/mis/write-backs/line.ts'
import { buildAgent } from './build.ts'
import { type Agent, agentIn } from './testing/agent-process.ts'
import { type Pretend, pretendSchoolgate } from './testing/pretend-schoolgate.ts'
import { putExport } from './testing/put-export.ts'

/** A school of 400, so that a body is more than one chunk. */
const CSV = [
  'Surname,Forename,DOB,Adno,Contact 1 Surname,Contact 1 Mobile',
  ...Array.from({ length: 400 }, (_, at) => {
    const phone = `07700 900${String(at).padStart(3, '0')}`
    return `Adeyemi${'abcdefghij'[at % 10]},Amara,15/03/2016,${1000 + at},Adeyemi,${phone}`
  }),
].join('\n')

const config = {
  logFile: 'agent.log',
  feeds: [{ name: 'pupils', data: 'roster', source: { kind: 'sims-csv', path: 'pupils.csv' } }],
  writeBacks: { folder: 'to-mis' },
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
  await putExport(join(agent.folder, 'pupils.csv'), CSV)
  const fingerprint = await schoolgate.fingerprint()
  await agent.run('enrol', schoolgate.address, schoolgate.code, '--fingerprint', fingerprint)
})
afterEach(async () => {
  for (const each of running.splice(0)) each.kill('SIGKILL')
  await schoolgate.stop()
})

function started(...args: string[]): ChildProcess {
  const child = agent.start(...args)
  running.push(child)
  return child
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 300) throw new Error('it never came to that')
    await pause(50)
  }
}

const spooled = () => readdir(join(agent.folder, 'state', 'spool')).catch(() => [])
const log = () => readFile(join(agent.folder, 'agent.log'), 'utf8')

test('killed before it heard that its data was received, it sends the same bytes again', async () => {
  schoolgate.isMute = true
  const child = started('push')
  await until(() => schoolgate.pushed.length === 1)
  child.kill('SIGKILL')
  await once(child, 'close')
  const left = await spooled()
  expect(left.map((name) => name.split('.')[1]).sort()).toEqual(['json', 'sgp'])
  for (const name of left) {
    const held = await readFile(join(agent.folder, 'state', 'spool', name), 'latin1')
    expect(held).not.toMatch(/Adeyemi|Amara|7700/)
  }

  schoolgate.isMute = false
  const again = await agent.run('push')
  expect(again).toMatchObject({ code: 0, err: '' })
  // Once unheard, once again with the same bytes, and once read afresh.
  expect(schoolgate.posts).toBe(3)
  expect(schoolgate.pushed.length).toBe(2)
  expect(schoolgate.pushed[1]?.pupils.length).toBe(400)
  expect(await spooled()).toEqual([])
  expect(await log()).toMatch(/push\.resumed.*\n.*"import":"imp_1"/)
}, 60_000)

test('killed while it writes down what it will send, it throws the rest away', async () => {
  await writeFile(join(agent.folder, 'state', 'history.json'), 'rubbish')
  const spool = join(agent.folder, 'state', 'spool')
  await agent.run('push')
  await writeFile(join(spool, 'half.sgp.1.part'), 'x')
  await writeFile(join(spool, 'headless.sgp'), 'x')
  await writeFile(join(spool, 'bodiless.json'), '{"feed":"pupils","sealedAtMs":1,"headers":{}}')
  expect(await agent.run('push')).toMatchObject({ code: 0 })
  expect(await spooled()).toEqual([])
  expect(schoolgate.pushed.length).toBe(2)
}, 60_000)

test('a server that is busy is asked again, and one that refuses is not', async () => {
  const seen: string[] = []
  schoolgate.instead = (path, request, response) => {
    seen.push(path)
    if (!path.endsWith('/imports')) return false
    if (seen.filter((each) => each === path).length > 2) return false
    request.resume()
    response.writeHead(503, { 'retry-after': '1' }).end()
    return true
  }
  expect(await agent.run('push')).toMatchObject({ code: 0 })
  expect(seen.filter((path) => path.endsWith('/imports')).length).toBe(3)
  expect(schoolgate.pushed.length).toBe(1)

  seen.length = 0
  schoolgate.instead = (path, request, response) => {
    seen.push(path)
    request.resume()
    const type = 'https://schoolgate.example/problems/revoked'
    response.writeHead(403).end(JSON.stringify({ type, title: 'Revoked', status: 403 }))
    return true
  }
  expect(await agent.run('push')).toMatchObject({
    code: 1,
    err: expect.stringContaining('revoked'),
  })
  expect(seen).toEqual(['GET /mis/v1/hello'])
}, 60_000)

test('whoever cannot prove to be Schoolgate gets nothing', async () => {
  schoolgate.isImpostor = true
  const pushed = await agent.run('push')
  expect(pushed).toMatchObject({ code: 1, err: expect.stringContaining('could not prove') })
  expect(schoolgate.posts).toBe(0)
  expect(await spooled()).toEqual([])
}, 60_000)

test('a clock that is wrong is told, and does no harm', async () => {
  schoolgate.aheadMs = 40 * 60_000
  const pushed = await agent.run('push')
  expect(pushed).toMatchObject({ code: 0, out: expect.stringContaining('received as imp_1') })
  expect(pushed.err).toMatch(/clock is 40 minutes behind/)
  expect((await agent.run('status')).out).toMatch(/clock is 40 minutes behind/)
}, 60_000)

test('all keys change without a visit', async () => {
  const before = await readFile(join(agent.folder, 'state', 'secrets.json'), 'utf8')
  const key = Buffer.alloc(32, 9).toString('base64url')
  await schoolgate.turnServerKey()
  schoolgate.keys.wantsNewAgentKey = true
  schoolgate.keys.nextApiKey = key
  for (let round = 0; round < 3; round++) {
    expect(await agent.run('push')).toMatchObject({ code: 0, err: '' })
  }
  expect(schoolgate.pushed.length).toBe(3)
  expect(schoolgate.keys).toEqual({ apiKey: key, nextApiKey: null, wantsNewAgentKey: false })
  expect(schoolgate.agentPublicKeys.length).toBe(2)
  const after = JSON.parse(await readFile(join(agent.folder, 'state', 'secrets.json'), 'utf8'))
  expect(after.apiKeys[0]).toBe(key)
  expect(after.keyPairs[0].publicKey).toBe(schoolgate.agentPublicKeys[0])
  expect(after.nextKeyPair).toBeUndefined()
  expect(before).not.toContain(after.keyPairs[0].privateKey)
  const status = await agent.run('status')
  expect(status.out).toContain(`Fingerprint of Schoolgate: ${await schoolgate.fingerprint()}`)
  expect(await log()).not.toContain(key)
}, 60_000)

const mark = (id: string, surname: string): WriteBackLine => ({
  id,
  record: {
    kind: 'mark',
    pupil: { upn: null, admissionNumber: '1000', surname, forename: 'Amara' },
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
})

test('write-backs are written, then acknowledged, and not written twice', async () => {
  schoolgate.writeBacks = [mark('wrb_1', 'Adeyemi'), mark('wrb_2', 'Marsh'), mark('wrb_3', 'Nowak')]
  schoolgate.instead = (path, request, response) => {
    if (!path.endsWith('/acknowledgement')) return false
    request.resume()
    response.writeHead(500).end()
    return true
  }
  const folder = join(agent.folder, 'to-mis')
  expect((await agent.run('writeback')).code).toBe(1)
  expect((await readdir(folder)).length).toBe(1)
  expect(schoolgate.acknowledged).toEqual([])

  schoolgate.instead = undefined
  expect(await agent.run('writeback')).toMatchObject({ code: 0, out: 'Written: 1\n' })
  expect(schoolgate.acknowledged).toEqual(['wrb_1', 'wrb_2', 'wrb_3'])
  const names = (await readdir(folder)).sort()
  expect(names.every((name) => /^schoolgate-attendance-codes-.*\.csv$/.test(name))).toBe(true)
  const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  expect(
    files
      .join('')
      .match(/wrb_\d/g)
      ?.sort(),
  ).toEqual(['wrb_1', 'wrb_2', 'wrb_3'])
  expect(await log()).not.toMatch(/Adeyemi|Okafor/)
}, 60_000)

test('one agent at a time: a second says so, and one that was killed is in nobody’s way', async () => {
  schoolgate.isMute = true
  const first = started('push')
  await until(() => schoolgate.posts === 1)
  expect(await agent.run('push')).toMatchObject({
    code: 1,
    err: expect.stringContaining('at work'),
  })
  first.kill('SIGKILL')
  await once(first, 'close')
  schoolgate.isMute = false
  expect((await agent.run('push')).code).toBe(0)
}, 60_000)

test('run sends what was never sent at once, and stops when it is told to', async () => {
  const child = started('run')
  await until(() => schoolgate.pushed.length === 1)
  await until(async () => (await log()).includes('push.received'))
  await pause(200)
  child.kill('SIGTERM')
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
  expect(await log()).toContain('agent.stopped')
  // Nothing is due until the night.
  const again = started('run')
  await pause(1_500)
  again.kill('SIGTERM')
  await once(again, 'close')
  expect(schoolgate.posts).toBe(1)
}, 60_000)
