import { expect, test } from 'vitest'
import { rosterCsv } from '../../../test/cast/roster-file.ts'
import { inspect, readRoster } from './index.ts'

/** The runtime has its own TextDecoder, Buffer and node:crypto: the same bytes must come to the same people. */
const TEXT = rosterCsv({ pupils: 30, seed: 3 })
const wide = (text: string, isLittle: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle)
  return new Uint8Array(view.buffer)
}

function people(bytes: Uint8Array) {
  const inspected = inspect(bytes, 'pupils.csv')
  if (!inspected.ok || inspected.kind !== 'csv') throw new Error('not read')
  const read = readRoster(bytes, 'csv', inspected.suggested)
  if (!read.ok) throw new Error(read.problem.reason)
  return read.roster
}

test('a CSV file in every encoding is the same school', () => {
  const roster = people(new TextEncoder().encode(TEXT))
  expect(roster.pupils).toHaveLength(30)
  expect(roster.rejected).toEqual([])
  expect(people(wide(`\ufeff${TEXT}`, true))).toEqual(roster)
  expect(people(wide(`\ufeff${TEXT}`, false))).toEqual(roster)
  expect(people(wide(TEXT, true)).pupils).toEqual(roster.pupils)
})

test('Windows-1252 keeps its apostrophes', () => {
  const text = 'Adno,Surname,Forename\n1,O’Connor,Zoë\n'
  const bytes = Uint8Array.from(
    [...text].map((letter) => (letter === '’' ? 0x92 : letter.charCodeAt(0))),
  )
  expect(people(bytes).pupils).toMatchObject([{ surname: 'O’Connor', forename: 'Zoë' }])
})

test('XML is read, and a bomb is not', () => {
  const xml =
    '<CTfile><CTFpupilData><Pupil><UPN>H801200001001</UPN><Surname>Marsh</Surname><Forename>Teddy</Forename></Pupil></CTFpupilData></CTfile>'
  const bytes = new TextEncoder().encode(xml)
  expect(readRoster(bytes, 'transfer-file')).toMatchObject({
    ok: true,
    roster: { pupils: [{ surname: 'Marsh' }] },
  })
  const bomb = new TextEncoder().encode(`<!DOCTYPE a [<!ENTITY b "c">]>${xml}`)
  expect(inspect(bomb, 'a.xml')).toMatchObject({ ok: false, problem: { reason: 'has-a-doctype' } })
})

test('a file of nearly twelve megabytes is read to its end', () => {
  const [header = '', ...rows] = TEXT.trimEnd().split('\r\n')
  const noted = rows.map((row) => `${row},${'a note '.repeat(100)}\n`).join('')
  const bytes = new TextEncoder().encode(`${header},Notes\n${noted.repeat(400)}`)
  expect(bytes.length).toBeGreaterThan(10_000_000)
  expect(people(bytes).pupils).toHaveLength(30)
})
