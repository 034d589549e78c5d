import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { rosterCsv } from '../cast/roster-file.ts'
import { changeFaults, logOf, summaryOf } from '../journeys/carrier.ts'
import { bringFile, chooseNow, standing, write } from '../journeys/desk.ts'
import type { Person } from '../journeys/person.ts'
import type { System } from '../journeys/running.ts'
import { openWorld } from '../journeys/world.ts'
import { chancesOf } from './chances.ts'
import { lookUpsIn, printedBy } from './look-ups.ts'

// Oakfield texts every contact while the whole runtime is killed, again and again, and started on the
// state it left. The carrier lives on. Nobody may be lost and nobody may be texted twice.
const KILLS = 10
const RECIPIENTS = 500
const LATENCY_MS = 60
/** Later than a look-up asks, so that look-ups have something to find. */
const LATE_RECEIPTS_MS = 75_000
/** What was on a queue that died is queued anew after 20 seconds; this is that, and the machine's own pace. */
const LONGEST_PAUSE_MS = 45_000
/**
 * Leases of half a minute, two look-ups a quarter apart, some pauses between tries; and for a text whose
 * receipt died with a queue, two minutes and up to three more until it is looked up.
 */
const SETTLED_WITHIN_MS = 400_000
const TEST_MS = 600_000

const seeds = (process.env['CRASH_SEEDS'] ?? '1').split(',').map(Number)
const world = openWorld()

test.each(seeds)(
  'under seed %i, nobody is lost and nobody is texted twice',
  { timeout: TEST_MS },
  async (seed) => {
    const { system } = world
    const abara = await world.visitor()
    await abara.signIn('abara')
    await fillSchool(abara)
    await changeFaults(system, { latencyMs: LATENCY_MS, receiptDelayMs: LATE_RECEIPTS_MS })

    const before = { ...(await summaryOf(system)), printed: printedBy(system) }
    const startedMs = Date.now()
    const { parcels, page } = await startSend(abara, seed)
    const whileSending = await killAgainAndAgain(system, chancesOf(seed), before.accepted)
    await abara.page.goto(page)
    await changeFaults(system, { latencyMs: 0, receiptDelayMs: 500 })
    const states = await settledStates(abara)

    const entries = (await logOf(system)).slice(before.accepted)
    const looked = lookUpsIn(system, before.printed)
    const seconds = Math.round((Date.now() - startedMs) / 1000)
    console.log(
      `seed ${seed}: ${parcels} texts, ${KILLS} kills (${whileSending} while texts went out), ` +
        `${looked.uncertain} uncertain (${looked.there} were there, ${looked.neverHad} never arrived), ${looked.silent} without a receipt, ${seconds} s`,
    )
    expect(parcels, `seed ${seed}`).toBeGreaterThanOrEqual(RECIPIENTS)
    expect(whileSending, `seed ${seed}: some kills hit the send`).toBeGreaterThanOrEqual(3)
    expect(looked.uncertain, `seed ${seed}: some answers were lost`).toBeGreaterThan(0)
    expect(
      entries.filter(({ timesSeen }) => timesSeen !== 1),
      `seed ${seed}: nothing twice`,
    ).toEqual([])
    expect(entries.length, `seed ${seed}: nothing lost`).toBe(parcels)
    expect(states, `seed ${seed}: accepted = sum of final states`).toEqual({ delivered: parcels })
  },
)

/** Several hundred pupils, imported like any file. For a further seed they are there already. */
async function fillSchool(abara: Person): Promise<void> {
  const buffer = Buffer.from(rosterCsv({ pupils: 380, seed: 7, from: 360 }))
  const file = { name: 'pupils.csv', mimeType: 'text/csv', buffer }
  await bringFile(abara, file, 'Some pupils only, such as new starters')
  await abara.press(/^(Apply this import|Finish)$/)
  await abara.read('Import applied')
}

/**
 * Names of contacts in the text: one to each person, though some share a number. Once the button is
 * pressed nothing is waited for: the texts go out within a second or two.
 */
async function startSend(abara: Person, seed: number): Promise<{ parcels: number; page: string }> {
  const text = `((contact name)), school is closed today because of snow. Notice ${seed}.`
  await write(abara, { to: 'All pupils', contacts: 'Every contact', text })
  const parcels = Number(/([\d,]+) texts to/.exec(await abara.words())?.[1]?.replace(',', ''))
  await chooseNow(abara)
  await abara.page.getByRole('button', { name: 'Send the message' }).click({ noWaitAfter: true })
  return { parcels, page: new URL(abara.page.url()).pathname.replace(/\/(check|schedule)$/, '') }
}

/**
 * Kills at seeded moments: every third as texts go out, wherever they are waited for, the others as it
 * comes. Counts those in which the carrier had just taken some.
 */
async function killAgainAndAgain(
  system: System,
  chance: () => number,
  acceptedBefore: number,
): Promise<number> {
  let whileSending = 0
  let accepted = acceptedBefore
  for (let kill = 0; kill < KILLS; kill++) {
    const patienceMs = kill % 3 === 0 ? LONGEST_PAUSE_MS : 200 + chance() * 4_000
    const texts = 1 + Math.floor(chance() * 25)
    if (await isReached(system, accepted + texts, patienceMs)) whileSending++
    await system.kill()
    accepted = (await summaryOf(system)).accepted
    await delay(chance() * 500)
    await system.restart()
  }
  return whileSending
}

/** Whether the carrier has taken so many within that time. */
async function isReached(system: System, accepted: number, patienceMs: number): Promise<boolean> {
  const untilMs = Date.now() + patienceMs
  while (Date.now() < untilMs) {
    if ((await summaryOf(system)).accepted >= accepted) return true
    await delay(10)
  }
  return false
}

/** How the texts stand once each has come to its end: by the page's own list. */
async function settledStates(abara: Person): Promise<Record<string, number>> {
  const untilMs = Date.now() + SETTLED_WITHIN_MS
  for (;;) {
    await abara.page.reload()
    const states = await standing(abara)
    const isOpen = Object.keys(states).some((words) =>
      /^(waiting|sending|being checked|sent)$/.test(words),
    )
    if (!isOpen || Date.now() > untilMs) return states
    await delay(1_000)
  }
}
