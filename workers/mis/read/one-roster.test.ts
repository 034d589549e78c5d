import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readOneRoster, readOneRosterZip } from './one-roster.ts'
import { checkLetter } from './upn.ts'

const UPN = `${checkLetter('801200001030')}801200001030`

const ORGS =
  'sourcedId,name,type,identifier\ns1,St Botolph’s Primary,school,823/2999\nt1,The Trust,local,'
const USERS_11 = `sourcedId,status,orgSourcedIds,role,userIds,givenName,familyName,identifier,email,sms,phone,agentSourcedIds,grades,password
u1,active,s1,student,,Teddy,Marsh,${UPN},,,,"p1,p2",04,secret
u2,active,s1,student,{UPN:${UPN.slice(0, 3)}},Amara,Adeyemi,001276,,,,,R,secret
p1,active,s1,parent,,Joan,Marsh,,joan@example.com,07700 900123,01632 960123,u1,,secret
p2,active,s1,guardian,,Dilys,Marsh,,,07700 900124,,,,secret
p3,active,s1,relative,,Tunde,Adeyemi,,tunde@example.com,,,u2,,secret
t1,active,s1,teacher,,Hana,Bell,,bell@example.com,,,,,secret
`
const CLASSES =
  'sourcedId,title,classType\nc1,4ES,homeroom\nc2,4 Maths,scheduled\nc3,4 Music,scheduled\n'
const ENROLMENTS = `classSourcedId,userSourcedId,role
c1,u1,student
c2,u1,student
c3,u1,student
c1,t1,teacher
c2,t1,teacher
`
const DEMOGRAPHICS =
  'sourcedId,birthDate,sex,asian\nu1,2016-01-12,male,false\nu2,2016-02-30,female,true\n'

const bundle = (files: Record<string, string> = {}) =>
  new Map(
    Object.entries({
      'orgs.csv': ORGS,
      'users.csv': USERS_11,
      'classes.csv': CLASSES,
      'enrollments.csv': ENROLMENTS,
      'demographics.csv': DEMOGRAPHICS,
      ...files,
    }).map(([name, text]) => [name, strToU8(text)]),
  )

const rosterOf = (files: ReadonlyMap<string, Uint8Array>) => {
  const read = readOneRoster(files)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.roster
}
const problemOf = (files: ReadonlyMap<string, Uint8Array>) => {
  const read = readOneRoster(files)
  return read.ok ? undefined : read.problem
}

describe('version 1.1', () => {
  const roster = rosterOf(bundle())

  test('pupils with their numbers, birthdays, groups and contacts', () => {
    expect(roster.pupils[0]).toMatchObject({
      line: 2,
      key: { upn: UPN, admissionNumber: null, reference: 'u1' },
      surname: 'Marsh',
      forename: 'Teddy',
      dateOfBirth: '2016-01-12',
      gender: 'Male',
      yearGroup: 'Year 4',
      registrationGroup: '4ES',
      curriculumGroups: ['4 Maths', '4 Music'],
      contacts: [
        {
          forename: 'Joan',
          relationship: 'Parent',
          phones: [{ kind: 'mobile' }, { kind: 'landline' }],
        },
        { forename: 'Dilys', relationship: 'Guardian' },
      ],
    })
  })

  test('an identifier that is no UPN is an admission number; a parent may name the pupil instead', () => {
    expect(roster.pupils[1]).toMatchObject({
      key: { upn: null, admissionNumber: '001276' },
      yearGroup: 'Reception',
      contacts: [{ forename: 'Tunde', relationship: 'Relative' }],
      curriculumGroups: [],
    })
    expect(roster.rejected.map(({ field, reason }) => [field, reason])).toEqual([
      ['users.csv userIds', 'upn-shape'],
      ['demographics.csv birthDate', 'not-a-date'],
    ])
  })

  test('nobody has a priority or parental responsibility: the format knows neither', () => {
    for (const { contacts } of roster.pupils) {
      for (const contact of contacts) {
        expect(contact).toMatchObject({ priority: null, hasParentalResponsibility: null })
      }
    }
  })

  test('staff, the school, and what was left out', () => {
    expect(roster.staff).toMatchObject([
      {
        reference: 't1',
        surname: 'Bell',
        emails: ['bell@example.com'],
      },
    ])
    expect(roster.school).toEqual({
      laCode: '823',
      establishment: '2999',
      name: 'St Botolph’s Primary',
    })
    expect(roster.dropped).toEqual([
      { column: 'users.csv password', count: 6, why: 'not-needed' },
      { column: 'demographics.csv asian', count: 2, why: 'not-needed' },
    ])
    expect(JSON.stringify(roster)).not.toContain('secret')
  })
})

test('version 1.2: roles have their own file, and a teacher may be a parent', () => {
  const roster = rosterOf(
    bundle({
      'users.csv': `sourcedId,givenName,familyName,preferredGivenName,preferredFamilyName,agentSourcedIds,identifier,email
u1,Theodore,Marsh,Teddy,Okoro,t1,001275,
t1,Hana,Bell,,,,,bell@example.com
x1,Nobody,Known,,,,,
`,
      'roles.csv': `sourcedId,userSourcedId,roleType,role,orgSourcedId
r1,u1,primary,student,s1
r2,t1,primary,teacher,s1
r3,t1,secondary,parent,s1
`,
    }),
  )
  expect(roster.pupils).toMatchObject([
    {
      surname: 'Okoro',
      forename: 'Theodore',
      preferredForename: 'Teddy',
      contacts: [{ surname: 'Bell' }],
    },
  ])
  expect(roster.staff).toHaveLength(1)
  expect(roster.rejected).toMatchObject([{ line: 4, reason: 'no-role', subject: 'row' }])
})

