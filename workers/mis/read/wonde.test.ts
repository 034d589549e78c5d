import { describe, expect, test } from 'vitest'
import { checkLetter } from './upn.ts'
import { readWonde } from './wonde.ts'

const UPN = `${checkLetter('801200001040')}801200001040`

const mother = {
  id: 'A500',
  upi: 'c0ffee',
  mis_id: '900',
  title: 'Mrs',
  forename: 'Joan',
  surname: 'Marsh',
  relationship: {
    relationship: 'Mother',
    parental_responsibility: true,
    priority: 1,
    lives_with_pupil: true,
  },
  contact_details: {
    data: {
      phones: {
        phone: '01632 960123',
        primary: '07700 900123',
        home: '01632 960123',
        mobile: '07700 900123',
      },
      emails: { email: 'joan@example.com', primary: 'joan@example.com', home: null, work: null },
      addresses: { home: { street: 'Penrith Grove' } },
    },
  },
}
const grandmother = {
  forename: 'Dilys',
  surname: 'Marsh',
  relationship: {
    data: { relationship: 'Grandmother', parental_responsibility: false, priority: 2 },
  },
  contact_details: {
    data: {
      phones: ['07700 900124', { type: 'home', number: '01632 960124' }],
      emails: ['dilys@example.com'],
    },
  },
}
const teddy = {
  id: 'A1749191433',
  upi: '8d444684b7aa79bc97f8594a4aab7ce3',
  mis_id: '9919',
  surname: 'Marsh',
  forename: 'Ted',
  legal_surname: 'Okoro',
  legal_forename: 'Teddy',
  middle_names: null,
  gender: 'NOT_SPECIFIED',
  date_of_birth: { date: '2016-01-12 00:00:00.000000', timezone_type: 3, timezone: 'UTC' },
  restored_at: null,
  education_details: {
    data: { upn: UPN, admission_number: '001275', current_nc_year: '4', fsm: true },
  },
  year: { data: { name: '4' } },
  registration: { data: { name: '4ES' } },
  house: { data: null },
  classes: { data: [{ name: '4/Ma' }, { name: '4/Mu' }] },
  contacts: { data: [mother, grandmother] },
  sen_needs: { data: [{ name: 'x' }] },
}
const amara = {
  id: 'A2',
  upi: 'aa',
  mis_id: '9920',
  surname: 'Adeyemi',
  forename: 'Amara',
  gender: 'FEMALE',
  date_of_birth: '2016-02-03',
  education_details: { data: { admission_number: '001276' } },
}

const rosterOf = (value: unknown) => {
  const read = readWonde(value)
  if (!read.ok) throw new Error(read.problem.reason)
  return read.roster
}
const page = (number: number, more: boolean, ...data: object[]) => ({
  data,
  meta: {
    pagination: {
      next: more ? `x?page=${number + 1}` : null,
      previous: null,
      more,
      per_page: 1,
      current_page: number,
    },
  },
})

describe('a student with includes', () => {
  const { pupils, dropped } = rosterOf({ data: [teddy, amara] })

  test('is known by upn, admission number and the id in the school’s own system', () => {
    expect(pupils[0]).toMatchObject({
      key: { upn: UPN, admissionNumber: '001275', reference: '9919' },
      surname: 'Marsh',
      forename: 'Teddy',
      preferredForename: 'Ted',
      gender: 'Not specified',
      dateOfBirth: '2016-01-12',
      yearGroup: 'Year 4',
      registrationGroup: '4ES',
      house: null,
      curriculumGroups: ['4/Ma', '4/Mu'],
    })
    expect(pupils[1]).toMatchObject({ gender: 'Female', dateOfBirth: '2016-02-03' })
    expect(pupils[1]?.curriculumGroups).toBeUndefined()
  })
  test('has contacts with what the relationship says, each number once', () => {
    expect(pupils[0]?.contacts).toMatchObject([
      {
        title: 'Mrs',
        relationship: 'Mother',
        priority: 1,
        hasParentalResponsibility: true,
        phones: [{ e164: '+447700900123' }, { e164: '+441632960123' }],
        emails: ['joan@example.com'],
        mayNotBeContacted: false,
      },
      {
        relationship: 'Grandmother',
        priority: 2,
        hasParentalResponsibility: false,
        phones: [{ e164: '+447700900124' }, { e164: '+441632960124' }],
      },
    ])
  })
  test('loses what is not needed, and each is counted', () => {
    expect(dropped.map((each) => each.column).sort()).toEqual([
      'contacts.contact_details.addresses',
      'contacts.relationship.lives_with_pupil',
      'education_details.fsm',
      'sen_needs',
    ])
    expect(JSON.stringify(pupils)).not.toContain('Penrith')
  })
})

