import { describe, expect, test } from 'vitest'
import { readXporter } from './xporter.ts'

const teddy = {
  Id: '9919',
  XID: 'x1',
  Forename: 'Ted',
  Surname: 'Marsh',
  LegalForename: 'Teddy',
  LegalSurname: 'Okoro',
  AdmissionNo: '001275',
  Gender: 'M',
  DateofBirth: '2016-01-12',
  YearGroup: 'Year  4',
  RegGroup: '4ES',
  HouseGroup: 'Boyle',
  AddressBlock: '3 Penrith Grove\nEast Town',
  InLeaCare: 0,
  StudentStatus: 'OnRoll',
}
const amara = {
  ...teddy,
  Id: '9920',
  Forename: 'Amara',
  LegalForename: 'Amara',
  Surname: 'Adeyemi',
  AdmissionNo: '001276',
  DateofBirth: undefined,
  DateOfBirth: '2016-02-03',
}
const whole = {
  Students: [teddy, amara],
  Contacts: [
    {
      Id: '1',
      Title: 'Mrs',
      Forename: 'Joan',
      Surname: 'Marsh',
      HomeLanguage: 'English',
      MobilePhone: '07700 900123',
      HomeEmail: 'joan@example.com',
      PostCode: 'SI3 7ND',
    },
    { Id: '2', Forename: 'Dilys', Surname: 'Marsh' },
  ],
  StudentContacts: [
    { StudentId: '9919', ContactId: '1', Relationship: 'Mother', Priority: 1, ParResp: 1 },
    { StudentId: '9919', ContactId: '2', Relationship: 'Grandmother', Priority: 2, ParResp: 0 },
    { StudentId: '9920', ContactId: '77', Relationship: 'Father', Priority: 1, ParResp: 1 },
  ],
  PersonComms: [
    {
      PersonId: '2',
      PersonType: 'Contact',
      CommsType: 'T',
      Priority: 1,
      IsDefault: 0,
      Value: '01632 960124',
    },
    {
      PersonId: '2',
      PersonType: 'Contact',
      CommsType: 'M',
      Priority: 2,
      IsDefault: 1,
      Value: '07700 900124',
    },
    {
      PersonId: '2',
      PersonType: 'Contact',
      CommsType: 'E',
      Priority: 1,
      IsDefault: 1,
      Value: 'dilys@example.com',
    },
    {
      PersonId: '2',
      PersonType: 'Staff',
      CommsType: 'M',
      Priority: 1,
      IsDefault: 1,
      Value: '07700 900199',
    },
  ],
  Group: [
    { Id: '31', Type: 'YearGrp', Name: 'Year  4' },
    { Id: '8811', Type: 'TeachingGrp', Code: '4/Ma', Name: '4/Ma' },
  ],
  StudentMembers: [
    { GroupId: 'GC-8811', StudentId: 'PL-9919' },
    { GroupId: 'GY-31', StudentId: 'PL-9919' },
  ],
  Staff: [
    {
      Id: 5,
      Title: 'Miss',
      Forename: 'Hana',
      Surname: 'Bell',
      WorkEmail: 'bell@example.com',
      RegGroup: '4ES',
      StaffStatus: 'Current',
      NINumber: 'x',
    },
  ],
  SchoolInfo: [{ Name: 'ST BOTOLPH’S', EstabId: '8232999' }],
  meta: [{ MIS: 'simsnet' }],
}

const rosterOf = (value: unknown) => {
  const read = readXporter(value)
  if (!read.ok) throw new Error(read.problem.reason)
  return read.roster
}