test('a zip reads as its files do', () => {
  const zip = zipSync(Object.fromEntries(bundle()))
  expect(readOneRosterZip(zip)).toEqual({ ok: true, roster: rosterOf(bundle()) })
})

describe('who has left', () => {
  const manifest = (...lines: string[]) => ({
    'manifest.csv': `propertyName,value\noneroster.version,1.1\n${lines.join('\n')}\n`,
  })

  test('is known from a bulk file, and not from a delta', () => {
    expect(rosterOf(bundle(manifest('file.users,bulk', 'file.roles,absent'))).isFull).toBe(true)
    const delta = rosterOf(bundle(manifest('file.users,delta', 'file.demographics,bulk')))
    expect(delta).toMatchObject({ isFull: false, areContactsPartial: true })
  })

  test('of a class is not known where only changed enrolments came', () => {
    const files = bundle(manifest('file.users,bulk', 'file.classes,bulk', 'file.enrollments,delta'))
    const [teddy] = rosterOf(files).pupils
    expect(teddy).toMatchObject({ registrationGroup: null })
    expect(teddy?.curriculumGroups).toBeUndefined()
  })

  test('is said by status in a delta, where a parent who did not change is missing without fault', () => {
    const users = `sourcedId,status,role,givenName,familyName,agentSourcedIds,identifier
u1,active,student,Teddy,Marsh,p1,001275
u9,tobedeleted,student,Ivo,Petrov,,001199
`
    const roster = rosterOf(bundle({ 'users.csv': users, ...manifest('file.users,delta') }))
    expect(roster.leavers).toEqual([{ upn: null, admissionNumber: null, reference: 'u9' }])
    expect(roster.pupils.map((pupil) => pupil.forename)).toEqual(['Teddy'])
    expect(roster.rejected).toEqual([])
  })

  test('a file that the manifest promises and is not there refuses the bundle', () => {
    expect(problemOf(bundle(manifest('file.users,bulk', 'file.roles,bulk')))).toEqual({
      reason: 'file-missing',
      file: 'roles.csv',
    })
  })
})

describe('contradictions', () => {
  const users = (lines: string) =>
    bundle({
      'users.csv': `sourcedId,role,givenName,familyName,agentSourcedIds,identifier,orgSourcedIds\n${lines}`,
      'demographics.csv': '',
    })

  test('a pupil is nobody’s contact: not a sibling’s, not its own, in a ring or not', () => {
    const roster = rosterOf(
      users(
        'u1,student,Teddy,Marsh,"u1,u2",1,\nu2,student,Ted,Marsh,u1,2,\nt1,teacher,Hana,Bell,,,\nu3,student,Amara,Adeyemi,"t1,gone",3,\n',
      ),
    )
    expect(roster.pupils.flatMap((pupil) => pupil.contacts)).toEqual([])
    expect(roster.rejected.map(({ line, reason, subject }) => [line, reason, subject])).toEqual([
      [2, 'not-a-contact', 'contact'],
      [2, 'not-a-contact', 'contact'],
      [3, 'not-a-contact', 'contact'],
      [5, 'not-a-contact', 'contact'],
      [5, 'unknown-person', 'contact'],
    ])
  })

  test('the same id twice: the first counts, and the second keeps its pupil from being a leaver', () => {
    const roster = rosterOf(users('u1,student,Teddy,Marsh,,1,\nu1,student,Amara,Adeyemi,,2,\n'))
    expect(roster.pupils.map((pupil) => pupil.forename)).toEqual(['Teddy'])
    expect(roster.rejected).toMatchObject([
      { line: 3, reason: 'duplicate', key: { reference: 'u1' } },
    ])
  })

  test('a school without a name is known by its identifier, else by its id', () => {
    const one = users('u1,student,Teddy,Marsh,,1,s1\n')
    one.set('orgs.csv', strToU8('sourcedId,name,type,identifier\ns1,,school,URN 110234'))
    expect(rosterOf(one).school).toMatchObject({ establishment: null, name: 'URN 110234' })
    one.set('orgs.csv', strToU8('sourcedId,name,type\ns1,,school'))
    expect(rosterOf(one).school).toMatchObject({ establishment: null, name: 's1' })
  })

  test('the pupils of two schools are not mixed', () => {
    const two = users('u1,student,Teddy,Marsh,,1,s1\nu2,student,Amara,Adeyemi,,2,s2\n')
    two.set('orgs.csv', strToU8(`${ORGS}\ns2,Oakfield Academy,school,\n`))
    expect(problemOf(two)).toEqual({ reason: 'several-schools', detail: '2' })
  })
})

describe('a bundle that cannot be understood is refused under the file’s name', () => {
  test.each([
    ['users.csv', 'sourcedId,role,givenName\nu1,student,Teddy\n', 'column-missing'],
    ['users.csv', 'sourcedId,role,givenName,familyName\nu1,student\n', 'wrong-number-of-cells'],
    ['enrollments.csv', 'classSourcedId,role\nc1,student\n', 'column-missing'],
    ['classes.csv', 'sourcedId,title\nc1,"4ES\n', 'quote-not-closed'],
    ['users.csv', '', 'empty-file'],
    ['users.csv', 'sourcedId,givenName,familyName\nu1,Teddy,Marsh\n', 'column-missing'],
  ])('%s', (file, text, reason) => {
    expect(problemOf(bundle({ [file]: text }))).toMatchObject({ reason, file })
  })
  test('without users it is no roster; optional files may be empty', () => {
    const files = bundle()
    files.delete('users.csv')
    expect(problemOf(files)).toEqual({ reason: 'file-missing', file: 'users.csv' })
    expect(
      rosterOf(bundle({ 'demographics.csv': '', 'classes.csv': 'sourcedId,title\n' })).pupils,
    ).toHaveLength(2)
  })
})
