import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { WriteBackLine } from '../workers/mis/write-backs/line.ts'
import { buildAgent } from './build.ts'
import { type Agent, agentIn } from './testing/agent-process.ts'
import { type Pretend, pretendSchoolgate } from './testing/pretend-schoolgate.ts'
import { putExport } from './testing/put-export.ts'

/**
 * The disk of the school's server fills up. It is played by a limit on how long a file may be, which lets the
 * beginning of a file through and then takes no more, as a full disk does; the operating system says EFBIG.
 */
const CSV = [
  'Surname,Forename,DOB,Adno',
  ...Array.from({ length: 400 }, (_, at) => `Adeyemi,Amara,15/03/2016,${1000 + at}`),
].join('\n')

const config = {
  logFile: 'agent.log',
  feeds: [{ name: 'pupils', data: 'roster', source: { kind: 'sims-csv', path: 'pupils.csv' } }],
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

/** No file may be longer than so many blocks of 512 bytes (POSIX, ulimit). */
function onFullDisk(blocks: number, args: readonly string[], stderr: 'pipe' | number = 'pipe') {
  const limited = `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`
  const node = process.env['AGENT_NODE'] ?? process.execPath
  const child = spawn('sh', ['-c', limited, 'sh', node, program, ...args], {
    cwd: agent.folder,
    stdio: ['ignore', 'pipe', stderr],
  })
  running.push(child)
  const said = { err: '' }
  child.stderr?.on('data', (part) => (said.err += String(part)))
  return { child, said }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 300) throw new Error('it never came to that')
    await pause(50)
  }
}

const inState = (...path: string[]) => join(agent.folder, 'state', ...path)
const partsIn = async (...path: string[]) =>
  (await readdir(inState(...path))).filter((name) => name.endsWith('.part'))

test('a full disk ends neither the program nor its log, and leaves nothing that is half there', async () => {
  await writeFile(join(agent.folder, 'agent.log'), `${'x'.repeat(2040)}\n`)
  const secrets = await readFile(inState('secrets.json'))
  const { child, said } = onFullDisk(4, ['run'])
  await until(() => said.err.includes('turn.failed'))
  expect(said.err).toMatch(/"event":"turn.failed","act":"push","code":"EFBIG"/)
  expect(said.err.match(/log\.not-written/g)).toHaveLength(1)
  await pause(300)
  expect(child.exitCode).toBeNull()
  expect(schoolgate.posts).toBe(0)
  expect(await readdir(inState('spool'))).toEqual([])
  expect(await partsIn()).toEqual([])
  expect(await readFile(inState('secrets.json'))).toEqual(secrets)
  const status = await agent.run('status')
  expect(status).toMatchObject({
    code: 1,
    out: expect.stringContaining('Something failed on this'),
  })
  child.kill('SIGTERM')
  const [code] = await once(child, 'close')
  expect(code).toBe(0)

  // Somebody has made room: what was not done is done at once, and not only when it is next due.
  const again = agent.start('run')
  running.push(again)
  await until(() => schoolgate.pushed.length === 1)
  expect(schoolgate.pushed[0]?.pupils).toHaveLength(400)
}, 60_000)

test('where nothing at all can be written, not what stands in for the log either, it still runs', async () => {
  await writeFile(join(agent.folder, 'agent.log'), 'x'.repeat(100))
  const stderr = await open(join(agent.folder, 'stderr.log'), 'a')
  const { child } = onFullDisk(0, ['run'], stderr.fd)
  await pause(2_500)
  expect(child.exitCode).toBeNull()
  child.kill('SIGTERM')
  const [code] = await once(child, 'close')
  await stderr.close()
  expect(code).toBe(0)
  expect(await readFile(join(agent.folder, 'agent.log'), 'utf8')).toBe('x'.repeat(100))
  expect((await agent.run('push')).code).toBe(0)
}, 60_000)

test('keys that cannot be written down are not used, and change when there is room', async () => {
  schoolgate.keys.nextApiKey = Buffer.alloc(32, 9).toString('base64url')
  await schoolgate.turnServerKey()
  schoolgate.keys.wantsNewAgentKey = true
  const before = await readFile(inState('secrets.json'))
  const [known] = schoolgate.agentPublicKeys
  const { child, said } = onFullDisk(1, ['push'])
  const [code] = await once(child, 'close')
  expect(code).toBe(1)
  expect(said.err).toMatch(/Something failed on this machine.*\(EFBIG\)/)
  expect(await readFile(inState('secrets.json'))).toEqual(before)
  expect(await partsIn()).toEqual([])
  expect(schoolgate.keys.nextApiKey).not.toBeNull()
  expect(schoolgate.agentPublicKeys).toEqual([known])

  expect(await agent.run('push')).toMatchObject({ code: 0, err: '' })
  expect(schoolgate.keys.nextApiKey).toBeNull()
  expect(schoolgate.agentPublicKeys).toHaveLength(2)
}, 60_000)

const mark: WriteBackLine = {
  id: 'wrb_1',
  record: {
    kind: 'mark',
    pupil: { upn: null, admissionNumber: '1000', surname: 'Adeyemi', forename: 'Amara' },
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

test('decisions that could not be remembered as written are not written time and again', async () => {
  const folder = join(agent.folder, 'to-mis')
  const written = { ...config, writeBacks: { folder: 'to-mis' } }
  await writeFile(join(agent.folder, 'schoolgate-agent.json'), JSON.stringify(written))
  const remembered = Array.from({ length: 300 }, (_, at) => `wrb_before_${at}`)
  await writeFile(inState('written.json'), JSON.stringify(remembered))
  schoolgate.writeBacks = [mark]
  for (let tries = 0; tries < 2; tries++) {
    const { child } = onFullDisk(4, ['writeback'])
    const [code] = await once(child, 'close')
    expect(code).toBe(1)
  }
  expect(await readdir(folder)).toEqual([])
  expect(schoolgate.acknowledged).toEqual([])
  expect(JSON.parse(await readFile(inState('written.json'), 'utf8'))).toHaveLength(300)

  expect(await agent.run('writeback')).toMatchObject({ code: 0, out: 'Written: 1\n' })
  expect(await readdir(folder)).toHaveLength(1)
  expect(schoolgate.acknowledged).toEqual(['wrb_1'])
}, 60_000)