describe('all lists together', () => {
  const roster = rosterOf(whole)

  test('pupils, in whatever capitals the birthday stands', () => {
    expect(roster.pupils).toMatchObject([
      {
        key: { upn: null, admissionNumber: '001275', reference: '9919' },
        surname: 'Marsh',
        forename: 'Teddy',
        preferredForename: 'Ted',
        dateOfBirth: '2016-01-12',
        yearGroup: 'Year 4',
        registrationGroup: '4ES',
        house: 'Boyle',
        curriculumGroups: ['4/Ma'],
      },
      { dateOfBirth: '2016-02-03', curriculumGroups: [], contacts: [] },
    ])
  })
  test('contacts by their ties, numbers with the default first and nobody else’s', () => {
    expect(roster.pupils[0]?.contacts).toMatchObject([
      {
        surname: 'Marsh',
        relationship: 'Mother',
        priority: 1,
        hasParentalResponsibility: true,
        language: 'English',
        phones: [{ e164: '+447700900123' }],
      },
      {
        relationship: 'Grandmother',
        priority: 2,
        hasParentalResponsibility: false,
        phones: [{ e164: '+447700900124' }, { e164: '+441632960124' }],
        emails: ['dilys@example.com'],
      },
    ])
  })
  test('a tie to nobody is told; staff and school are read; the rest is dropped', () => {
    expect(roster.rejected).toMatchObject([
      { reason: 'unknown-person', subject: 'contact', line: 3 },
    ])
    expect(roster.staff).toMatchObject([{ reference: '5', surname: 'Bell' }])
    expect(JSON.stringify(roster.staff)).not.toContain('4ES')
    expect(roster.school).toEqual({ laCode: '823', establishment: '2999', name: 'ST BOTOLPH’S' })
    expect(roster.dropped.map((each) => each.column)).toEqual([
      'AddressBlock',
      'InLeaCare',
      'Contacts.PostCode',
    ])
    expect(JSON.stringify(roster)).not.toMatch(/Penrith|SI3|07700900199/)
    expect(roster).toMatchObject({ isFull: true })
    expect(roster.areContactsPartial).toBeUndefined()
  })
})

test('an answer for each endpoint reads the same, recorded or not', () => {
  const { Students, Contacts, meta, ...rest } = whole
  const answers = [{ Students, meta }, { status: 200, request: {}, body: { Contacts } }, rest]
  expect(rosterOf(answers)).toEqual(rosterOf(whole))
})

test('without memberships nothing is said of groups', () => {
  expect(rosterOf({ Students: [teddy] }).pupils[0]?.curriculumGroups).toBeUndefined()
})

describe('changes', () => {
  const delta = {
    Students: [teddy],
    Students_deleted: [{ Id: 'PL-9000' }, '9001', 9002, '9919'],
    StudentContacts: [{ StudentId: '9919', ContactId: '1', Priority: 1 }],
    changedRows: 'token',
  }

  test('end nobody who is not in them, and name the deleted', () => {
    const roster = rosterOf(delta)
    expect(roster).toMatchObject({ isFull: false, areContactsPartial: true, rejected: [] })
    expect(roster.leavers?.map((key) => key.reference)).toEqual(['9000', '9001', '9002'])
  })
  test('of nothing but deletions are a roster too', () => {
    expect(rosterOf({ Students: [], Students_deleted: ['9000'] })).toMatchObject({
      isFull: false,
      pupils: [],
      leavers: [{ reference: '9000' }],
    })
  })
})

test('a leaver by status is no pupil', () => {
  const roster = rosterOf({ Students: [teddy, { ...amara, StudentStatus: 'Leaver' }] })
  expect(roster.pupils).toHaveLength(1)
  expect(roster.leavers).toEqual([{ upn: null, admissionNumber: '001276', reference: '9920' }])
})

test('a school without a name or a DfE number is known by what number it has', () => {
  const { school } = rosterOf({ ...whole, SchoolInfo: [{ EstabId: 'A-77' }] })
  expect(school).toEqual({ laCode: null, establishment: null, name: 'A-77' })
})

test('pages are the whole school only if all are there', () => {
  const page = (number: number, student: object) => ({
    Students: [student],
    __pagination__: [{ PageSize: 1, PageNumber: number, PageCount: 2, RowCount: 2 }],
  })
  expect(rosterOf([page(1, teddy), page(2, amara)]).isFull).toBe(true)
  expect(rosterOf([page(1, teddy)]).isFull).toBe(false)
})

test('an error that came as a success is an error, and the family’s data in its words are not shown', () => {
  const failed = {
    Students: null,
    ExceptionType: 'System.TimeoutException',
    ExceptionMessage: 'Teddy Marsh, 07700 900123: agent not responding',
  }
  expect(readXporter([whole, failed])).toEqual({
    ok: false,
    problem: { reason: 'export-failed', detail: 'System.TimeoutException' },
  })
})

test.each([
  [{ Scopes: [] }, 'not-an-export'],
  [{ Students: [] }, 'no-pupils'],
  [{ SchoolInfo: [{}] }, 'no-pupils'],
  [{ Students: [null, 1, 'x'] }, 'no-pupils'],
  ['text', 'not-an-export'],
])('%j is refused', (value, reason) => {
  expect(readXporter(value)).toMatchObject({ ok: false, problem: { reason } })
})
