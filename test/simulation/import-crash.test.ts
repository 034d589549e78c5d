import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { buildAgent } from '../../agent/build.ts'
import { type Agent, agentIn } from '../../agent/testing/agent-process.ts'
import { rosterCsv } from '../cast/roster-file.ts'
import type { Person } from '../journeys/person.ts'
import type { System } from '../journeys/running.ts'
import { openWorld } from '../journeys/world.ts'
import { chancesOf } from './chances.ts'

// Oakfield’s own agent pushes hundreds of new pupils, and the whole runtime is killed while it takes them in.
// After each restart all of them are there or none is; and what was received finishes with nobody’s help.
const PUPILS = 1_000
/** Kills until so many have hit an import that was under way, and at most so many. */
const HITS = 2
const MOST_KILLS = 16
/** A job that its queue lost is queued anew after two minutes; this is that, and the machine's own pace. */
const FINISHED_WITHIN_MS = 300_000
const TEST_MS = 1_800_000

const seeds = (process.env['CRASH_SEEDS'] ?? '1').split(',').map(Number)
const world = openWorld()

test.each(seeds)(
  'under seed %i, an import is whole or absent, and finishes by itself',
  { timeout: TEST_MS },
  async (seed) => {
    const { system } = world
    const abara = await world.visitor()
    await abara.signIn('abara')
    const agent = await enrolled(abara, system)
    const chance = chancesOf(seed)
    let there = await pupilsOnRoll(abara)
    await exported(agent, seed, 0)
    const undisturbedMs = await timed(async () => {
      await pushed(agent)
      await untilPupils(abara, (there += PUPILS))
    })

    let [kills, hits] = [0, 0]
    while (hits < HITS && kills < MOST_KILLS) {
      await exported(agent, seed, ++kills)
      const pushing = pushed(agent)
      await delay(chance() * undisturbedMs)
      await system.kill()
      await system.restart()
      if (await isUnderWay(abara)) hits++
      const found = await pupilsOnRoll(abara)
      expect([there, there + PUPILS], `seed ${seed}, kill ${kills}: whole or absent`).toContain(
        found,
      )
      await pushing
      await untilPupils(abara, (there += PUPILS))
    }
    console.log(`seed ${seed}: ${kills} kills, ${hits} of them while an import was under way`)
    expect(hits, `seed ${seed}: some kills hit an import`).toBe(HITS)
    expect(await pupilsOnRoll(abara), `seed ${seed}: nothing twice`).toBe(there)
  },
)

/** As a school does it: somebody asks for a code, and types it into the program. */
async function enrolled(abara: Person, system: System): Promise<Agent> {
  const program = await buildAgent(join(await mkdtemp(join(tmpdir(), 'built-')), 'agent.mjs'))
  const source = { kind: 'sims-csv', path: 'pupils.csv' }
  const feed = { name: 'pupils', data: 'roster', scope: 'partial', source }
  const agent = await agentIn(program, { feeds: [feed] })
  await abara.visit('/school/agents/new')
  await abara.type('What do you call the program?', `Office server`)
  await abara.press('Make a code')
  await abara.isAt('Code for the agent')
  const words = await abara.page.locator('dd code').allInnerTexts()
  const [code = '', , fingerprint = ''] = words
  const ran = await agent.run('enrol', system.origin, code, '--fingerprint', fingerprint)
  expect(ran.code, ran.err).toBe(0)
  return agent
}

/** Pupils whom nobody knows yet: numbers of each export begin after those of the one before. */
const exported = (agent: Agent, seed: number, round: number): Promise<void> =>
  writeFile(
    join(agent.folder, 'pupils.csv'),
    rosterCsv({
      pupils: PUPILS,
      seed: seed * 100 + round,
      from: 1_000 + ((seed - 1) * (MOST_KILLS + 1) + round) * PUPILS * 4,
    }),
  )

/** Sent by the agent's own patience: it goes on with what was broken off until it is told that it was received. */
async function pushed(agent: Agent): Promise<void> {
  const { code, err, out } = await agent.run('push')
  expect(code, err + out).toBe(0)
}

/** Whether an import was begun and is neither applied nor refused. */
async function isUnderWay(abara: Person): Promise<boolean> {
  await abara.page.goto('/school/imports')
  return (await abara.words()).includes('Being read')
}

async function timed(act: () => Promise<void>): Promise<number> {
  const startedMs = performance.now()
  await act()
  return performance.now() - startedMs
}

async function pupilsOnRoll(abara: Person): Promise<number> {
  await abara.page.goto('/school/pupils')
  const found = /([\d,]+) pupils?\b/.exec(await abara.page.locator('#pupils').innerText())
  return Number(found?.[1]?.replaceAll(',', ''))
}

async function untilPupils(abara: Person, count: number): Promise<void> {
  const untilMs = Date.now() + FINISHED_WITHIN_MS
  while ((await pupilsOnRoll(abara)) !== count) {
    expect(Date.now(), `there should be ${count} pupils by now`).toBeLessThan(untilMs)
    await delay(200)
  }
}
