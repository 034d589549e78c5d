import { mkdtemp, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Config } from './config.ts'
import { enrol, identify } from './enrol.ts'
import { pushFeeds } from './push-feeds.ts'
import { status } from './status.ts'
import { pretendSchoolgate } from './testing/pretend-schoolgate.ts'
import { putExport } from './testing/put-export.ts'
import type { World } from './world.ts'

const DAY_SECONDS = 86_400

test('an export that the school’s system wrote days ago is sent, and log and status say how old it is', async () => {
  const schoolgate = await pretendSchoolgate()
  onTestFinished(() => schoolgate.stop())
  const folder = await mkdtemp(join(tmpdir(), 'agent-'))
  const logged: { event: string; facts: object }[] = []
  const log: World['log'] = (event, facts = {}) => void logged.push({ event, facts })
  const world: World = { state: join(folder, 'state'), network: {}, log }
  const path = join(folder, 'pupils.csv')
  const source = { kind: 'sims-csv' as const, path }
  const schedule = { at: ['02:15'] }
  const feed = { name: 'pupils', data: 'roster' as const, scope: 'full' as const, source, schedule }
  const config: Config = { state: world.state, feeds: [feed] }
  const address = new URL(schoolgate.address)
  const identity = await identify(world, address)
  if (!identity.ok) throw new Error('nobody answers')
  await enrol(world, address, schoolgate.code, identity.value)
  const line = async () => (await status(world, config)).lines.find((one) => one.includes('pupils'))

  await putExport(path, 'Surname,Forename,DOB,Adno\nAdeyemi,Amara,15/03/2016,1275')
  await pushFeeds(world, config.feeds)
  expect(await line()).toMatch(/last received \d/)
  expect(await line()).not.toContain('days old')
  expect(logged.map(({ event }) => event)).not.toContain('export.stale')

  const then = Date.now() / 1000 - 9 * DAY_SECONDS
  await utimes(path, then, then)
  await pushFeeds(world, config.feeds)
  expect(await line()).toContain('from an export that is 9 days old')
  expect(logged).toContainEqual({ event: 'export.stale', facts: { feed: 'pupils', hours: 216 } })
})