test('six genders, and any other word, are kept as words', () => {
  const words = ['MALE', 'FEMALE', 'OTHER', 'NON_BINARY', 'UNKNOWN', 'NOT_SPECIFIED', 'neither']
  const students = words.map((gender, at) => ({
    ...amara,
    gender,
    mis_id: `${at}`,
    education_details: { data: { admission_number: `${at}` } },
    forename: `F${at}`,
  }))
  expect(rosterOf({ data: students }).pupils.map((pupil) => pupil.gender)).toEqual([
    'Male',
    'Female',
    'Other',
    'Non binary',
    'Unknown',
    'Not specified',
    'Neither',
  ])
})

describe('pages', () => {
  test('are the whole school only if all are there', () => {
    expect(rosterOf({ data: [teddy] }).isFull).toBe(true)
    expect(rosterOf([page(1, true, teddy), page(2, false, amara)])).toMatchObject({
      isFull: true,
      pupils: { length: 2 },
    })
    expect(rosterOf([page(1, true, teddy)]).isFull).toBe(false)
    expect(rosterOf([page(2, false, amara)]).isFull).toBe(false)
    expect(rosterOf([page(1, true, teddy), page(3, false, amara)]).isFull).toBe(false)
  })
  test('may be plain records, and a pupil on two of them is one', () => {
    expect(rosterOf([teddy, amara]).pupils).toHaveLength(2)
    const twice = rosterOf([page(1, true, teddy), page(2, false, teddy)])
    expect(twice.pupils).toHaveLength(1)
    expect(twice.rejected).toMatchObject([{ reason: 'duplicate' }])
  })
})

test('deletions are leavers by the school’s own id; not the restored, nor who is there again', () => {
  const gone = (mis_id: string, more: object = {}) => ({
    type: 'student',
    id: `A${mis_id}`,
    mis_id,
    deleted_at: { date: '2026-07-20' },
    restored_at: null,
    ...more,
  })
  const roster = rosterOf({
    students: { data: [teddy] },
    deletions: {
      data: [
        gone('9000'),
        gone('9001', { restored_at: { date: '2026-09-01' } }),
        gone('9919'),
        gone('8', { type: 'contact' }),
      ],
    },
    employees: {
      data: [
        {
          mis_id: '26',
          title: 'Miss',
          forename: 'Hana',
          surname: 'Bell',
          employment_details: { data: { current: false } },
        },
      ],
    },
    school: { data: { name: 'St Botolph’s', la_code: '823', establishment_number: '2999' } },
  })
  expect(roster.leavers).toEqual([{ upn: null, admissionNumber: null, reference: '9000' }])
  expect(roster).toMatchObject({
    isFull: false,
    school: { laCode: '823', establishment: '2999' },
    staff: [{ surname: 'Bell', reference: '26', isCurrent: false }],
  })
})

test('a school without a name or a DfE number is known by its URN, else by its id', () => {
  const schoolOf = (school: object) =>
    readWonde({ students: { data: [teddy] }, school: { data: school } })
  const named = (name: string) => ({ laCode: null, establishment: null, name })
  for (const [school, name] of [
    [{ id: 'A1329183376', urn: 110_234 }, '110234'],
    [{ id: 'A1329183376' }, 'A1329183376'],
  ] as const) {
    expect(schoolOf(school)).toMatchObject({ ok: true, roster: { school: named(name) } })
  }
})

test('a court order on the relationship is a "do not contact"; anything but a plain no is a yes', () => {
  const under = (court_order: unknown) => ({
    ...teddy,
    contacts: { data: [{ ...mother, relationship: { ...mother.relationship, court_order } }] },
  })
  const flag = (value: unknown) => rosterOf({ data: [under(value)] })
  expect(flag(true)).toMatchObject({
    saysNoContact: true,
    pupils: [{ contacts: [{ mayNotBeContacted: true }] }],
  })
  expect(flag('see file')).toMatchObject({ pupils: [{ contacts: [{ mayNotBeContacted: true }] }] })
  expect(flag(false)).toMatchObject({
    saysNoContact: true,
    pupils: [{ contacts: [{ mayNotBeContacted: false }] }],
  })
  expect(rosterOf({ data: [teddy] }).saysNoContact).toBeUndefined()
})

test('where nobody has an admission number the system’s ids serve; where some have, no id is borrowed', () => {
  const bare = ({ education_details: _, ...rest }: typeof amara) => rest
  expect(rosterOf({ data: [bare(amara)] }).pupils[0]?.key.admissionNumber).toBe('9920')
  const mixed = rosterOf({ data: [teddy, bare(amara)] })
  expect(mixed.pupils.map((pupil) => pupil.key.admissionNumber)).toEqual(['001275', null])
})

test.each([
  [{ data: [] }, 'no-pupils'],
  [{ data: [{ id: 'A1', name: 'Hall' }] }, 'not-an-export'],
  [{ students: { data: [] } }, 'no-pupils'],
  [{ message: 'Unauthenticated.' }, 'not-an-export'],
  [null, 'not-an-export'],
  [[1, 'two', null], 'not-an-export'],
])('%j is refused', (value, reason) => {
  expect(readWonde(value)).toMatchObject({ ok: false, problem: { reason } })
})
