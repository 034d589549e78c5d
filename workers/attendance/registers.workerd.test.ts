import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import * as attendance from '#attendance'
import type { PupilMark } from '#attendance'
import * as audit from '#audit'
import {
  type AttendanceCode,
  isRefusal,
  newId,
  type PupilId,
  type Refusal,
  type UserId,
} from '#kernel'
import { Directory, type School, statement } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { sql } from 'drizzle-orm'
import { type CastSchool, settle } from '../../test/cast/settle.ts'

// St Botolph's takes the register morning and afternoon; Oakfield has registers of its own.
let botolphs: CastSchool
let school: School
let oakfield: School
let amara: PupilId
let teddy: PupilId

beforeAll(async () => {
  const cast = await settle(new Directory(await premisesOf(env as unknown as Env)))
  botolphs = cast.botolphs
  school = botolphs.school
  oakfield = cast.oakfield.school
  amara = botolphs.pupil('Amara Adeyemi')
  teddy = botolphs.pupil('Teddy Marsh')
})

const mark = (
  pupilId: PupilId,
  date: string,
  session: 'AM' | 'PM',
  code: AttendanceCode,
  minutesLate: number | null = null,
): PupilMark => ({ pupilId, date, at: { kind: 'session', session }, code, minutesLate })

function allowed<T>(found: T | Refusal): T {
  if (isRefusal(found)) throw new Error(found.refused)
  return found
}

/** As an import does: its statements, with an entry. Whether it went in, and how many there were. */
async function bring(marks: PupilMark[], where = school) {
  const importId = newId('import')
  const statements = allowed(await attendance.applyMarks(where, importId, marks))
  const entry = audit.entry(where, 'import.applied', importId)
  return { isIn: await where.commit(...statements, entry), statements: statements.length, importId }
}

const pageCount = async () =>
  (
    await school.rows<{ pages: number }>(
      statement(sql`select count(*) as pages from register_pages`),
    )
  )[0]?.pages

describe('a register', () => {
  test('is kept as a row a pupil and month, sealed', async () => {
    const marks = [
      mark(amara, '2026-10-30', 'AM', '/'),
      mark(amara, '2026-11-02', 'AM', '/'),
      mark(amara, '2026-11-02', 'PM', 'L', 12),
      mark(amara, '2026-11-03', 'AM', 'N'),
      mark(teddy, '2026-11-02', 'AM', 'C2'),
      { ...mark(amara, '2026-11-02', 'AM', '/'), at: { kind: 'lesson', period: 'Mon:3' } } as const,
    ]
    expect((await bring(marks)).isIn).toBe(true)
    expect(await pageCount()).toBe(3)
    const [row] = await school.rows<{ record: string }>(
      statement(sql`select record from register_pages limit 1`),
    )
    expect(row?.record).not.toMatch(/02AM|30AM|marks/)

    const year = await attendance.yearOf(school, amara, '2026-11-30')
    expect(year.sessions.map(({ code, minutesLate }) => [code, minutesLate])).toEqual([
      ['/', null],
      ['/', null],
      ['L', 12],
      ['N', null],
    ])
    expect(year.lessons).toEqual([
      { date: '2026-11-02', period: 'Mon:3', code: '/', minutesLate: null },
    ])
    expect(year.figures).toMatchObject({ possible: 4, attended: 3, unauthorised: 1, late: 1 })
    expect(year.absences.map(({ date }) => date)).toEqual(['2026-11-03'])
    expect(year.amendments).toEqual([])
  })

  test('said again changes nothing; what is not said stays', async () => {
    const again = await bring([mark(amara, '2026-11-02', 'PM', 'L', 12)])
    expect(again.statements).toBe(0)
    await bring([mark(amara, '2026-11-04', 'AM', '/')])
    const year = await attendance.yearOf(school, amara, '2026-11-30')
    expect(year.sessions).toHaveLength(5)
  })

  test('changed in the school’s system is an amendment, with the original', async () => {
    const { importId } = await bring([mark(amara, '2026-11-03', 'AM', 'I')])
    const { amendments, absences } = await attendance.yearOf(school, amara, '2026-11-30')
    expect(absences.map(({ code }) => code)).toEqual(['I'])
    expect(amendments).toMatchObject([
      { date: '2026-11-03', original: 'N', code: 'I', by: { kind: 'import', id: importId } },
    ])
  })

  test('changed by two at once loses neither: the second is told to begin again', async () => {
    const [first, second] = await Promise.all(
      (['2026-11-05', '2026-11-06'] as const).map((date) =>
        attendance
          .applyMarks(school, newId('import'), [mark(teddy, date, 'AM', '/')])
          .then(allowed),
      ),
    )
    const entry = () => audit.entry(school, 'import.applied', newId('import'))
    expect(await school.commit(...(first ?? []), entry())).toBe(true)
    expect(await school.commit(...(second ?? []), entry())).toBe(false)
    const { sessions } = await attendance.yearOf(school, teddy, '2026-11-30')
    expect(sessions.map(({ date }) => date)).toEqual(['2026-11-02', '2026-11-05'])
  })

  test('is no other school’s', async () => {
    expect((await attendance.yearOf(oakfield, amara, '2026-11-30')).sessions).toEqual([])
    await bring([mark(amara, '2026-11-02', 'AM', 'I')], oakfield)
    expect((await attendance.yearOf(school, amara, '2026-11-30')).sessions).toHaveLength(5)
  })
})

