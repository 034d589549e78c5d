import { expect, test } from 'vitest'
import type { Rejected } from '../records/roster.ts'
import { type RawStaff, readStaff } from './staff.ts'

const cell = (field: string, text: string) => ({ line: 4, field, text })

const raw = (more: Partial<RawStaff> = {}): RawStaff => ({
  line: 4,
  reference: 's-1',
  title: cell('Title', 'Miss'),
  forename: cell('Forename', 'Rose'),
  surname: cell('Surname', 'Bell'),
  phones: [],
  emails: [],
  isCurrent: true,
  ...more,
})

function told(one: RawStaff): { staff: ReturnType<typeof readStaff>; rejected: Rejected[] } {
  const report = { rejected: [] as Rejected[] }
  return { staff: readStaff(one, report), rejected: report.rejected }
}

test('a row that could not be used says whose it is, so that they are not taken for a leaver', () => {
  const key = { upn: null, admissionNumber: null, reference: 's-1' }
  const about = { line: 4, of: 'staff', subject: 'row', key }
  const { staff, rejected } = told(raw({ surname: undefined }))
  expect(staff).toBeUndefined()
  expect(rejected).toEqual([{ ...about, field: 'Surname', reason: 'no-surname' }])
  expect(told(raw({ forename: cell('Forename', '=1+1') })).rejected).toMatchObject([
    { ...about, reason: 'looks-like-a-formula' },
  ])
  expect(told(raw({ reference: '', surname: undefined })).rejected).toMatchObject([
    { key: { reference: null } },
  ])
})

test('a value that could not be used is of staff too, and hides nobody', () => {
  const { staff, rejected } = told(raw({ phones: [cell('Phone', '12')] }))
  expect(staff).toMatchObject({ surname: 'Bell', phones: [] })
  expect(rejected).toEqual([
    {
      line: 4,
      field: 'Phone',
      reason: 'phone-too-short',
      subject: 'field',
      of: 'staff',
      shown: '12',
    },
  ])
})
