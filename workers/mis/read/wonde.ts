import { problem } from '../records/roster.ts'
import type { PupilKey, RosterSchool, RosterStaff } from '../records/roster.ts'
import type { RawPupil, Report } from './cell.ts'
import { countDrops } from './drops.ts'
import type { Drops } from './drops.ts'
import { add, gather, startGathering } from './gather.ts'
import { MAX_RECORDS, isRecord, textOf } from './json.ts'
import type { JsonRecord } from './json.ts'
import { lendIds } from './lend-ids.ts'
import type { RosterRead } from './rows-to-roster.ts'
import { MAX_STAFF, readStaff } from './staff.ts'
import { areWhole, bundleOf } from './wonde-pages.ts'
import { many, one } from './wonde-values.ts'
import { rawEmployee, rawStudent, studentId, useOf } from './wonde-student.ts'

/**
 * Pupils as Wonde's API answers them: one page or an array of pages of students with their includes, or
 * `{ students, deletions, employees, school }` of such. Who is missing has left only where every page up to
 * the last is there and no deletions came with it: those are sent with changes alone.
 */
export function readWonde(value: unknown): RosterRead {
  const bundle = bundleOf(value)
  if (!bundle) return problem('not-an-export')
  const { students, deletions, employees, school } = bundle
  if (students.records.length + deletions.records.length > MAX_RECORDS) {
    return problem('too-many-rows', { detail: MAX_RECORDS.toLocaleString('en-GB') })
  }
  if (students.records.length + deletions.records.length === 0) return problem('no-pupils')

  const gathering = startGathering()
  const refused: Report = { rejected: [] }
  const drops: Drops = new Map()
  const raws = rawPupils(students.records, drops)
  for (const raw of raws) gather(gathering, raw)
  const staff = staffOf(employees.records, refused)
  add(gathering, refused.rejected)
  const { pupils, rejected, moreRejected } = gathering
  const present = new Set(students.records.map(studentId))
  return {
    ok: true,
    roster: {
      source: 'wonde',
      school: schoolOf(school),
      isFull: areWhole(students.pages) && deletions.pages.length === 0,
      pupils,
      rejected,
      moreRejected,
      dropped: [...drops.values()],
      staff,
      leavers: leaversOf(deletions.records, present),
      ...(saysNoContact(students.records) ? { saysNoContact: true as const } : {}),
    },
  }
}

function rawPupils(students: readonly JsonRecord[], drops: Drops): RawPupil[] {
  const raws = students.map((student, index) => rawStudent(student, index + 1))
  for (const student of students) countDrops(drops, student, useOf)
  lendIds(raws)
  return raws
}

const staffOf = (employees: readonly JsonRecord[], refused: Report): RosterStaff[] =>
  employees
    .slice(0, MAX_STAFF)
    .map((employee, index) => readStaff(rawEmployee(employee, index + 1), refused))
    .filter((person) => person !== undefined)

/**
 * Deletions of pupils that were not restored, known by the id in the school's own system: Wonde's own id
 * is another one when a pupil comes back. One who is among the students is here after all.
 */
function leaversOf(deletions: readonly JsonRecord[], present: ReadonlySet<string>): PupilKey[] {
  return deletions
    .filter((each) => /^students?$/i.test(textOf(each['type'])) && !each['restored_at'])
    .map(studentId)
    .filter((id) => id !== '' && !present.has(id))
    .map((reference) => ({ upn: null, admissionNumber: null, reference }))
}

function schoolOf(school: JsonRecord | undefined): RosterSchool | null {
  if (!school) return null
  const establishment = textOf(school['establishment_number']) || null
  const id = textOf(school['urn']) || textOf(school['id'])
  return {
    laCode: textOf(school['la_code']) || null,
    establishment,
    name: textOf(school['name']) || (establishment ? null : id) || null,
  }
}

const saysNoContact = (students: readonly JsonRecord[]): boolean =>
  students.some((student) =>
    many(student['contacts']).some((contact) => {
      const tie = one(contact['relationship'])
      return isRecord(tie) && ('court_order' in tie || 'no_contact' in tie)
    }),
  )
