import { expect, test } from 'vitest'
import type { PayloadRecord } from '../workers/mis/push/payload.ts'
import { pupilSchema, recordSchema } from '../workers/mis/push/payload.ts'
import type { Feed } from './config.ts'
import { keep } from './keep.ts'
import { readFeed } from './read-feed.ts'
import { rejectedRecords } from './rejected-records.ts'
import { allowEverything } from './testing/allow-list.ts'

const feed: Feed = {
  name: 'pupils',
  data: 'roster',
  scope: 'full',
  source: { kind: 'sims-csv', path: 'pupils.csv' },
  schedule: { at: ['02:15'] },
}

const HEADINGS =
  'Surname,Forename,DOB,Adno,House,Ethnicity,Contact 1 Surname,Contact 1 Mobile,Contact 1 Relationship'
const ROWS = [
  'Adeyemi,Amara,15/03/2016,001275,Oak,ABAN,Adeyemi,07700 900123,Mother',
  'Marsh,Teddy,01/09/2015,001276,,WBRI,Marsh,07700 900124,Father',
]

const csv = (rows = ROWS) => ({
  kind: 'bytes' as const,
  bytes: new TextEncoder().encode([HEADINGS, ...rows].join('\n')),
})

function batchOf(rows = ROWS, one: Feed = feed) {
  const read = readFeed(one, csv(rows))
  if (!read.ok) throw new Error(read.problem.reason)
  return read.batch
}

const firstPupil = (records: readonly PayloadRecord[]) => {
  const [record] = records
  return record && 'pupil' in record ? record.pupil : undefined
}

test('columns that nobody asked for are dropped as they are read', () => {
  const { batch, kept } = keep(batchOf(), allowEverything)
  expect(batch.dropped).toEqual([{ column: 'Ethnicity', count: 2, why: 'not-needed' }])
  expect(JSON.stringify(batch.records)).not.toMatch(/ABAN|WBRI/)
  expect(kept.get('pupil.house')).toBe(1)
  expect(kept.get('contact.phones')).toBe(2)
})

test('fields that are not on Schoolgate’s list stay in the school, counted', () => {
  const { pupil, contact } = allowEverything.fields
  const list = {
    ...allowEverything,
    fields: {
      ...allowEverything.fields,
      pupil: pupil.filter((name) => name !== 'house' && name !== 'dateOfBirth'),
      contact: contact.filter((name) => name !== 'phones'),
    },
  }
  const { batch, kept } = keep(batchOf(), list)
  const first = firstPupil(batch.records)
  expect(pupilSchema.safeParse(first).success).toBe(true)
  expect(first).toMatchObject({ house: null, dateOfBirth: null, contacts: [{ phones: [] }] })
  expect(JSON.stringify(batch.records)).not.toMatch(/Oak|2016|7700/)
  expect(batch.dropped.slice(1)).toEqual([
    { column: 'pupil.dateOfBirth', count: 2, why: 'not-needed' },
    { column: 'pupil.house', count: 1, why: 'not-needed' },
    { column: 'contact.phones', count: 2, why: 'not-needed' },
  ])
  expect(kept.has('pupil.house')).toBe(false)
  // What is left out was not spoken of: it would end what Schoolgate has of it.
  expect(batchOf().about.tells).toEqual(expect.arrayContaining(['house', 'phones']))
  expect(batch.about.tells).not.toContain('house')
  expect(batch.about.tells).not.toContain('phones')
  expect(batch.about.tells).toContain('contacts')
})

test('a record that means something else without a field stays in the school whole', () => {
  const { contact } = allowEverything.fields
  const list = {
    ...allowEverything,
    fields: {
      ...allowEverything.fields,
      contact: contact.filter((name) => name !== 'mayNotBeContacted'),
    },
  }
  const { batch } = keep(batchOf(), list)
  expect(firstPupil(batch.records)?.contacts).toEqual([])
})

const NAMELESS = ',Wren,02/02/2014,001277,,,,,'

