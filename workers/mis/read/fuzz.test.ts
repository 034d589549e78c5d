import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { rosterCsv } from '../../../test/cast/roster-file.ts'
import { damage, damaged, mildDamage, swapped, swaps, utf8 } from '../../../test/samples/damage.ts'
import { readConductCsv } from './conduct-csv.ts'
import { readXporterConduct } from './conduct-xporter.ts'
import { MAX_REJECTED } from './gather.ts'
import { readJson } from './json.ts'
import { readMarksCsv } from './marks-csv.ts'
import { readWondeMarks } from './marks-wonde.ts'
import { readXporterMarks } from './marks-xporter.ts'
import { readOneRoster } from './one-roster.ts'
import { readExport } from './read-export.ts'
import { inspect } from './read-file.ts'
import { MAX_GROUPS_A_PUPIL } from './pupil.ts'

/** Damaged files of each format: `FUZZ_RUNS=10000 vitest run --project plain workers/mis/read/fuzz`. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300)
const MAX_MS = 5_000

type Answer = {
  ok: boolean
  problem?: { reason: string }
  roster?: Taken
  marks?: Listed
  conduct?: Listed
}
type Listed = { rejected: unknown[] }
type Taken = Listed & {
  pupils: { surname: string; forename: string; contacts: unknown[]; curriculumGroups?: string[] }[]
}

/** A reader's answer is a whole roster or a reason, soon, and plain data through and through. */
function check(read: () => Answer): boolean {
  const started = performance.now()
  const answer = read()
  expect(performance.now() - started).toBeLessThan(MAX_MS)
  expect(() => structuredClone(answer)).not.toThrow()
  if (!answer.ok) {
    expect(answer.problem?.reason).toMatch(/^[a-z]+(-[a-z]+)*$/)
    return false
  }
  const taken = answer.roster ?? answer.marks ?? answer.conduct
  expect(taken?.rejected.length).toBeLessThanOrEqual(MAX_REJECTED)
  for (const pupil of answer.roster?.pupils ?? []) {
    expect(pupil.surname && pupil.forename).toBeTypeOf('string')
    expect(pupil.surname.length * pupil.forename.length).toBeGreaterThan(0)
    expect(pupil.contacts.length).toBeLessThanOrEqual(20)
    expect(pupil.curriculumGroups?.length ?? 0).toBeLessThanOrEqual(MAX_GROUPS_A_PUPIL)
  }
  return true
}

/** Both must happen: a format whose every damaged file is refused was not tried. */
function fuzz<Value>(arbitrary: fc.Arbitrary<Value>, read: (value: Value) => Answer): void {
  const seen = { taken: 0, refused: 0 }
  fc.assert(
    fc.property(arbitrary, (value) => void seen[check(() => read(value)) ? 'taken' : 'refused']++),
    { numRuns: RUNS },
  )
  expect(seen.taken).toBeGreaterThan(RUNS / 50)
  expect(seen.refused).toBeGreaterThan(RUNS / 50)
}
const timeoutMs = 30_000 + RUNS * 60

const sampled = (path: string) =>
  readFileSync(join(import.meta.dirname, '../../../test/samples', path))
const csv = utf8(rosterCsv({ pupils: 12, seed: 7 }))
const inspected = inspect(csv, 'x.csv')
const mapping = inspected.ok && inspected.kind === 'csv' ? inspected.suggested : { columns: [] }
const twoPupils = sampled('mis-ctf/arcio-atf19-40pupils-wrapped.xml')
  .toString('utf8')
  .split('</Pupil>')
  .slice(0, 2)
const transferFile = utf8(`${twoPupils.join('</Pupil>')}</Pupil></ATFpupilData></ATfile>`)
const simsRow = (adno: number, contact: string) =>
  `<Record><Adno>00${adno}</Adno><Legal_x0020_Surname>Marsh</Legal_x0020_Surname><Legal_x0020_Forename>Teddy${adno}</Legal_x0020_Forename><DOB>2016-01-12</DOB><Year>Year  4</Year><Contact_x0020_Surname>${contact}</Contact_x0020_Surname><Contact_x0020_Mobile>07700 900123</Contact_x0020_Mobile><Priority>1</Priority></Record>\n`
