import { describe, expect, test } from 'vitest'
import type { MarksRead } from '../records/marks.ts'
import { readMarksCsv } from './marks-csv.ts'
import { readWondeMarks } from './marks-wonde.ts'
import { readXporterMarks } from './marks-xporter.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const marksOf = (read: MarksRead) => {
  if (!read.ok) throw new Error(read.problem.reason)
  return read.marks
}
const of = (reference: string) => ({ upn: null, admissionNumber: null, reference })

describe('Xporter', () => {
  const mark = (more: object) => ({
    Id: '9919.2026-11-23.AM',
    Date: '2026-11-23',
    InstanceId: '38764',
    StudentId: '9919',
    Mark: 'L',
    MinsLate: 5,
    Notes: 'Bus was late',
    Type: 'S',
    Session: 'AM',
    ...more,
  })

  test('sessions and lessons, with minutes late and without notes', () => {
    const { marks, unmarked } = marksOf(
      readXporterMarks({
        AttendanceForDate: [
          mark({}),
          mark({ Session: 'PM', Mark: '\\', MinsLate: null }),
          mark({ Type: 'L', Mark: 'C2', MinsLate: 0 }),
          mark({ StudentId: 'PL-9920', Mark: '-' }),
          mark({ StudentId: '9921', Mark: '#' }),
        ],
      }),
    )
    const date = '2026-11-23'
    const am = { kind: 'session', session: 'AM' }
    expect(marks).toEqual([
      { line: 1, pupil: of('9919'), date, at: am, code: 'L', minutesLate: 5 },
      {
        line: 2,
        pupil: of('9919'),
        date,
        at: { kind: 'session', session: 'PM' },
        code: '\\',
        minutesLate: null,
      },
      {
        line: 3,
        pupil: of('9919'),
        date,
        at: { kind: 'lesson', period: '38764' },
        code: 'C2',
        minutesLate: 0,
      },
      { line: 5, pupil: of('9921'), date, at: am, code: '#', minutesLate: 5 },
    ])
    expect(unmarked).toBe(1)
    expect(JSON.stringify(marks)).not.toContain('Bus')
  })

  test('a register not taken is no absence', () => {
    const { marks, unmarked, rejected } = marksOf(
      readXporterMarks({ AttendMarks: [mark({ Mark: '-' }), mark({ Mark: null })] }),
    )
    expect({ marks, unmarked, rejected }).toEqual({ marks: [], unmarked: 2, rejected: [] })
  })

  test('an error is one, and another list is no register', () => {
    expect(readXporterMarks({ ExceptionMessage: 'x', Attendance: [] })).toMatchObject({
      problem: { reason: 'export-failed' },
    })
    expect(readXporterMarks({ Students: [] })).toMatchObject({
      problem: { reason: 'not-an-export' },
    })
  })
})

describe('Wonde', () => {
  test('with the student and the code included, in either form of a date', () => {
    const record = {
      id: 'A1',
      date: { date: '2026-11-23 00:00:00.000000', timezone_type: 3, timezone: 'UTC' },
      session: 'AM',
      comment: 'hospital',
      student: { data: { id: 'A7', mis_id: '9919' } },
      attendance_code: { data: { id: 'C9', code: 'M' } },
      minutes_late: null,
    }
    const { marks } = marksOf(
      readWondeMarks([
        { data: [record] },
        { data: [{ ...record, date: '2026-11-24', session: 'PM' }] },
      ]),
    )
    expect(marks).toMatchObject([
      {
        pupil: of('9919'),
        date: '2026-11-23',
        at: { session: 'AM' },
        code: 'M',
        minutesLate: null,
      },
      { date: '2026-11-24', at: { session: 'PM' } },
    ])
    expect(JSON.stringify(marks)).not.toContain('hospital')
  })

  test('with ids, and the lists that they point to', () => {
    const { marks, rejected } = marksOf(
      readWondeMarks({
        attendance: {
          data: [
            { student_id: 'A7', session: 'AM', date: '2026-11-23', attendance_code_id: 'C9' },
            { student_id: 'A8', session: 'AM', date: '2026-11-23', attendance_code_id: 'C9' },
            { student_id: 'A7', session: 'PM', date: '2026-11-23', attendance_code_id: 'C0' },
          ],
        },
        attendance_codes: { data: [{ id: 'C9', code: 'Y1' }] },
        students: { data: [{ id: 'A7', mis_id: '9919' }] },
      }),
    )
    expect(marks).toMatchObject([{ pupil: of('9919'), code: 'Y1' }])
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'cannot-be-identified'],
      [3, 'unknown-code'],
    ])
  })

  test('nothing of attendance is refused', () => {
    expect(readWondeMarks({ data: [{ id: 'A1' }] })).toMatchObject({ ok: false })
    expect(readWondeMarks(null)).toMatchObject({ ok: false })
  })
})

