import { describe, expect, test } from 'vitest'
import type { Roster } from '../records/roster.ts'
import { rowsToRoster } from './rows-to-roster.ts'
import { suggestMapping } from './suggest.ts'

function roster(...lines: string[]): Roster {
  const headers = (lines[0] ?? '').split(',')
  const read = rowsToRoster(lines.join('\n'), suggestMapping(headers, []))
  if (!read.ok) throw new Error(read.problem.reason)
  return read.roster
}
const reasons = ({ rejected }: Roster) =>
  rejected.map(({ line, field, reason, subject }) => `${line} ${subject} ${field}: ${reason}`)

const SIDE_BY_SIDE =
  'UPN,Adno,Surname,Forename,DOB,Year,Reg,Contact 1 Name,Contact 1 PR,Contact 1 Mobile,Contact 1 Email,Contact 2 Name,Contact 2 Mobile,Contact 2 No Contact'
const AMARA = 'H801200001001,001275,Adeyemi,Amara,23/11/2015,Year  4,4B'

describe('contacts side by side', () => {
  test('one row is one pupil with contacts in the order they are called', () => {
    const { pupils, ...rest } = roster(
      SIDE_BY_SIDE,
      `${AMARA},Mrs Folake Adeyemi,Yes,07700 900123,Folake@Example.com,Mr Tunde Adeyemi,7700900124,`,
    )
    expect(rest).toEqual({
      source: 'csv',
      school: null,
      isFull: true,
      rejected: [],
      moreRejected: 0,
      dropped: [],
    })
    expect(pupils).toMatchObject([
      {
        line: 2,
        key: { upn: 'H801200001001', admissionNumber: '001275', reference: null },
        surname: 'Adeyemi',
        dateOfBirth: '2015-11-23',
        yearGroup: 'Year 4',
        registrationGroup: '4B',
        contacts: [
          {
            title: 'Mrs',
            forename: 'Folake',
            surname: 'Adeyemi',
            priority: 1,
            hasParentalResponsibility: true,
            phones: [{ e164: '+447700900123', kind: 'mobile' }],
            emails: ['Folake@example.com'],
          },
          {
            title: 'Mr',
            priority: 2,
            phones: [{ e164: '+447700900124' }],
            mayNotBeContacted: false,
          },
        ],
      },
    ])
  })

  test('Teddy’s father: a court order is a no, in whatever words', () => {
    const { pupils } = roster(
      SIDE_BY_SIDE,
      `${AMARA},,,,,Mr Dean Marsh,07700900125,Court order 3/5/26`,
    )
    expect(pupils[0]?.contacts).toMatchObject([
      { surname: 'Marsh', mayNotBeContacted: true, priority: 2 },
    ])
  })

  test('one bad value costs that value; the rest of the row stays', () => {
    const read = roster(
      SIDE_BY_SIDE,
      'A801200001001,001275,Adeyemi,Amara,31/02/2016,4,4B,Folake Adeyemi,perhaps,07700 90012,nobody,,,',
    )
    expect(reasons(read)).toEqual([
      '2 field UPN: upn-check-letter',
      '2 field DOB: not-a-date',
      '2 field Contact 1 PR: not-yes-or-no',
      '2 field Contact 1 Mobile: phone-too-short',
      '2 field Contact 1 Email: email-not-an-address',
    ])
    expect(read.rejected[3]?.shown).toBe('07700 90012')
    expect(read.pupils).toMatchObject([
      {
        key: { upn: null, admissionNumber: '001275' },
        contacts: [{ phones: [], emails: [], hasParentalResponsibility: null }],
      },
    ])
  })

  test('a row that names nobody is refused, with whom it seems to be about', () => {
    const read = roster(
      SIDE_BY_SIDE,
      'H801200001001,7,,Amara,,,,,,,,,,',
      ',8,Marsh,,,,,,,,,,,',
      ',9,=1+1,Teddy,,,,,,,,,,',
      `,10,${'x'.repeat(101)},Teddy,,,,,,,,,,`,
      'A801200001001,,Nowak,Zofia,,,,,,,,,,',
      ',11,-Smith,@Jo,,,,+Lee,,,,,,',
    )
    expect(reasons(read)).toEqual([
      '2 row Surname: no-surname',
      '3 row Forename: no-forename',
      '4 row Surname: looks-like-a-formula',
      '5 row Surname: too-long',
      '6 field UPN: upn-check-letter',
      '6 row UPN: cannot-be-identified',
    ])
    expect(read.rejected[0]?.key).toEqual({
      upn: 'H801200001001',
      admissionNumber: '7',
      reference: null,
    })
    expect(read.pupils.map((pupil) => pupil.surname)).toEqual(['-Smith'])
  })

  test('a contact with a number and no name is left out; an empty one is nobody', () => {
    const read = roster(SIDE_BY_SIDE, `${AMARA},,No,07700900123,,,,No`)
    expect(reasons(read)).toEqual(['2 contact Contact 1: contact-without-surname'])
    expect(read.pupils[0]?.contacts).toEqual([])
  })

  test('two numbers in a cell are two numbers, if both are whole', () => {
    const numbers = (cell: string) =>
      roster(
        SIDE_BY_SIDE,
        `${AMARA},Folake Adeyemi,,${cell},,,,`,
      ).pupils[0]?.contacts[0]?.phones.map((phone) => phone.e164)
    expect(numbers('07700 900123 / 01632 960001')).toEqual(['+447700900123', '+441632960001'])
    expect(numbers('07700 900123 or 07700 900123')).toEqual(['+447700900123'])
    expect(numbers('07700 900123 07700 900124')).toEqual(['+447700900123', '+447700900124'])
    expect(numbers('07700 900123 / 01632')).not.toContain('+441632')
  })
})