const simsReport = utf8(
  `<?xml version="1.0"?><SuperStarReport>${[1, 1, 2, 3].map((adno, at) => simsRow(adno, `Marsh${at}`)).join('')}</SuperStarReport>`,
)

test.each([
  ['CSV', csv],
  ['CTF and ATF', transferFile],
  ['SIMS report', simsReport],
  ['OneRoster zip', sampled('one-roster/oneroster-school-small.zip')],
])(
  '%s, damaged',
  (name, whole) => {
    // Of a zip every byte is checked by its sum, so only some places can be damaged and be read.
    const isZip = name.includes('zip')
    fuzz(isZip ? mildDamage : damage, (each) => inspectedAndRead(damaged(whole, each)))
  },
  timeoutMs,
)

/** As an uploaded file is: looked at first, for what it is and how its columns may be meant. */
function inspectedAndRead(bytes: Uint8Array): Answer {
  const seen = inspect(bytes, 'x')
  const suggested = seen.ok && seen.kind === 'csv' ? seen.suggested : mapping
  check(() => readExport(bytes, suggested))
  return readExport(bytes, mapping)
}

test(
  'plain noise',
  () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        expect(check(() => inspectedAndRead(bytes))).toBe(false)
      }),
      { numRuns: RUNS },
    )
  },
  timeoutMs,
)

const ROSTER_FILES: Readonly<Record<string, string>> = {
  'users.csv': `sourcedId,status,role,givenName,familyName,identifier,email,sms,agentSourcedIds,grades
u1,active,student,Teddy,Marsh,001275,,,"p1,p2",04
u2,active,student,Amara,Adeyemi,001276,,,u1,R
p1,active,parent,Joan,Marsh,,joan@example.com,07700 900123,u1,
p2,active,guardian,Dilys,Marsh,,,07700 900124,,
t1,active,teacher,Hana,Bell,,bell@example.com,,,
`,
  'orgs.csv': 'sourcedId,name,type\ns1,St Botolph,school\n',
  'classes.csv': 'sourcedId,title,classType\nc1,4ES,homeroom\nc2,4 Maths,scheduled\n',
  'enrollments.csv':
    'classSourcedId,userSourcedId,role\nc1,u1,student\nc2,u1,student\nc1,t1,teacher\n',
  'demographics.csv': 'sourcedId,birthDate,sex\nu1,2016-01-12,male\n',
  'relationships.csv':
    'userSourcedId,relationshipUserSourcedId,relationshipRole\nu1,p1,guardian\np1,u1,guardian\nu2,u2,relative\n',
  'manifest.csv': 'propertyName,value\nfile.users,bulk\n',
}

test(
  'OneRoster, its files damaged and one missing, as files and as a zip',
  () => {
    const names = Object.keys(ROSTER_FILES)
    const damages = fc.record({
      hit: fc.subarray(names, { maxLength: 2 }),
      gone: fc.option(fc.constantFrom(...names), { freq: 5 }),
      how: damage,
      isZip: fc.boolean(),
    })
    fuzz(damages, ({ hit, gone, how, isZip }) => {
      const files = new Map(
        Object.entries(ROSTER_FILES)
          .filter(([name]) => name !== gone)
          .map(([name, text]) => [
            name,
            hit.includes(name) ? damaged(utf8(text), how) : utf8(text),
          ]),
      )
      return isZip
        ? readExport(zipSync(Object.fromEntries(files), { level: 1 }))
        : readOneRoster(files)
    })
  },
  timeoutMs,
)

