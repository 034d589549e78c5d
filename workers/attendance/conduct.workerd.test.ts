import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import * as attendance from '#attendance'
import type { ConductChange, PupilConduct, WholeConduct } from '#attendance'
import * as audit from '#audit'
import { isRefusal, newId, type PupilId, systemClock } from '#kernel'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { conductOf } from '#workers/attendance/conduct-store.ts'
import { settle } from '../../test/cast/settle.ts'

// Amara is praised, and has had a lunchtime incident.
let school: School
let oakfield: School
let amara: PupilId
let teddy: PupilId
const today = new Date(systemClock.now()).toISOString().slice(0, 10)

beforeAll(async () => {
  const cast = await settle(new Directory(await premisesOf(env as unknown as Env)))
  const { botolphs } = cast
  school = botolphs.school
  amara = botolphs.pupil('Amara Adeyemi')
  teddy = botolphs.pupil('Teddy Marsh')
  oakfield = cast.oakfield.school
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

async function bring(conduct: PupilConduct[], whole?: WholeConduct) {
  const change = await applied(school, conduct, whole)
  return { ...change, isIn: await commit(change), statements: change.statements.length }
}
/** What bringing it in comes to, where it is no more than one commit holds. */
async function applied(...given: Parameters<typeof attendance.applyConduct>) {
  const change = await attendance.applyConduct(...given)
  if (isRefusal(change)) throw new Error(change.refused)
  return change
}
const commit = ({ statements }: ConductChange) =>
  school.commit(...statements, audit.entry(school, 'import.applied', newId('import')))
const kept = async (pupil = amara) =>
  (await attendance.conductThisYear(school, pupil)).map(({ kind, type, points }) => [
    kind,
    type,
    points,
  ])

test('what a file without ids says twice is two; the same file again changes nothing', async () => {
  const file = [praise(), praise(), praise({ kind: 'detention', type: 'Late', points: null })]
  expect(await bring(file)).toMatchObject({ written: 3, removed: 0 })
  expect(await kept()).toHaveLength(3)
  expect(await bring(file)).toMatchObject({ written: 0, statements: 0 })
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
  const [first, second] = await Promise.all([applied(school, file), applied(school, file)])
  expect(await commit(first)).toBe(true)
  expect(await commit(second)).toBe(false)
  expect((await kept()).filter(([, type]) => type === 'Effort')).toHaveLength(1)
})

describe('a source that tells its days whole', () => {
  const incident = (reference: string | null, date: string, more: Partial<PupilConduct> = {}) =>
    praise({
      kind: 'behaviour',
      type: `B ${reference ?? date}`,
      points: -1,
      reference,
      date,
      ...more,
    })
  const days = (from: string, to: string, ...unsure: string[]): WholeConduct => ({
    kind: 'behaviour',
    from,
    to,
    unsureDays: new Set(unsure),
  })
  const incidentsOf = async (pupil: PupilId) =>
    (await conductOf(school, pupil, { since: '2026-01', limit: 100 }))
      .filter(({ kind, date }) => kind === 'behaviour' && date < '2026-08')
      .map(({ type }) => type)

  test('takes what it moved to another child off the wrong one, in the same commit', async () => {
    await bring([incident('m-1', '2026-01-12'), incident('m-2', '2026-01-13')])
    const moved = [incident('m-1', '2026-01-12', { pupilId: teddy }), incident('m-2', '2026-01-13')]
    const change = await bring(moved, days('2026-01-12', '2026-01-13'))
    expect(change).toMatchObject({ written: 1, removed: 1, here: 2, isIn: true })
    expect(await incidentsOf(amara)).toEqual(['B m-2'])
    expect(await incidentsOf(teddy)).toEqual(['B m-1'])
    const again = await bring(moved, days('2026-01-12', '2026-01-13'))
    expect(again).toMatchObject({ written: 0, removed: 0, here: 2, statements: 0 })
  })

  test('removes what was deleted there, and nothing of other days, kinds or schools', async () => {
    const dates = ['2026-02-27', '2026-03-02', '2026-03-16', '2026-04-01', '2026-04-02']
    const all = dates.map((date) => incident(`d-${date}`, date))
    const others = [
      praise({ reference: 'd-a', date: '2026-03-16', type: 'Effort' }),
      incident(null, '2026-03-17'),
    ]
    await bring([...all, ...others])
    await oakfield.commit(
      ...(await applied(oakfield, all)).statements,
      audit.entry(oakfield, 'import.applied', newId('import')),
    )
    const said = [incident('d-2026-03-02', '2026-03-02'), incident('d-2026-04-01', '2026-04-01')]
    const change = await bring(said, days('2026-03-02', '2026-04-01'))
    expect(change).toMatchObject({ written: 0, removed: 2, here: 4 })
    const left = await incidentsOf(amara)
    expect(left).toContain('B d-2026-02-27')
    expect(left).toContain('B d-2026-04-02')
    expect(left).not.toContain('B d-2026-03-16')
    expect(left).not.toContain('B 2026-03-17')
    const all2026 = await conductOf(school, amara, { since: '2026-01', limit: 100 })
    expect(all2026.filter(({ type, date }) => type === 'Effort' && date < '2026-08')).toHaveLength(
      1,
    )
    const there = await conductOf(oakfield, amara, { since: '2026-01', limit: 100 })
    expect(there).toHaveLength(5)
  })

  test('of two that say the same removes one where it says it once', async () => {
    const twice = [incident(null, '2026-05-11'), incident(null, '2026-05-11')]
    await bring(twice)
    const change = await bring(twice.slice(1), days('2026-05-11', '2026-05-11'))
    expect(change).toMatchObject({ removed: 1, here: 2 })
    expect(await incidentsOf(amara)).toContain('B 2026-05-11')
  })

  test('removes nothing of a day on which it is not sure of whom it speaks', async () => {
    await bring(['2026-06-08', '2026-06-09'].map((date) => incident(`u-${date}`, date)))
    const said = [incident('u-1', '2026-06-01'), incident('u-2', '2026-06-30')]
    const change = await bring(said, days('2026-06-01', '2026-06-30', '2026-06-09'))
    expect(change).toMatchObject({ written: 2, removed: 1 })
    expect(await incidentsOf(amara)).toContain('B u-2026-06-09')
    expect(await incidentsOf(amara)).not.toContain('B u-2026-06-08')
  })

  test('opens no more than the months in which the day decides', async () => {
    const months = ['2025-09', '2025-10', '2025-11']
    await bring(
      months.flatMap((month) => [incident(null, `${month}-10`), incident(null, `${month}-20`)]),
    )
    const opening = vi.spyOn(school, 'open')
    const said = [incident(null, '2025-09-10'), incident(null, '2025-11-20')]
    const change = await applied(school, said, days('2025-09-10', '2025-11-20'))
    expect(change).toMatchObject({ removed: 4, here: 6 })
    expect(opening).toHaveBeenCalledTimes(2)
    opening.mockRestore()
  })

  test('begins again where another changed, brought or removed one of them meanwhile', async () => {
    const [first, last] = [incident('r-1', '2026-07-01'), incident('r-9', '2026-07-20')]
    const gone = incident('r-5', '2026-07-10')
    const whole = days('2026-07-01', '2026-07-20')
    await bring([first, gone, last])
    for (const meanwhile of [
      () => bring([{ ...gone, points: -3 }]),
      () => bring([incident('r-6', '2026-07-11')]),
      () => bring([first, last], whole),
    ]) {
      const planned = await applied(school, [first, last], whole)
      await meanwhile()
      expect(await commit(planned)).toBe(false)
    }
    expect(await incidentsOf(amara)).not.toContain('B r-6')
  })
})

test('what one commit cannot hold is refused before it is made', async () => {
  const file = [praise({ reference: 'big', description: 'x'.repeat(900) })]
  expect(await attendance.applyConduct(school, file, null, 1_000)).toEqual({
    refused: 'too-much-at-once',
  })
})
