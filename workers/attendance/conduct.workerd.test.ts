import { env } from 'cloudflare:test'
import { beforeAll, expect, test } from 'vitest'
import * as attendance from '#attendance'
import type { PupilConduct } from '#attendance'
import * as audit from '#audit'
import { newId, type PupilId, systemClock } from '#kernel'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { settle } from '../../test/cast/settle.ts'

// Amara is praised, and has had a lunchtime incident.
let school: School
let amara: PupilId
const today = new Date(systemClock.now()).toISOString().slice(0, 10)

beforeAll(async () => {
  const { botolphs } = await settle(new Directory(await premisesOf(env as unknown as Env)))
  school = botolphs.school
  amara = botolphs.pupil('Amara Adeyemi')
})

const praise = (more: Partial<PupilConduct> = {}): PupilConduct => ({
  pupilId: amara,
  reference: null,
  kind: 'achievement',
  date: today,
  type: 'Kindness',
  points: 2,
  description: 'Helped a new child find the hall',
  ...more,
})

async function bring(conduct: PupilConduct[]): Promise<number> {
  const importId = newId('import')
  const statements = await attendance.applyConduct(school, importId, conduct)
  await school.commit(...statements, audit.entry(school, 'import.applied', importId))
  return statements.length
}
const kept = async () =>
  (await attendance.conductThisYear(school, amara)).map(({ kind, type, points }) => [
    kind,
    type,
    points,
  ])

test('what a file without ids says twice is two; the same file again changes nothing', async () => {
  const file = [praise(), praise(), praise({ kind: 'detention', type: 'Late', points: null })]
  expect(await bring(file)).toBeGreaterThan(0)
  expect(await kept()).toHaveLength(3)
  expect(await bring(file)).toBe(0)
  expect(await kept()).toHaveLength(3)
})

test('with the source’s own id, a change is a change, and the last word of a file counts', async () => {
  await bring([praise({ reference: 'b-7', kind: 'behaviour', type: 'Lunchtime', points: -1 })])
  await bring([
    praise({ reference: 'b-7', kind: 'behaviour', type: 'Lunchtime', points: -2 }),
    praise({ reference: 'b-7', kind: 'behaviour', type: 'Lunchtime', points: -3 }),
  ])
  expect((await kept()).filter(([kind]) => kind === 'behaviour')).toEqual([
    ['behaviour', 'Lunchtime', -3],
  ])
})

test('two imports of the same at once leave one', async () => {
  const file = [praise({ reference: 'a-9', type: 'Effort' })]
  const both = await Promise.all(
    [1, 2].map(() => attendance.applyConduct(school, newId('import'), file)),
  )
  const entry = () => audit.entry(school, 'import.applied', newId('import'))
  expect(await school.commit(...(both[0] ?? []), entry())).toBe(true)
  expect(await school.commit(...(both[1] ?? []), entry())).toBe(false)
  expect((await kept()).filter(([, type]) => type === 'Effort')).toHaveLength(1)
})
