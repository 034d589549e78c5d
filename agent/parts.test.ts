import { expect, test } from 'vitest'
import type { PayloadRecord } from '../workers/mis/push/payload.ts'
import { type Part, partsOf } from './parts.ts'

const key = { upn: null, admissionNumber: '1', reference: null }

const mark = (date: string, line: number): PayloadRecord => ({
  mark: {
    line,
    pupil: key,
    date,
    at: { kind: 'session', session: 'AM' },
    code: '/',
    minutesLate: null,
  },
})

const conduct = (date: string, line: number, description = ''): PayloadRecord => ({
  conduct: {
    line,
    reference: null,
    pupil: key,
    kind: 'behaviour',
    date,
    type: 'Late to lesson',
    points: null,
    description,
  },
})

/** So many marks on each of these days, the days in disorder, as a system may export them. */
const marksOn = (days: readonly string[], each: number): PayloadRecord[] =>
  Array.from({ length: each }, (_, at) => days.map((day) => mark(day, at + 2))).flat()

const daysOf = ({ records }: Part): string[] => [
  ...new Set(
    records.flatMap((record) =>
      'mark' in record ? record.mark.date : 'conduct' in record ? record.conduct.date : [],
    ),
  ),
]

const most = (records: number, bytes = 1_000_000) => ({ records, bytes })

test('what goes at once goes at once, in its own order', () => {
  const records = marksOn(['2026-10-02', '2026-09-01'], 5)
  expect(partsOf('registers', records, most(10))).toEqual({ ok: true, parts: [{ records }] })
  expect(partsOf('registers', [], most(10))).toEqual({ ok: true, parts: [{ records: [] }] })
})

test('a year goes a month at a time, nothing left behind, in the order of the days', () => {
  const records = marksOn(['2026-11-02', '2026-09-07', '2026-11-03', '2026-10-05'], 4)
  const divided = partsOf('registers', records, most(10))
  const parts = divided.ok ? divided.parts : []
  expect(parts.map(daysOf)).toEqual([['2026-09-07'], ['2026-10-05'], ['2026-11-02', '2026-11-03']])
  const told = parts.flatMap((part) => part.records)
  expect(new Set(told)).toEqual(new Set(records))
  expect(told).toHaveLength(records.length)
  // The same month is the same part when another month is added to the export.
  const later = partsOf('registers', [...records, ...marksOn(['2026-12-01'], 4)], most(10))
  const recordsIn = (some: readonly Part[]) => some.map((part) => part.records)
  expect(later.ok && recordsIn(later.parts.slice(0, 3))).toEqual(recordsIn(parts))
})

test('the days of the parts join without a gap and end where the export ends, whatever is left in them', () => {
  const records = [
    '2026-09-07',
    '2026-09-08',
    '2026-12-01',
    '2026-12-02',
    '2026-12-04',
    '2027-01-05',
  ]
    .toReversed()
    .flatMap((day, at) => [conduct(day, at), conduct(day, at + 10)])
  const divided = partsOf('behaviour', records, most(4))
  expect(divided.ok && divided.parts.map(({ days }) => days)).toEqual([
    { from: '2026-09-07', to: '2026-11-30' },
    { from: '2026-12-01', to: '2026-12-03' },
    { from: '2026-12-04', to: '2027-01-04' },
    { from: '2027-01-05', to: '2027-01-05' },
  ])
})

test('a month that is too much goes in runs of days, and no day is in two parts', () => {
  const days = ['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-04', '2026-09-07']
  const records = days.flatMap((day, at) => [
    conduct(day, at),
    conduct(day, at + 10),
    conduct(day, at + 20),
  ])
  const divided = partsOf('behaviour', records, most(7))
  const parts = divided.ok ? divided.parts : []
  expect(parts.map(daysOf)).toEqual([days.slice(0, 2), days.slice(2, 4), days.slice(4)])
  expect(parts.flatMap((part) => part.records)).toHaveLength(15)
})

test('bytes count as well as records', () => {
  const long = 'ö'.repeat(1000)
  const records = ['2026-09-01', '2026-10-01', '2026-10-02'].map((day) => conduct(day, 2, long))
  const divided = partsOf('behaviour', records, most(100, 2500))
  expect(divided.ok && divided.parts.map(daysOf)).toEqual([
    ['2026-09-01'],
    ['2026-10-01'],
    ['2026-10-02'],
  ])
  expect(partsOf('behaviour', records, most(100, 2000))).toMatchObject({
    ok: false,
    problem: 'export-too-big',
  })
})

test('people are never divided, and neither is a day', () => {
  const leavers = ['1', '2', '3'].map((number): PayloadRecord => ({
    leaver: { upn: null, admissionNumber: number, reference: null },
  }))
  const tooMany = { ok: false, problem: 'too-many-records', detail: '2' }
  expect(partsOf('roster', leavers, most(2))).toEqual(tooMany)
  expect(partsOf('registers', marksOn(['2026-09-01'], 3), most(2))).toEqual(tooMany)
})
