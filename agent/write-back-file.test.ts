import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import type { WriteBackLine } from '../workers/mis/write-backs/line.ts'
import { writeBackCsv } from './write-back-file.ts'

const decided = {
  decidedBy: { name: 'Ngozi Okafor', title: 'Headteacher' },
  decidedAt: '2026-11-23T09:30:00Z',
}
const amara = {
  upn: 'A802200106001',
  admissionNumber: '001275',
  surname: 'Adeyemi',
  forename: 'Amara',
}
const teddy = { upn: null, admissionNumber: '001276', surname: 'Marsh', forename: 'Teddy' }

const mark: WriteBackLine = {
  id: 'wrb_1',
  record: {
    kind: 'mark',
    pupil: amara,
    date: '2026-11-23',
    session: 'AM',
    isLesson: false,
    original: 'N',
    code: 'I',
    minutesLate: null,
    reason: '=HYPERLINK("http://x.example"), "ill"',
    ...decided,
  },
}

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { bom: true, columns: true })

test('a code goes back with the name and title of who decided it', () => {
  const csv = writeBackCsv('mark', [mark])
  expect(csv.startsWith('\uFEFFReference,UPN,Adno,')).toBe(true)
  expect(csv.endsWith('\r\n')).toBe(true)
  expect(rowsOf(csv)).toEqual([
    {
      Reference: 'wrb_1',
      UPN: 'A802200106001',
      Adno: '001275',
      Surname: 'Adeyemi',
      Forename: 'Amara',
      Date: '23/11/2026',
      Session: 'AM',
      Period: '',
      'Original Mark': 'N',
      Mark: 'I',
      'Minutes Late': '',
      Comment: '\'=HYPERLINK("http://x.example"), "ill"',
      'Decided By': 'Ngozi Okafor',
      'Decided By Title': 'Headteacher',
      'Decided At': '2026-11-23T09:30:00Z',
    },
  ])
})

test('a corrected number is a row for each child, as it is dialled', () => {
  const point = (was: string, is: string): WriteBackLine => ({
    id: 'wrb_2',
    record: {
      kind: 'point',
      contact: { title: 'Mrs', forename: 'Bisi', surname: 'Adeyemi' },
      pupils: [amara, teddy],
      channel: 'phone',
      was,
      is,
      ...decided,
    },
  })
  const rows = rowsOf(writeBackCsv('point', [point('+447700900123', '+33123456789')]))
  expect(rows.map((row) => [row['Adno'], row['Old Value'], row['New Value']])).toEqual([
    ['001275', '07700900123', '0033123456789'],
    ['001276', '07700900123', '0033123456789'],
  ])
})
