import { once } from 'node:events'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { buildAgent } from '../../agent/build.ts'
import { type Agent, agentIn } from '../../agent/testing/agent-process.ts'
import { openWorld } from './world.ts'

const world = openWorld()

let agent: Agent
beforeAll(async () => {
  const built = join(await mkdtemp(join(tmpdir(), 'built-')), 'agent.mjs')
  agent = await agentIn(await buildAgent(built), {
    logFile: 'agent.log',
    feeds: [
      {
        name: 'joiners',
        data: 'roster',
        scope: 'partial',
        source: { kind: 'sims-csv', path: 'joiners.csv' },
      },
    ],
  })
})

/** Somebody who joins, with a column that Schoolgate does not want. */
const joiner = (forename: string, adno: number) =>
  `Quill,${forename},15/03/2016,${adno},ABAN,Quill,07700 900123,Mother`

const joiners = (...rows: string[]) =>
  writeFile(
    join(agent.folder, 'joiners.csv'),
    [
      'Surname,Forename,DOB,Adno,Ethnicity,Contact 1 Surname,Contact 1 Mobile,Contact 1 Relationship',
      ...rows,
    ].join('\n'),
  )

const spooled = () => readdir(join(agent.folder, 'state', 'spool')).catch(() => [])

test('a school’s agent is enrolled and sends; killed while it sends, it finishes by itself', async () => {
  const pym = await world.visitor()
  await pym.signIn('pym')
  await pym.visit('/school/agents/new')
  await pym.type('What do you call the program?', 'Office server')
  await pym.press('Make a code')
  const words = await pym.words()
  const code = /(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}/.exec(words)?.[0] ?? ''
  const fingerprint = /(?:[0-9A-F]{4} ){7}[0-9A-F]{4}/.exec(words)?.[0] ?? ''
  const { origin } = world.system
  await joiners(joiner('Persephone', 991_275))
  expect(await agent.run('enrol', origin, code, '--fingerprint', fingerprint)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Enrolled for St Botolph’s Primary'),
  })
  // The code was for once.
  expect(
    (await agent.run('enrol', origin, code, '--fingerprint', fingerprint, '--again')).err,
  ).toContain('The code is not valid')
  expect((await agent.run('preview')).out).toMatch(/Ethnicity {2}1 {2}not needed/)
  expect((await agent.run('push')).out).toMatch(/joiners: received as imp_\w+, applied/)

  await joiners(joiner('Persephone', 991_275), joiner('Theodora', 991_276))
  const child = agent.start('push')
  while ((await spooled()).length === 0 && child.exitCode === null) await delay(1)
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  expect(await agent.run('push')).toMatchObject({ code: 0, err: '' })
  expect(await spooled()).toEqual([])
  expect(await agent.run('status')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Schoolgate answers, and has proved who it is.'),
  })
  expect(await readFile(join(agent.folder, 'agent.log'), 'utf8')).not.toMatch(/Quill|Theodora|ABAN/)

  await pym.visit('/school/pupils')
  await pym.type('Find a pupil', 'Quill')
  await pym.press('Search')
  await pym.read(/Quill, Persephone/)
  await pym.read(/Quill, Theodora/)
})
