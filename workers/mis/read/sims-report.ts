import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'
import { clean } from './clean.ts'
import { MAX_COLUMNS, MAX_ROWS } from './csv.ts'
import type { CsvRow } from './csv.ts'
import { startRows } from './rows-to-roster.ts'
import type { RosterRead } from './rows-to-roster.ts'
import { suggestMapping } from './suggest.ts'
import { readXml } from './xml.ts'

/**
 * A SIMS report as CommandReporter writes it in XML: `SuperStarReport/Record/column`, a space in a column's
 * name as `_x0020_`, a column left out of the Record where it is empty, and a Record for each contact of a
 * pupil. A "do not contact" column that is empty for everybody is not there at all: then nothing is said of it. It is understood as the CSV of the same report would be, by what its columns are called.
 */
export function readSimsReport(text: string): RosterRead {
  const report = readReport(text)
  if (!report.ok) return report
  const { headers, records } = report
  if (records.length === 0) return problem('no-pupils')
  const cellsOf = ({ cells }: ReportRow) => headers.map((header) => cells.get(header) ?? '')

  const mapping = suggestMapping(headers, records.slice(0, SUGGESTING_ROWS).map(cellsOf))
  const rows = startRows(mapping, headers)
  for (const record of records) {
    const row: CsvRow = { line: record.line, cells: cellsOf(record) }
    rows.take(row)
  }
  const read = rows.roster('sims')
  const saysNoContact = mapping.columns.some(({ field }) => field.endsWith('.no-contact'))
  return read.ok && saysNoContact ? { ok: true, roster: { ...read.roster, saysNoContact } } : read
}

/** Records looked at for what columns mean: a column may be empty, so left out, in the first. */
const SUGGESTING_ROWS = 50
/** Characters of one value that are looked at; a longer one is refused as too long anyway. */
const MAX_TEXT = 1000

type ReportRow = { line: number; cells: Map<string, string> }

type ReportRead =
  | { ok: true; headers: string[]; records: ReportRow[] }
  | { ok: false; problem: FileProblem }

type Reading = {
  depth: number
  record: ReportRow | undefined
  column: string | undefined
  text: string
  headers: Set<string>
  records: ReportRow[]
}

const ROOT = 'SuperStarReport'
const RECORD_DEPTH = 2
const COLUMN_DEPTH = 3

function readReport(text: string): ReportRead {
  const reading: Reading = {
    depth: 0,
    record: undefined,
    column: undefined,
    text: '',
    headers: new Set(),
    records: [],
  }
  const found = readXml(text, {
    open: (name, line) => open(reading, name, line),
    text: (piece) => {
      if (reading.column !== undefined && reading.text.length < MAX_TEXT) reading.text += piece
    },
    close: () => close(reading),
  })
  if (found) return { ok: false, problem: found }
  return { ok: true, headers: [...reading.headers], records: reading.records }
}

function open(reading: Reading, name: string, line: number): FileProblem | undefined {
  const depth = ++reading.depth
  if (/^CommandReporterError/i.test(name)) return { reason: 'export-failed', line }
  if (depth === 1 && name !== ROOT) return { reason: 'not-an-export', line }
  if (depth === RECORD_DEPTH && name === 'Record') {
    if (reading.records.length >= MAX_ROWS) return { reason: 'too-many-rows', line }
    reading.record = { line, cells: new Map() }
  } else if (depth === COLUMN_DEPTH && reading.record) {
    Object.assign(reading, { column: name, text: '' })
    reading.headers.add(name)
    if (reading.headers.size > MAX_COLUMNS) return { reason: 'too-many-columns', line }
  }
  return undefined
}

/** The first of two equal columns of a Record counts. */
function close(reading: Reading): void {
  const { depth, column, record } = reading
  if (depth === COLUMN_DEPTH && column !== undefined && record) {
    if (!record.cells.has(column)) record.cells.set(column, clean(reading.text))
    reading.column = undefined
  } else if (depth === RECORD_DEPTH && record) {
    reading.records.push(record)
    reading.record = undefined
  }
  reading.depth--
}
