import { describe, expect, test } from 'vitest'
import type { Product } from '#schools'
import type { RosterContact, RosterPupil, RosterStaff } from '../records/roster.ts'
import { allowListOf } from './allow-list.ts'
import { type PayloadOpening, type PayloadRecord, writePayload } from './payload.ts'
import { readPush } from './read-push.ts'
import { stagedOf } from './staged-of.ts'

/** Somebody else's program sends more than it was asked for, and what an agent would not have let through. */
const opening: PayloadOpening = {
  format: 'schoolgate-import',
  version: 1,
  kind: 'roster',
  scope: 'full',
  source: 'csv',
  school: null,
  takenAt: '2026-11-23T02:15:00.000Z',
  feed: 'nightly',
  dropped: [{ column: 'Ethnicity', count: 1, why: 'not-needed' }],
  tells: ['contacts', 'house', 'phones', 'year-group'],
  saysNoContact: true,
}

const mother: RosterContact = {
  line: 2,
  title: null,
  forename: 'Joan',
  surname: 'Marsh',
  relationship: 'Mother',
  priority: 1,
  hasParentalResponsibility: true,
  language: null,
  phones: [{ e164: '+447700900123', kind: 'mobile' }],
  emails: ['joan@example.com'],
  mayNotBeContacted: true,
}

const teddy: RosterPupil = {
  line: 2,
  key: { upn: null, admissionNumber: '001276', reference: null },
  surname: 'Marsh',
  forename: 'Teddy',
  preferredForename: null,
  middleNames: 'Arthur',
  gender: 'M',
  dateOfBirth: '2016-01-12',
  yearGroup: 'Year 4',
  registrationGroup: '4E',
  house: 'Oak',
  phones: [{ e164: '+447700900125', kind: 'mobile' }],
  emails: [],
  contacts: [mother],
}

const bell: RosterStaff = {
  line: 9,
  reference: 's-1',
  title: 'Miss',
  forename: 'Hana',
  surname: 'Bell',
  phones: [],
  emails: [],
  isCurrent: true,
}

async function* bytesOf(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* pieces
}

function read(records: PayloadRecord[], products: Product[], head = opening) {
  const { fields } = allowListOf(products)
  return readPush(bytesOf(writePayload(head, records)), head, fields)
}

describe('what the school’s products do not need', () => {
  test('is cut as it is read, counted, and not spoken of', async () => {
    const pushed = await read([{ pupil: teddy }], ['tell-by-text'])
    expect(pushed.pupils).toEqual([
      { ...teddy, middleNames: null, gender: null, house: null, phones: [], contacts: [] },
    ])
    expect(pushed.opening.dropped).toEqual([
      { column: 'Ethnicity', count: 1, why: 'not-needed' },
      { column: 'pupil.middleNames', count: 1, why: 'not-needed' },
      { column: 'pupil.gender', count: 1, why: 'not-needed' },
      { column: 'pupil.house', count: 1, why: 'not-needed' },
      { column: 'pupil.phones', count: 1, why: 'not-needed' },
      { column: 'pupil.contacts', count: 1, why: 'not-needed' },
    ])
    const staged = stagedOf(pushed, 'fingerprint' as never, Date.UTC(2026, 10, 23))
    expect(staged).toMatchObject({ reading: { tells: ['year-group'] } })
    expect(JSON.stringify(staged)).not.toMatch(/Joan|7700|Arthur|Oak/)
  })

  test('stays where a product needs it', async () => {
    const pushed = await read([{ pupil: teddy }, { staff: bell }], ['call-parents'])
    expect(pushed.pupils).toEqual([teddy])
    expect(pushed.staff).toEqual([bell])
    expect(pushed.opening).toEqual(opening)
  })

  test('is everything where there is no product, down to whom a bad row was about', async () => {
    const rejected = { line: 4, field: 'Surname', reason: 'no-surname', subject: 'row' } as const
    const pushed = await read(
      [{ pupil: teddy }, { leaver: teddy.key }, { rejected: { ...rejected, key: teddy.key } }],
      [],
    )
    expect(pushed).toMatchObject({ pupils: [], leavers: [], rejected: [rejected] })
    expect(JSON.stringify(pushed)).not.toMatch(/001276|Marsh/)
    expect(pushed.opening.dropped.slice(1).map(({ column }) => column)).toEqual(['pupil', 'leaver'])
  })
})

describe('numbers and addresses', () => {
  const reached = async (phones: RosterContact['phones'], emails: string[] = []) => {
    const contact = { ...mother, phones, emails }
    const pushed = await read([{ pupil: { ...teddy, contacts: [contact] } }], ['call-parents'])
    return { contact: pushed.pupils[0]?.contacts[0], rejected: pushed.rejected }
  }

  test.each([
    ['+449098790001', 'phone-premium-rate'],
    ['+448712345678', 'phone-premium-rate'],
    ['+4477009', 'phone-too-short'],
    ['07700 900123', 'not-as-agreed'],
    ['+44 7700 900123', 'not-as-agreed'],
    ['', 'not-as-agreed'],
    ['mum', 'phone-not-a-number'],
  ])('%j is not taken, and its contact is', async (e164, reason) => {
    const { contact, rejected } = await reached([
      { e164, kind: 'mobile' },
      { e164: '+447700900124', kind: 'mobile' },
    ])
    expect(contact?.phones).toEqual([{ e164: '+447700900124', kind: 'mobile' }])
    expect(rejected).toEqual([{ line: 2, field: 'contact 1 phone 1', reason, subject: 'field' }])
  })

  test('are of the kind that they are, whatever was said', async () => {
    const { contact, rejected } = await reached([{ e164: '+441632960123', kind: 'mobile' }])
    expect(contact?.phones).toEqual([{ e164: '+441632960123', kind: 'landline' }])
    expect(rejected).toEqual([])
  })

  test.each([
    ['joan@example.com\r\nBcc: all@example.com', 'email-two-addresses'],
    ['joan@example.com\n', 'not-as-agreed'],
    ['Joan <joan@example.com>', 'email-display-name'],
    ['joan', 'email-not-an-address'],
    ['', 'not-as-agreed'],
    [`${'a'.repeat(600)}@example.com`, 'email-too-long'],
  ])('%j is no address', async (email, reason) => {
    const { contact, rejected } = await reached([], [email, 'joan@example.com'])
    expect(contact?.emails).toEqual(['joan@example.com'])
    expect(rejected).toMatchObject([{ field: 'contact 1 email 1', subject: 'field' }])
    expect(rejected[0]?.reason).toBe(reason)
  })

  test('of staff are told as theirs', async () => {
    const staff = { ...bell, emails: ['bell'] }
    const pushed = await read([{ staff }], ['call-parents'])
    expect(pushed.staff).toEqual([bell])
    expect(pushed.rejected).toMatchObject([{ line: 9, field: 'email 1', of: 'staff' }])
  })
})
