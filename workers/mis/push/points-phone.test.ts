import { expect, test } from 'vitest'
import { checkPoints } from './points.ts'

/** Numbers that cost whoever rings them, sent as mobiles by a program that is not ours. */
test.each([
  ['+447012345678', 'phone-personal-number'],
  ['+447600123456', 'phone-pager'],
  ['+449098790001', 'phone-premium-rate'],
  ['+448712345678', 'phone-premium-rate'],
] as const)('%s is %s, and whoever has it stays', (e164, reason) => {
  const bell = {
    line: 9,
    reference: 's-1',
    title: null,
    forename: 'Hana',
    surname: 'Bell',
    emails: [],
    isCurrent: true,
  }
  expect(checkPoints({ staff: { ...bell, phones: [{ e164, kind: 'mobile' }] } })).toEqual({
    record: { staff: { ...bell, phones: [] } },
    rejected: [{ line: 9, field: 'phone 1', reason, subject: 'field', of: 'staff' }],
  })
})
