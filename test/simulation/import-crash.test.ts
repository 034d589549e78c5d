import { mkdtemp, writeFile } from 'node:fs/promises'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { buildAgent } from '../../agent/build.ts'
import { type Agent, agentIn } from '../../agent/testing/agent-process.ts'
import { rosterCsv } from '../cast/roster-file.ts'
import type { Person } from '../journeys/person.ts'
import type { System } from '../journeys/running.ts'
import { openWorld } from '../journeys/world.ts'
import { chancesOf } from './chances.ts'

// Oakfield’s own agent pushes thousands of new pupils, and the whole runtime is killed while it takes them in.
// After each restart all of them are there or none is; and what was received finishes with nobody’s help.
const PUPILS = 2_000
/** Kills until so many have hit an import that was under way, and at most so many. */
const HITS = 2
const MOST_KILLS = 10
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
    const pushingMs = await timed(() => pushed(agent))
    const readingMs = await timed(() => untilPupils(abara, (there += PUPILS)))

    let [kills, hits] = [0, 0]
    while (hits < HITS && kills < MOST_KILLS) {
      await exported(agent, seed, ++kills)
      const pushing = pushed(agent)
      // In turn: while it is read, and while it is sent.
      if (kills % 2 === 1) await pushing
      await delay(chance() * (kills % 2 === 1 ? readingMs : pushingMs))
      await system.kill()
      if (isUnderWay(system)) hits++
      await system.restart()
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

/** As the disk of the dead runtime has it: a body was begun to be opened, and its import is not closed. */
function isUnderWay({ stateDir }: System): boolean {
  const begun = rowsOf(stateDir, 'pushes', 'select import_id as id from pushes where attempts > 0')
  const open = rowsOf(stateDir, 'imports', "select id from imports where state = 'received'")
  return open.some((id) => begun.includes(id))
}

function rowsOf(stateDir: string, table: string, query: string): unknown[] {
  const files = readdirSync(stateDir, { recursive: true, encoding: 'utf8' })
  return files
    .filter((name) => name.includes('D1') && name.endsWith('.sqlite'))
    .flatMap((name) => {
      const database = new DatabaseSync(join(stateDir, name))
      const has = database.prepare('select 1 from sqlite_master where name = ?').get(table)
      const ids = has
        ? database
            .prepare(query)
            .all()
            .map(({ id }) => id)
        : []
      database.close()
      return ids
    })
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
