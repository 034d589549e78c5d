import type { WriteBackLine, WriteBackRecord } from '../workers/mis/write-backs/line.ts'

type Kind = WriteBackRecord['kind']
type Row = Readonly<Record<string, string>>

/** Columns of each file in order, headed as the readers of SIMS and Bromcom head them. */
const COLUMNS: Readonly<Record<Kind, readonly string[]>> = {
  mark: [
    'Reference',
    'UPN',
    'Adno',
    'Surname',
    'Forename',
    'Date',
    'Session',
    'Period',
    'Original Mark',
    'Mark',
    'Minutes Late',
    'Comment',
    'Decided By',
    'Decided By Title',
    'Decided At',
  ],
  point: [
    'Reference',
    'UPN',
    'Adno',
    'Surname',
    'Forename',
    'Contact Title',
    'Contact Forename',
    'Contact Surname',
    'Type',
    'Old Value',
    'New Value',
    'Decided By',
    'Decided By Title',
    'Decided At',
  ],
}

export const FILE_NAMES: Readonly<Record<Kind, string>> = {
  mark: 'attendance-codes',
  point: 'contact-details',
}

/**
 * Write-backs of one kind as a CSV (RFC 4180) that a school's system imports by its column names: dates as
 * 23/11/2026, numbers as they are dialled here. UTF-8 with its mark, by which Excel knows it.
 */
export function writeBackCsv(kind: Kind, lines: readonly WriteBackLine[]): string {
  const columns = COLUMNS[kind]
  const rows = lines.flatMap(({ id, record }) =>
    rowsOf(record).map((row) => ({ ...row, Reference: id })),
  )
  const text = [columns, ...rows.map((row: Row) => columns.map((column) => row[column] ?? ''))]
  return `\uFEFF${text.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A corrected number is a row for each pupil whose contact it is. */
function rowsOf(record: WriteBackRecord): Row[] {
  const decided = {
    'Decided By': record.decidedBy.name,
    'Decided By Title': record.decidedBy.title,
    'Decided At': record.decidedAt,
  }
  if (record.kind === 'mark') {
    const { date, session, isLesson, original, code, minutesLate, reason } = record
    return [
      {
        ...pupilCells(record.pupil),
        Date: date.split('-').reverse().join('/'),
        [isLesson ? 'Period' : 'Session']: session,
        'Original Mark': original,
        Mark: code,
        'Minutes Late': minutesLate === null ? '' : String(minutesLate),
        Comment: reason ?? '',
        ...decided,
      },
    ]
  }
  const { contact, channel, was, is } = record
  return record.pupils.map((pupil) => ({
    ...pupilCells(pupil),
    'Contact Title': contact.title ?? '',
    'Contact Forename': contact.forename ?? '',
    'Contact Surname': contact.surname,
    Type: channel === 'phone' ? 'Telephone' : 'E-mail',
    'Old Value': dialled(was),
    'New Value': dialled(is),
    ...decided,
  }))
}

type Pupil = Extract<WriteBackRecord, { kind: 'mark' }>['pupil']

const pupilCells = ({ upn, admissionNumber, surname, forename }: Pupil): Row => ({
  UPN: upn ?? '',
  Adno: admissionNumber ?? '',
  Surname: surname,
  Forename: forename,
})

/** 07700 900123 instead of +447700900123; other countries' numbers with 00, as `+` begins a formula. */
const dialled = (value: string): string =>
  /^\+\d+$/.test(value) ? value.replace(/^\+44/, '0').replace(/^\+/, '00') : value

/** What a spreadsheet would take for a formula is put behind an apostrophe (OWASP, CSV Injection). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && text !== '-' ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
