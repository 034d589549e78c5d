import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PayloadRecord } from '../workers/mis/push/payload.ts'
import type { Feed } from './config.ts'
import { greet } from './hello.ts'
import type { Part } from './parts.ts'
import type { Prepared } from './prepare.ts'
import { sendAll } from './push.ts'
import { sealParts } from './seal-parts.ts'
import { type EnrolledWorld, enrolledWorld } from './testing/enrolled-world.ts'

/** A year of conduct that is too much for one push, on its way. */
const pupil = { upn: null, admissionNumber: '1', reference: null }

const incident = (date: string): PayloadRecord => ({
  conduct: {
    line: 2,
    reference: null,
    pupil,
    kind: 'behaviour',
    date,
    type: 'Late to lesson',
    points: null,
    description: null,
  },
})

const mark = (date: string): PayloadRecord => ({
  mark: {
    line: 2,
    pupil,
    date,
    at: { kind: 'session', session: 'AM' },
    code: '/',
    minutesLate: null,
  },
})

const SEPTEMBER = { from: '2026-09-07', to: '2026-10-31' }
const NOVEMBER = { from: '2026-11-01', to: '2026-11-20' }

const partsOf = (recordOn: (day: string) => PayloadRecord): Part[] =>
  [SEPTEMBER, NOVEMBER].map((days) => ({ records: [recordOn(days.from)], days }))

const feedOf = (data: Feed['data'], scope: Feed['scope']): Feed => ({
  name: 'year',
  data,
  scope,
  source: { kind: 'csv', path: 'year.csv' },
  schedule: { at: ['02:15'] },
})

const preparedOf = ({ scope }: Feed, parts: Part[]): Prepared => {
  const about = { source: 'csv' as const, school: null, scope }
  const batch = { about, records: [], rejected: [], moreRejected: 0, dropped: [] }
  return { kept: { batch, kept: new Map() } as Prepared['kept'], parts, takenAtMs: Date.now() }
}

async function daysSent(
  { schoolgate, world, secrets }: EnrolledWorld,
  feed: Feed,
  parts: Part[],
): Promise<unknown[]> {
  const greeted = await greet(world, secrets)
  if (!greeted.ok) throw new Error(greeted.code)
  const waiting = await sealParts(world, greeted.value, feed, preparedOf(feed, parts))
  const before = schoolgate.pushed.length
  expect(await sendAll(world, greeted.value.secrets, waiting)).toMatchObject({ ok: true })
  return schoolgate.pushed.slice(before).map(({ opening }) => opening.days)
}

test('each part of a full list of conduct says its days; a partial list and registers say none', async () => {
  const enrolled = await enrolledWorld()
  const sent = (data: Feed['data'], scope: Feed['scope'], recordOn = incident) =>
    daysSent(enrolled, feedOf(data, scope), partsOf(recordOn))
  expect(await sent('behaviour', 'full')).toEqual([SEPTEMBER, NOVEMBER])
  expect(await sent('behaviour', 'partial')).toEqual([undefined, undefined])
  expect(await sent('registers', 'full', mark)).toEqual([undefined, undefined])
  const whole = [{ records: [incident('2026-09-07')] }]
  expect(await daysSent(enrolled, feedOf('behaviour', 'full'), whole)).toEqual([undefined])
})

test('where the disk is full at a later part, the earlier ones do not stay on it', async () => {
  const { world, secrets } = await enrolledWorld()
  const greeted = await greet(world, secrets)
  if (!greeted.ok) throw new Error(greeted.code)
  const feed = feedOf('behaviour', 'full')
  const parts = partsOf(incident)
  const full = Object.assign(new Error(), { code: 'ENOSPC', syscall: 'write' })
  const unwritable: Part = {
    get records(): PayloadRecord[] {
      throw full
    },
  }
  const prepared = preparedOf(feed, [...parts, unwritable])
  await expect(sealParts(world, greeted.value, feed, prepared)).rejects.toBe(full)
  const spool = join(world.state, 'spool')
  expect(await readdir(spool)).toEqual([])
  await rm(spool, { recursive: true })
  await writeFile(spool, 'in the way')
  await expect(sealParts(world, greeted.value, feed, prepared)).rejects.toThrow()
})
