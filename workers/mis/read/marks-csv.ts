import { MAX_MARKS, type MarksRead } from '../records/marks.ts'
import { problem } from '../records/roster.ts'
import { readCsv } from './csv.ts'
import { decode, MAX_FILE_BYTES, type Most } from './decode.ts'
import { finishedMarks, gatherMark, startMarks } from './gather-marks.ts'
import { namedColumns } from './named-columns.ts'

/** Headings as `headingWords` leaves them. Bromcom's from BasicAttendance of its API; others from memory. */
const COLUMNS = {
  upn: ['upn', 'unique pupil number'],
  'admission-number': ['adno', 'admission number', 'admission no', 'admissions number'],
  reference: ['id', 'pupil id', 'student id', 'person id', 'mis id'],
  date: ['date', 'attendance date', 'calendar start date', 'mark date', 'session date'],
  session: ['session', 'am pm', 'session name', 'session type'],
  period: ['period', 'lesson', 'period display name', 'period name'],
  code: ['mark', 'code', 'attendance code', 'attendance mark', 'mark code'],
  'minutes-late': ['minutes late', 'mins late', 'minutes', 'late minutes'],
} as const

/**
 * Marks as a CSV, one a row, found by what its columns are called. No mapping: there are only eight. `most` is
 * more where the marks are divided afterwards.
 */
export function readMarksCsv(
  bytes: Uint8Array,
  most: Most = { rows: MAX_MARKS, bytes: MAX_FILE_BYTES },
): MarksRead {
  const decoded = decode(bytes, most.bytes)
  if (!decoded.ok) return decoded
  const gathering = startMarks()
  const columns = namedColumns(COLUMNS)
  const read = readCsv(
    decoded.text,
    ({ line, cells }, headers) => {
      const text = columns.read(headers, cells)
      gatherMark(gathering, {
        line,
        pupil: columns.pupilKey(text('upn'), text('admission-number'), text('reference')),
        date: text('date'),
        session: text('session'),
        period: text('period'),
        code: text('code'),
        minutesLate: text('minutes-late'),
      })
    },
    most.rows,
  )
  if (!read.ok) return read
  const missing = columns.missing(read.headers, [
    ['UPN', ['upn', 'admission-number', 'reference']],
    ['Date', ['date']],
    ['Session', ['session', 'period']],
    ['Mark', ['code']],
  ])
  return missing
    ? problem('column-missing', { detail: missing })
    : { ok: true, marks: finishedMarks(gathering) }
}
