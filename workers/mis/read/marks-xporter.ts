import { MAX_MARKS, type MarksRead } from '../records/marks.ts'
import { problem } from '../records/roster.ts'
import { finishedMarks, gatherMark, startMarks } from './gather-marks.ts'
import { textOf } from './json.ts'
import { fieldOf, idOf, readAnswers } from './xporter-lists.ts'

/** Names that the list of marks has in Xporter's documentation of AttendanceForDate and -ForDateRange. */
const LISTS = ['attendancefordate', 'attendancefordaterange', 'attendmarks', 'attendance']

/**
 * Registers as AttendanceForDate answers them: `Type` S for a session with `Session` AM or PM, L for a
 * lesson known by its InstanceId. Notes are not read: they say more about a family than a register needs.
 */
export function readXporterMarks(value: unknown, maxRows: number = MAX_MARKS): MarksRead {
  const read = readAnswers(value, maxRows)
  if (!read.ok) return read
  const { answers } = read
  if (!LISTS.some((name) => answers.has(name))) return problem('not-an-export')
  const records = answers.list(...LISTS)
  if (records.length > maxRows) {
    return problem('too-many-rows', { detail: maxRows.toLocaleString('en-GB') })
  }
  const gathering = startMarks()
  for (const record of records) {
    const isLesson = /^L/i.test(fieldOf(record, 'Type'))
    gatherMark(gathering, {
      line: record.line,
      pupil: { upn: null, admissionNumber: null, reference: idOf(record, 'StudentId') || null },
      date: fieldOf(record, 'Date'),
      session: isLesson ? '' : fieldOf(record, 'Session'),
      period: isLesson ? fieldOf(record, 'InstanceId') : '',
      code: textOf(record.fields.get('mark')),
      minutesLate: fieldOf(record, 'MinsLate'),
    })
  }
  return { ok: true, marks: finishedMarks(gathering) }
}