test('a row that could not be used leaves a list of everybody one, and says whom it is about', () => {
  const { batch } = keep(batchOf([...ROWS, NAMELESS, ROWS[0] ?? '']), allowEverything)
  expect(batch.about.scope).toBe('full')
  const { records, moreRejected } = rejectedRecords(batch)
  const key = { upn: null, admissionNumber: '001277', reference: null }
  expect(records).toEqual([
    { rejected: { line: 4, field: 'Surname', reason: 'no-surname', subject: 'row', key } },
    { rejected: { line: 5, field: 'Row', reason: 'duplicate', subject: 'row' } },
  ])
  expect(moreRejected).toBe(0)
  expect(records.every((record) => recordSchema.safeParse(record).success)).toBe(true)
})

test('what a row says stays in the school, and of a part of a list whom it is about as well', () => {
  const rows = [...ROWS, NAMELESS, 'Nowak,Zofia,31/31/2016,001278,,,Nowak,12345,Mother']
  const part = keep(batchOf(rows, { ...feed, scope: 'partial' }), allowEverything).batch
  expect(part.about.scope).toBe('partial')
  const { records } = rejectedRecords(part)
  expect(records).toHaveLength(3)
  expect(JSON.stringify(records)).not.toMatch(/00127|Zofia|31.31|12345|key|shown/)
  const { fields } = allowEverything
  const list = { ...allowEverything, fields: { ...fields, pupil: ['surname', 'forename'] } }
  expect(JSON.stringify(rejectedRecords(keep(batchOf(rows), list).batch))).not.toContain('001277')
})

test('of very many bad rows a thousand are told, and how many more there are', () => {
  const rows = Array.from({ length: 1200 }, (_, at) => `,Wren,02/02/2014,${3000 + at},,,,,`)
  const { records, moreRejected } = rejectedRecords(batchOf(rows))
  expect(records).toHaveLength(1000)
  expect(moreRejected).toBe(200)
})

test('what a source cannot say is refused, and what it is not as well', () => {
  const refused = (one: Partial<Feed>) => {
    const read = readFeed({ ...feed, ...one }, csv())
    return read.ok ? 'read' : read.problem.reason
  }
  expect(refused({ data: 'staff' })).toBe('not-in-this-source')
  expect(refused({ data: 'consents' })).toBe('not-in-this-source')
  expect(refused({ source: { kind: 'ctf', path: 'a' } })).toBe('another-kind-of-file')
  expect(refused({ source: { kind: 'csv', path: 'a' } })).toBe('mapping-does-not-fit')
  expect(refused({ data: 'registers' })).toBe('column-missing')
})

test('whom not to contact goes by itself, without anybody’s number', () => {
  const bytes = new TextEncoder().encode(
    [
      'Surname,Forename,DOB,Contact 1 Surname,Contact 1 Mobile,Contact 1 No Contact',
      'Marsh,Teddy,01/09/2015,Marsh,07700 900124,Y',
      'Adeyemi,Amara,15/03/2016,Adeyemi,07700 900123,N',
    ].join('\n'),
  )
  const columns = [
    { header: 'Surname', field: 'pupil.surname' as const },
    { header: 'Forename', field: 'pupil.forename' as const },
    { header: 'DOB', field: 'pupil.date-of-birth' as const },
    { header: 'Contact 1 Surname', field: 'contact-1.surname' as const },
    { header: 'Contact 1 Mobile', field: 'contact-1.mobile' as const },
    { header: 'Contact 1 No Contact', field: 'contact-1.no-contact' as const },
  ]
  const source = { kind: 'csv', path: 'a', mapping: { columns } } as const
  const read = readFeed({ ...feed, data: 'consents', source }, { kind: 'bytes', bytes })
  const records = read.ok ? read.batch.records : []
  expect(records.map((record) => 'consent' in record && record.consent.isAllowed)).toEqual([
    false,
    true,
  ])
  expect(JSON.stringify(records)).not.toContain('7700')
})