const student = (id: number) => ({
  id: `A${id}`,
  upi: `u${id}`,
  mis_id: `${id}`,
  surname: 'Marsh',
  forename: `Teddy${id}`,
  date_of_birth: { date: '2016-01-12 00:00:00.000000', timezone: 'UTC' },
  education_details: { data: { admission_number: `00${id}`, current_nc_year: '4' } },
  classes: { data: [{ name: '4/Ma' }] },
  contacts: {
    data: [
      {
        surname: 'Marsh',
        relationship: { relationship: 'Mother', priority: 1, parental_responsibility: true },
        contact_details: {
          data: { phones: { mobile: '07700 900123' }, emails: { email: 'a@example.com' } },
        },
      },
    ],
  },
})
const WONDE = {
  students: [
    { data: [student(1), student(2)], meta: { pagination: { more: false, current_page: 1 } } },
  ],
  deletions: { data: [{ type: 'student', mis_id: '9', deleted_at: '2026-01-01' }] },
}
const XPORTER = {
  Students: [1, 2].map((Id) => ({
    Id,
    AdmissionNo: `00${Id}`,
    Forename: `Teddy${Id}`,
    Surname: 'Marsh',
    DateofBirth: '2016-01-12',
  })),
  Contacts: [{ Id: 7, Surname: 'Marsh', MobilePhone: '07700 900123' }],
  StudentContacts: [
    { StudentId: 1, ContactId: 7, Priority: 1, ParResp: 1, Relationship: 'Mother' },
  ],
  PersonComms: [{ PersonId: 7, PersonType: 'Contact', CommsType: 'E', Value: 'a@example.com' }],
  Group: [{ Id: 3, Type: 'TeachingGrp', Name: '4/Ma' }],
  StudentMembers: [{ GroupId: 3, StudentId: 1 }],
  __pagination__: [{ PageNumber: 1, PageCount: 1 }],
}
const MARK = {
  Date: '2026-11-23',
  StudentId: '1',
  Mark: 'L',
  MinsLate: 5,
  Type: 'S',
  Session: 'AM',
}
const WONDE_MARK = {
  date: '2026-11-23',
  session: 'AM',
  student: { data: { mis_id: '1' } },
  attendance_code: { data: { code: '/' } },
}
const CONDUCT = {
  Behaviour: [{ Id: 1, BehaviourType: 'Rude', Date: '2026-11-20' }],
  StudentBehaviour: [{ Id: 'x', StudentId: 1, BehaviourId: 1, Points: 2 }],
}

const fromJson = (read: (value: unknown) => Answer) => (bytes: Uint8Array) => {
  const json = readJson(new TextDecoder().decode(bytes))
  return json.ok ? read(json.value) : json
}

test.each<[string, unknown, (bytes: Uint8Array) => Answer]>([
  ['Wonde', WONDE, (bytes) => readExport(bytes)],
  ['Xporter', XPORTER, (bytes) => readExport(bytes)],
  [
    'Xporter registers',
    { AttendanceForDate: [MARK, { ...MARK, Session: 'PM' }] },
    fromJson(readXporterMarks),
  ],
  ['Wonde registers', { data: [WONDE_MARK, WONDE_MARK] }, fromJson(readWondeMarks)],
  ['Xporter conduct', CONDUCT, fromJson(readXporterConduct)],
])(
  '%s, damaged in its text and in its shape',
  (_, whole, read) => {
    const text = damage.map((each) => damaged(utf8(JSON.stringify(whole)), each))
    const shape = swaps.map((each) => utf8(JSON.stringify(each.reduce(swapped, whole))))
    fuzz(fc.oneof(text, shape), read)
  },
  timeoutMs,
)

test.each<[string, string, (bytes: Uint8Array) => Answer]>([
  ['registers', 'Adno,Date,Session,Mark\n1,23/11/2026,AM,/\n1,23/11/2026,PM,C2\n', readMarksCsv],
  [
    'conduct',
    'Adno,Date,Category,Type\n1,20/11/2026,Ach,Kind\n2,20/11/2026,Beh,Rude\n',
    readConductCsv,
  ],
])(
  'CSV of %s, damaged',
  (_, whole, read) => fuzz(damage, (each) => read(damaged(utf8(whole), each))),
  timeoutMs,
)

test('ten million characters in one line, of any kind, are answered soon', () => {
  const long = 10_000_000
  const lines = ['a', '"', '\\"', '[', '{"a":', '<a>', ',', '=', '"a",'].map((piece) =>
    piece.repeat(Math.floor(long / piece.length)),
  )
  for (const line of lines) {
    for (const before of ['', 'Surname,Forename,DOB\n', '{"a":"', '<SuperStarReport>', '[']) {
      check(() => readExport(utf8(before + line), mapping))
    }
  }
}, 120_000)