describe('CSV', () => {
  test('by its headings, in order of the file', () => {
    const { marks, rejected } = marksOf(
      readMarksCsv(
        utf8(
          'Adno,Date,Session,Mark,Minutes Late\n001275,23/11/2026,AM,/,\n001275,23/11/2026,pm,N,\n001276,2026-11-23,AM,U,45\n',
        ),
      ),
    )
    expect(rejected).toEqual([])
    expect(
      marks.map(({ pupil, code, minutesLate }) => [pupil.admissionNumber, code, minutesLate]),
    ).toEqual([
      ['001275', '/', null],
      ['001275', 'N', null],
      ['001276', 'U', 45],
    ])
  })

  test('each fault is told by line and field, and the good rows stay', () => {
    const { marks, rejected } = marksOf(
      readMarksCsv(
        utf8(
          [
            'Adno,Date,Session,Mark,Minutes Late',
            '1,23/11/2026,AM,/,',
            '1,23/11/2026,AM,/,',
            '1,23/11/2026,AM,N,',
            ',23/11/2026,AM,/,',
            '2,31/11/2026,AM,/,',
            '2,23/11/2026,noon,/,',
            '2,23/11/2026,AM,H,',
            '2,23/11/2026,AM,QQ,',
            '2,23/11/2026,AM,L,soon',
            '2,23/11/2023,AM,/,',
            '2,23/11/2026,AM,,',
            '2,23/11/2026,AM,=1+1,',
          ].join('\r\n'),
        ),
      ),
    )
    expect(marks).toHaveLength(1)
    expect(rejected.map(({ line, field, reason }) => [line, field, reason])).toEqual([
      [3, 'Row', 'duplicate'],
      [4, 'Row', 'conflicts-with-earlier-row'],
      [5, 'Pupil', 'cannot-be-identified'],
      [6, 'Date', 'not-a-date'],
      [7, 'Session', 'not-a-session'],
      [8, 'Mark', 'withdrawn-code'],
      [9, 'Mark', 'unknown-code'],
      [10, 'Minutes late', 'not-minutes'],
      [11, 'Mark', 'before-these-codes'],
      [13, 'Mark', 'unknown-code'],
    ])
  })

  test('without a needed column it is refused by that column', () => {
    const reason = (head: string) => {
      const read = readMarksCsv(utf8(`${head}\n1,2,3\n`))
      return read.ok ? undefined : read.problem.detail
    }
    expect(reason('Name,Date,Mark')).toBe('UPN')
    expect(reason('UPN,Session,Mark')).toBe('Date')
    expect(reason('UPN,Date,Mark')).toBe('Session')
    expect(reason('UPN,Date,Session')).toBe('Mark')
  })

  test('ten days of a school of 1,500 are read in a few seconds', () => {
    const rows = Array.from(
      { length: 30_000 },
      (_, at) =>
        `${at % 1500},2026-11-${String(1 + Math.floor(at / 3000)).padStart(2, '0')},${at % 3000 < 1500 ? 'AM' : 'PM'},/`,
    )
    const bytes = utf8(`Adno,Date,Session,Mark\n${rows.join('\n')}\n`)
    const started = performance.now()
    expect(marksOf(readMarksCsv(bytes)).marks).toHaveLength(30_000)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
