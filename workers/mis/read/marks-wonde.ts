import { MAX_MARKS, type MarksRead } from '../records/marks.ts'
import { problem } from '../records/roster.ts'
import { finishedMarks, gatherMark, startMarks } from './gather-marks.ts'
import type { RawMark } from './gather-marks.ts'
import { isRecord, recordsOf, textOf } from './json.ts'
import type { JsonRecord } from './json.ts'
import { studentId } from './wonde-student.ts'
import { dateOf, many, one, unwrapped } from './wonde-values.ts'

/**
 * Session or lesson attendance as Wonde's API answers it, one page or several, or with the lists that its
 * ids point to: `{ attendance, attendance_codes, students }`. Names of fields are those of Wonde's own
 * client for writing back (student_id, session, date, attendance_code_id) and, for reading, from memory.
 */
export function readWondeMarks(value: unknown, maxRows: number = MAX_MARKS): MarksRead {
  const isBundle = isRecord(value) && 'attendance' in value
  const records = recordsIn(isBundle ? value['attendance'] : value)
  if (records.length === 0) return problem('not-an-export')
  if (records.length > maxRows) {
    return problem('too-many-rows', { detail: maxRows.toLocaleString('en-GB') })
  }
  const codes = byId(isBundle ? value['attendance_codes'] : undefined)
  const students = byId(isBundle ? value['students'] : undefined)
  const gathering = startMarks()
  records.forEach((record, index) => {
    gatherMark(gathering, rawMark(record, index + 1, codes, students))
  })
  return { ok: true, marks: finishedMarks(gathering) }
}

/** Records of pages, or records themselves. */
function recordsIn(value: unknown): JsonRecord[] {
  const list = Array.isArray(value) ? recordsOf(value) : recordsOf([value])
  return list
    .flatMap((each) => (Array.isArray(each['data']) ? many(each) : [each]))
    .filter((each) => 'attendance_code' in each || 'attendance_code_id' in each)
}

type ById = ReadonlyMap<string, JsonRecord>

function byId(value: unknown): ById {
  const list = Array.isArray(value) ? recordsOf(value) : recordsOf([value])
  const records = list.flatMap((each) => (Array.isArray(each['data']) ? many(each) : [each]))
  return new Map(records.map((each) => [textOf(each['id']), each]))
}

function rawMark(record: JsonRecord, line: number, codes: ById, students: ById): RawMark {
  const student =
    one(record['student']) ??
    students.get(textOf(unwrapped(record['student'])) || textOf(record['student_id']))
  const codeId =
    textOf(unwrapped(record['attendance_code'])) || textOf(record['attendance_code_id'])
  const code = one(record['attendance_code']) ?? codes.get(codeId)
  const period = one(record['period']) ?? one(record['lesson'])
  const periodName = period
    ? textOf(period['name']) || textOf(period['id'])
    : textOf(record['lesson_id'])
  return {
    line,
    pupil: { upn: null, admissionNumber: null, reference: (student && studentId(student)) || null },
    date: dateOf(record['date']),
    session: textOf(record['session']),
    period: textOf(record['session']) === '' ? periodName : '',
    // A code that is given by an id that nothing explains is no code, and is refused as such.
    code: code ? textOf(code['code']) : codeId,
    minutesLate: textOf(record['minutes_late']),
  }
}
