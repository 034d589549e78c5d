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

const ROLL = 'Surname,Forename,DOB,Adno\nAdeyemi,Amara,15/03/2016,1275'

test('an export that the school’s system wrote days ago is sent, and log and status say how old it is', async () => {
  const { world, config, path, logged } = await enrolled()
  const line = async () => (await status(world, config)).lines.find((one) => one.includes('pupils'))

  await putExport(path, ROLL)
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

test('an export that nobody wrote anew is of the same moment each time, however the clocks are compared', async () => {
  const { schoolgate, world, config, path } = await enrolled()
  const saidOf = async (aheadMs: number) => {
    schoolgate.aheadMs = aheadMs
    await pushFeeds(world, config.feeds)
    return schoolgate.pushed.at(-1)?.opening.takenAt
  }
  await putExport(path, ROLL)
  const first = await saidOf(0)
  // Schoolgate’s clock, found seven seconds slower: by itself that would make the export so much older.
  expect(await saidOf(-7000)).toBe(first)
  expect(await saidOf(7000)).toBe(first)

  await utimes(path, new Date(), new Date(Date.now() - 30_000))
  const written = await saidOf(-7000)
  const agedMs = Date.parse(written ?? '') - Date.parse(first ?? '')
  expect(Math.abs(agedMs - 23_000)).toBeLessThan(2000)
  expect(schoolgate.pushed).toHaveLength(4)
})

async function enrolled() {
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
  return { schoolgate, world, config, path, logged }
}