describe('a code that somebody decides on', () => {
  const by = { id: newId('user') as UserId, name: 'Mrs Okafor', title: 'Attendance officer' }
  const decided = (pupilId: PupilId, date: string, code: AttendanceCode) => ({
    ...mark(pupilId, date, 'AM', code),
    reason: 'Rang: at the dentist',
    by,
  })
  const nothing = async () => []

  test('keeps the original, the reason and who, and holds against the old mark', async () => {
    await bring([mark(teddy, '2026-11-09', 'AM', 'N')])
    const told: AttendanceCode[] = []
    const also = async (original: AttendanceCode) => (told.push(original), [])
    const answer = await attendance.amend(school, decided(teddy, '2026-11-09', 'M'), also)
    expect(answer).toBeUndefined()
    expect(told).toEqual(['N'])

    expect((await bring([mark(teddy, '2026-11-09', 'AM', 'N')])).statements).toBe(0)
    const { absences, amendments } = await attendance.yearOf(school, teddy, '2026-11-30')
    expect(absences[0]).toMatchObject({ date: '2026-11-09', code: 'M' })
    expect(amendments).toMatchObject([
      { original: 'N', code: 'M', reason: 'Rang: at the dentist', by: { kind: 'person', ...by } },
    ])
  })

  test('is refused where there is no mark, or it says so already', async () => {
    const none = await attendance.amend(school, decided(teddy, '2026-11-27', 'I'), nothing)
    expect(none).toEqual({ refused: 'no-such-mark' })
    const same = await attendance.amend(school, decided(teddy, '2026-11-09', 'M'), nothing)
    expect(same).toMatchObject({ refused: 'has-it-already' })
    const there = await attendance.amend(oakfield, decided(teddy, '2026-11-09', 'I'), nothing)
    expect(there).toEqual({ refused: 'no-such-mark' })
  })
})

describe('a whole school’s month', () => {
  test('goes in and is found to be the same again, and one pupil’s year shows at once', async () => {
    const children = Array.from({ length: 300 }, () => newId('pupil'))
    const days = Array.from({ length: 20 }, (_, at) => `2027-01-${String(at + 4).padStart(2, '0')}`)
    const marks = children.flatMap((child) =>
      days.flatMap((day) => [mark(child, day, 'AM', '/'), mark(child, day, 'PM', '\\')]),
    )
    const { isIn, statements } = await bring(marks)
    expect(isIn).toBe(true)
    expect(statements).toBeLessThan(5)
    expect((await bring(marks)).statements).toBe(0)
    const [child] = children
    if (!child) throw new Error('made')
    expect((await attendance.yearOf(school, child, '2027-02-01')).figures.possible).toBe(40)
  })
})

describe('as many marks as a push may hold', () => {
  const MARKS = 100_000
  const MONTHS = ['09', '10', '11', '12', '01', '02', '03', '04', '05', '06', '07', '08']
  /** 1,400 pupils have six of them in each of twelve months. */
  const year = (code: AttendanceCode): PupilMark[] =>
    everybody
      .flatMap((child) =>
        MONTHS.flatMap((month, at) =>
          ['02', '03', '04', '05', '06', '09'].map((day) =>
            mark(child, `${at < 4 ? 2027 : 2028}-${month}-${day}`, 'AM', code),
          ),
        ),
      )
      .slice(0, MARKS)
  const everybody = Array.from({ length: 1_400 }, () => newId('pupil'))

  /** D1 takes 2 MB a bound value, and 30 s for a batch, in which no statement may be left out. */
  test('of twelve months go in as one commit, and so do as many amendments of them', async () => {
    for (const code of ['/', 'L'] as const) {
      const importId = newId('import')
      const statements = allowed(await attendance.applyMarks(school, importId, year(code)))
      const sizes = statements.flatMap(({ params }) => params.map((param) => String(param).length))
      expect(Math.max(...sizes)).toBeLessThan(2_000_000)
      expect(statements.length).toBeLessThan(100)
      const startedMs = performance.now()
      const entry = audit.entry(school, 'import.applied', importId)
      expect(await school.commit(...statements, entry)).toBe(true)
      expect(performance.now() - startedMs).toBeLessThan(30_000)
    }
    const [child] = everybody
    if (!child) throw new Error('made')
    const { sessions, amendments } = await attendance.yearOf(school, child, '2028-08-30')
    expect(sessions).toHaveLength(6)
    expect(amendments).toHaveLength(6)
  })

  test('are refused before they are written where one commit cannot hold them', async () => {
    const before = await pageCount()
    const refused = await attendance.applyMarks(school, newId('import'), year('N'), 1_000_000)
    expect(refused).toEqual({ refused: 'too-much-at-once' })
    expect(await pageCount()).toBe(before)
  })
})
