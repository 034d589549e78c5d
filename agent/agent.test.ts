import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildAgent } from './build.ts'
import { type Agent, agentIn } from './testing/agent-process.ts'
import { type Pretend, pretendSchoolgate } from './testing/pretend-schoolgate.ts'
import { putExport } from './testing/put-export.ts'

const CSV = [
  'Surname,Forename,DOB,Adno,House,Ethnicity,Contact 1 Surname,Contact 1 Mobile,Contact 1 Relationship',
  'Adeyemi,Amara,15/03/2016,001275,Oak,ABAN,Adeyemi,07700 900123,Mother',
  'Marsh,Teddy,01/09/2015,001276,,WBRI,Marsh,07700 900124,Father',
  'Holloway,Wren,32/13/2014,001277,,WBRI,Holloway,12,Carer',
].join('\n')
/** Anything of anybody in the file, in the form it has there or is sent in. */
const CANARIES = /Adeyemi|Amara|Marsh|Teddy|Holloway|Wren|900123|900124|001275|2016-03-15|ABAN|WBRI/

const config = {
  logFile: 'agent.log',
  feeds: [{ name: 'pupils', data: 'roster', source: { kind: 'sims-csv', path: 'pupils.csv' } }],
  writeBacks: { folder: 'to-mis' },
}

let program: string
let schoolgate: Pretend
let agent: Agent

beforeAll(async () => {
  program = await buildAgent(join(await mkdtemp(join(tmpdir(), 'built-')), 'agent.mjs'))
})
beforeEach(async () => {
  schoolgate = await pretendSchoolgate()
  agent = await agentIn(program, config)
  await putExport(join(agent.folder, 'pupils.csv'), CSV)
})
afterEach(async () => {
  await schoolgate.stop()
})

const enrol = async () =>
  agent.run(
    'enrol',
    schoolgate.address,
    schoolgate.code,
    '--fingerprint',
    await schoolgate.fingerprint(),
  )

const log = () => readFile(join(agent.folder, 'agent.log'), 'utf8')

/** All that the program keeps in its folder, beside the export that the school put there. */
async function kept(): Promise<string> {
  const names = await readdir(agent.folder, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile() && entry.name !== 'pupils.csv')
  const texts = files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1'))
  return (await Promise.all(texts)).join('\n')
}

test('enrol, preview, push: the school sees what leaves it, and nothing else does', async () => {
  const enrolled = await enrol()
  expect(enrolled).toMatchObject({ code: 0, err: '' })
  expect(enrolled.out).toContain(`Fingerprint of Schoolgate: ${await schoolgate.fingerprint()}`)
  expect(enrolled.out).toContain('Enrolled for St Botolph’s Primary')

  const preview = await agent.run('preview')
  expect(preview.out).toMatch(/pupil 3, contact 3/)
  expect(preview.out).toMatch(/Ethnicity {2}3 {2}not needed/)
  expect(preview.out).toMatch(/line 4, DOB: not a date/)
  expect(preview.out).toContain('First rows are shown on a terminal only.')
  expect(preview.out).toContain('Nothing was sent.')
  expect(schoolgate.posts).toBe(0)

  const pushed = await agent.run('push')
  expect(pushed).toMatchObject({
    code: 0,
    err: '',
    out: 'pupils: received as imp_1, held: removes many pupils\n',
  })
  const [first] = schoolgate.pushed
  expect(first?.opening).toMatchObject({
    kind: 'roster',
    scope: 'full',
    dropped: [{ column: 'Ethnicity', count: 3, why: 'not-needed' }],
  })
  expect(first?.rejected).toEqual([
    { line: 4, field: 'DOB', reason: 'not-a-date', subject: 'field' },
    { line: 4, field: 'Contact 1 Mobile', reason: 'phone-too-short', subject: 'field' },
  ])
  expect(first?.records).toBe(3)
  expect(first?.pupils.map(({ surname }) => surname)).toEqual(['Adeyemi', 'Marsh', 'Holloway'])
  expect(JSON.stringify(first)).not.toMatch(/ABAN|WBRI/)

  expect(await readdir(join(agent.folder, 'state', 'spool'))).toEqual([])
  expect(preview.out + pushed.out + pushed.err + (await kept())).not.toMatch(CANARIES)
  expect(await log()).toContain('push.received')
}, 60_000)

test('status says who this is and how it went, and the second push is like the first', async () => {
  expect(await agent.run('status')).toMatchObject({
    code: 1,
    out: expect.stringContaining('not enrolled'),
  })
  await enrol()
  await agent.run('push')
  const status = await agent.run('status')
  expect(status.code).toBe(0)
  expect(status.out).toContain('Schoolgate answers, and has proved who it is.')
  expect(status.out).toMatch(
    /pupils: last received \d{4}-.* UTC, held: removes many pupils, next due/,
  )
  expect(status.out).toContain(`Fingerprint of Schoolgate: ${await schoolgate.fingerprint()}`)
  await agent.run('push')
  const [first, second] = schoolgate.pushed
  expect(second?.digest).toBe(first?.digest)
}, 60_000)

test('a Schoolgate with another fingerprint, a wrong code and a second enrolment are refused', async () => {
  const { address, code } = schoolgate
  const other = 'A1B2 C3D4 E5F6 0718 293A 4B5C 6D7E 8F90'
  expect(await agent.run('enrol', address, code, '--fingerprint', other)).toMatchObject({
    code: 1,
    err: expect.stringContaining('fingerprints differ'),
  })
  // Nobody at the keyboard can say that it is right.
  expect((await agent.run('enrol', address, code)).code).toBe(1)
  const right = await schoolgate.fingerprint()
  expect(await agent.run('enrol', address, 'WRONG', '--fingerprint', right)).toMatchObject({
    code: 1,
    err: expect.stringContaining('revoke that agent'),
  })
  expect(await agent.run('enrol', 'http://schoolgate.example', code)).toMatchObject({
    err: expect.stringContaining('https://'),
  })
  expect(schoolgate.agentPublicKeys).toEqual([])
  await enrol()
  expect((await enrol()).err).toContain('--again')
}, 60_000)
