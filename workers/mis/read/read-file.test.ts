import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
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
  ])('a file without headings is noticed: %s', (row) =>
    expect(inspect(utf8(row.repeat(3)), 'x.csv')).toMatchObject({
      problem: { reason: 'no-heading-row' },
    }),
  )
})

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

describe('damaged files get an answer, never an exception, and soon', () => {
  const csv = utf8(rosterCsv({ pupils: 12, seed: 7 }))
  const sample = file('test/samples/mis-ctf/arcio-atf19-40pupils-wrapped.xml').toString('utf8')
  const twoPupils = sample.split('</Pupil>').slice(0, 2).join('</Pupil>')
  const xml = utf8(`${twoPupils}</Pupil></ATFpupilData></ATfile>`)
  const inspected = inspect(csv, 'x.csv')
  const mapping = inspected.ok && inspected.kind === 'csv' ? inspected.suggested : { columns: [] }

  const damaged = (whole: Uint8Array) => {
    const place = fc.nat(whole.length - 1)
    const flip = fc.record({ at: place, byte: fc.nat(255) })
    const splice = fc.record({
      at: place,
      remove: fc.nat(40),
      insert: fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constantFrom(...HOSTILE).map(utf8)),
    })
    return fc
      .tuple(
        fc.option(place, { freq: 1 }),
        fc.array(flip, { maxLength: 5 }),
        fc.array(splice, { maxLength: 3 }),
      )
      .map(([cut, flips, splices]) => {
        let bytes: Uint8Array = Uint8Array.from(cut === null ? whole : whole.subarray(0, cut))
        for (const { at, byte } of flips) if (at < bytes.length) bytes[at] = byte
        for (const { at, remove, insert } of splices) {
          bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)])
        }
        return bytes
      })
  }

  const HOSTILE = [
    '"',
    '\n',
    ',',
    '""',
    '\r',
    '<',
    '>',
    '</',
    '&#x0;',
    '<!DOCTYPE',
    '<![CDATA[',
    ']]>',
    '<?',
    '\ufeff',
    '\u0000',
    '<Pupil>',
    '</Pupil>',
    '&lt;',
  ]
  const counts = { taken: 0, refused: 0 }
  beforeEach(() => void Object.assign(counts, { taken: 0, refused: 0 }))

  const answers = (bytes: Uint8Array) => {
    const started = performance.now()
    const seen = inspect(bytes, 'x')
    const results = [seen, readRoster(bytes, 'csv', mapping), readRoster(bytes, 'transfer-file')]
    if (seen.ok && seen.kind === 'csv') results.push(readRoster(bytes, 'csv', seen.suggested))
    expect(performance.now() - started).toBeLessThan(2000)
    for (const result of results) {
      if (result.ok) counts.taken++
      else if (result.problem.reason) counts.refused++
    }
  }

  test.each([
    ['CSV', csv],
    ['XML', xml],
  ])('%s, five hundred times', (_, whole) => {
    fc.assert(fc.property(damaged(whole), answers), { numRuns: 500 })
    expect(counts.taken).toBeGreaterThan(30)
    expect(counts.refused).toBeGreaterThan(300)
  })

  test('and plain noise, a thousand times', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), answers), { numRuns: 1000 })
    expect(counts.refused).toBeGreaterThan(2000)
  })
})