describe('one contact a row', () => {
  const HEADING =
    'Adno,Surname,Forename,DOB,UPN,Contact Forename,Contact Surname,Relationship,Priority,Mobile'

  test('the rows of one pupil are one pupil, and a fault of the pupil’s is told once', () => {
    const read = roster(
      HEADING,
      '1,Adeyemi,Amara,2015-11-23,bad,Folake,Adeyemi,Mother,1,07700900123',
      '1,Adeyemi,Amara,2015-11-23,bad,Tunde,Adeyemi,Father,2,07700900124',
      '1,Adeyemi,Amara,2015-11-23,bad,Folake,Adeyemi,Mother,1,07700900126',
      '2,Marsh,Teddy,2016-01-03,,Dean,Marsh,Father,1,07700900125',
    )
    expect(reasons(read)).toEqual(['2 field UPN: upn-shape'])
    expect(read.pupils).toHaveLength(2)
    expect(read.pupils[0]?.contacts).toMatchObject([
      { forename: 'Folake', phones: [{ e164: '+447700900123' }, { e164: '+447700900126' }] },
      { forename: 'Tunde', priority: 2 },
    ])
  })

  test('mother and grandmother of one name stay two people', () => {
    const read = roster(
      HEADING,
      '1,Khan,Aisha,2015-11-23,,,Khan,Mother,1,07700900123',
      '1,Khan,Aisha,2015-11-23,,,Khan,Grandmother,2,07700900124',
    )
    expect(read.pupils[0]?.contacts).toHaveLength(2)
  })

  test('a row that adds nothing is a duplicate; a number that is another’s is a conflict', () => {
    const read = roster(
      HEADING,
      '1,Adeyemi,Amara,2015-11-23,H801200001001,Folake,Adeyemi,Mother,1,07700900123',
      '1,Adeyemi,Amara,2015-11-23,H801200001001,Folake,Adeyemi,Mother,1,07700900123',
      '1,Marsh,Teddy,2016-01-03,,Dean,Marsh,Father,1,07700900125',
      '2,Adeyemi,Amara,2015-11-23,H801200001001,,,,,',
    )
    expect(reasons(read)).toEqual([
      '3 row Row: duplicate',
      '4 row Row: conflicts-with-earlier-row',
      '5 row Row: conflicts-with-earlier-row',
    ])
    expect(read.rejected[1]?.shown).toBe('line 2')
    expect(read.pupils).toMatchObject([{ forename: 'Amara', contacts: [{ forename: 'Folake' }] }])
  })

  test('twins share their contacts and are two pupils', () => {
    const read = roster(
      HEADING,
      '1,Lindqvist,Astrid,2017-03-02,,Karin,Lindqvist,Mother,1,07700900130',
      '2,Lindqvist,Elsa,2017-03-02,,Karin,Lindqvist,Mother,1,07700900130',
    )
    expect(read.rejected).toEqual([])
    expect(read.pupils.map((pupil) => pupil.contacts[0]?.phones[0]?.e164)).toEqual([
      '+447700900130',
      '+447700900130',
    ])
  })

  test('without a priority column, an only contact comes first and others have no order', () => {
    const heading = 'Adno,Surname,Forename,Contact Surname,Contact Forename'
    const only = roster(heading, '1,Marsh,Teddy,Marsh,Jo', '2,Nowak,Zofia,Nowak,Ewa')
    expect(only.pupils.map((pupil) => pupil.contacts[0]?.priority)).toEqual([1, 1])
    const more = roster(heading, '1,Marsh,Teddy,Marsh,Jo', '1,Marsh,Teddy,Marsh,Dean')
    expect(more.pupils[0]?.contacts.map((contact) => contact.priority)).toEqual([null, null])
  })
})

test('what is not mapped is counted and forgotten', () => {
  const read = roster(
    'Adno,Surname,Forename,Ethnicity,Shoe size,Religion',
    '1,Marsh,Teddy,WBRI,13,',
    '2,Nowak,Zofia,WEEU,,',
  )
  expect(read.dropped).toEqual([
    { column: 'Ethnicity', count: 2, why: 'not-needed' },
    { column: 'Shoe size', count: 1, why: 'not-mapped' },
    { column: 'Religion', count: 0, why: 'not-needed' },
  ])
  expect(JSON.stringify(read)).not.toContain('WBRI')
})

test('a mapping of another file is refused', () => {
  expect(rowsToRoster('A,B\n1,2\n', { columns: [] })).toEqual({
    ok: false,
    problem: { reason: 'mapping-does-not-fit' },
  })
})

test('thirty contacts of one pupil are twenty, and it is said', () => {
  const rows = Array.from({ length: 30 }, (_, index) => `1,Marsh,Teddy,Marsh,Jo${index}`)
  const read = roster('Adno,Surname,Forename,Contact Surname,Contact Forename', ...rows)
  expect(read.pupils[0]?.contacts).toHaveLength(20)
  expect(read.rejected).toHaveLength(10)
  expect(new Set(read.rejected.map((each) => each.reason))).toEqual(new Set(['too-many-contacts']))
})

test('ten thousand faults are listed and the rest counted', () => {
  const rows = Array.from({ length: 10_005 }, (_, index) => `${index + 1},Marsh,T${index},soon`)
  const read = rowsToRoster(['Adno,Surname,Forename,DOB', ...rows].join('\n'), {
    columns: [
      { header: 'Adno', field: 'pupil.admission-number' },
      { header: 'Surname', field: 'pupil.surname' },
      { header: 'Forename', field: 'pupil.forename' },
      { header: 'DOB', field: 'pupil.date-of-birth' },
    ],
  })
  expect(read).toMatchObject({
    ok: true,
    roster: { moreRejected: 5, rejected: { length: 10_000 } },
  })
})
