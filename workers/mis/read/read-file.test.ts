import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rosterCsv } from '../../../test/cast/roster-file.ts'
import { inspect, readRoster } from './read-file.ts'

const file = (path: string) => readFileSync(join(import.meta.dirname, '../../..', path))
const utf8 = (text: string) => new TextEncoder().encode(text)

describe('the sample file for newcomers', () => {
  const bytes = file('docs/samples/pupils.csv')
  const inspected = inspect(bytes, 'pupils.csv')
  if (!inspected.ok || inspected.kind !== 'csv') throw new Error('not read')
  const { suggested } = inspected

  test('is what the generator makes', () => {
    expect(new TextDecoder().decode(bytes)).toBe(
      rosterCsv({ pupils: 60, seed: 2026, hasMistakes: true }),
    )
  })
  test('every column is recognised but for those that must go', () => {
    expect(inspected).toMatchObject({ rowCount: 60, sampleRows: { length: 5 } })
    const ignored = suggested.columns.filter((column) => column.field === 'ignore')
    expect(ignored.map((column) => column.header)).toEqual(['FSM Eligible', 'Post Code'])
  })
  test('imports at once, with its three mistakes told', () => {
    const read = readRoster(bytes, 'csv', suggested)
    if (!read.ok) throw new Error(read.problem.reason)
    const { roster } = read
    expect(roster.pupils).toHaveLength(59)
    expect(roster.rejected.map(({ line, field, reason }) => [line, field, reason])).toEqual([
      [9, 'DOB', 'not-a-date'],
      [20, 'Contact 1 Mobile', 'phone-too-short'],
      [42, 'Surname', 'no-surname'],
    ])
    expect(roster.dropped).toMatchObject([
      { column: 'FSM Eligible', count: 60, why: 'not-needed' },
      { column: 'Post Code', count: 60, why: 'not-needed' },
    ])
  })
})

describe('what a file is', () => {
  test('is decided by what is inside', () => {
    const xml = file('test/samples/mis-ctf/arcio-atf19-40pupils-wrapped.xml')
    expect(inspect(xml, 'pupils.csv')).toEqual({ ok: true, kind: 'transfer-file', pupilCount: 40 })
    expect(readRoster(xml, 'csv', { columns: [] })).toMatchObject({
      problem: { reason: 'mapping-does-not-fit' },
    })
    expect(readRoster(utf8('A,B\n1,2\n'), 'transfer-file')).toMatchObject({
      problem: { reason: 'not-a-transfer-file' },
    })
    expect(inspect(utf8('A,B\n1,2\n'), 'ctf.XML')).toMatchObject({
      problem: { reason: 'not-a-transfer-file' },
    })
  })
  test.each([
    'Marsh,Teddy,23/11/2015\n',
    'Marsh,Teddy,jo@example.com\n',
    'Marsh,Teddy,07700 900123\n',
    'Marsh,Teddy,H801200001001\n',
  ])('a file without headings is noticed: %s', (row) =>
    expect(inspect(utf8(row.repeat(3)), 'x.csv')).toMatchObject({
      problem: { reason: 'no-heading-row' },
    }),
  )
})

test.each(['{"data": []}', '\n [{"Students": []}]'])(
  'an answer of an API is told as that: %s',
  (json) =>
    expect(inspect(utf8(json), 'export.json')).toEqual({
      ok: false,
      problem: { reason: 'json-file' },
    }),
)

test('1,500 pupils are read in well under a second', () => {
  const bytes = utf8(rosterCsv({ pupils: 1500, seed: 1 }))
  const started = performance.now()
  const inspected = inspect(bytes, 'x.csv')
  if (!inspected.ok || inspected.kind !== 'csv') throw new Error('not read')
  const read = readRoster(bytes, 'csv', inspected.suggested)
  expect(performance.now() - started).toBeLessThan(2000)
  if (!read.ok) throw new Error(read.problem.reason)
  expect(read.roster.pupils).toHaveLength(1500)
  expect(read.roster.rejected).toEqual([])
})
