import { CsvError, parse } from 'csv-parse/sync'
import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'
import { clean } from './clean.ts'

/** Nobody types a line this long, and ten million characters of one line are an attack or a mistake. */
export const MAX_LINE_CHARACTERS = 100_000
/** One row for each of five contacts of the largest school, with room; without the heading row. */
export const MAX_ROWS = 20_000
export const MAX_COLUMNS = 200

/** One row: `line` is where it begins in the file, counted from 1; cells are trimmed and whole. */
export type CsvRow = { line: number; cells: string[] }

export type CsvRead =
  | { ok: true; headers: string[]; rowCount: number }
  | { ok: false; problem: FileProblem }

/**
 * Reads comma, semicolon or tab separated text row by row, so that a large file is never held twice
 * (a Worker has 128 MB). Strict: a row with too few cells would put a number under another person's
 * name, so the whole file is refused, with the line. Headings come first, then `visit` for each row.
 */
export function readCsv(
  text: string,
  visit: (row: CsvRow, headers: string[]) => void,
  maxRows: number = MAX_ROWS,
): CsvRead {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const tooLong = longLine(lines)
  if (tooLong) return problem('line-too-long', { line: tooLong })

  const { delimiter, skipLines } = separatorOf(lines)
  if (delimiter === undefined) return problem('single-column', { line: skipLines + 1 })

  const reading: Reading = {
    headers: [],
    rowCount: 0,
    lastLine: skipLines,
    found: undefined,
    visit,
    maxRows,
  }
  const refused = parseInto(reading, lines, delimiter, skipLines)
  if (reading.found) return { ok: false, problem: reading.found }
  if (refused) return { ok: false, problem: refused }
  if (reading.rowCount === 0) return problem('no-rows')
  return { ok: true, headers: reading.headers, rowCount: reading.rowCount }
}

function longLine(text: string): number | undefined {
  let line = 1
  for (let start = 0; start < text.length; line++) {
    const end = text.indexOf('\n', start)
    if ((end === -1 ? text.length : end) - start > MAX_LINE_CHARACTERS) return line
    if (end === -1) return undefined
    start = end + 1
  }
  return undefined
}

const SEPARATORS = [',', ';', '\t'] as const

/** The separator that the heading row has most of, outside quotes; or Excel's `sep=;` line says it. */
function separatorOf(text: string): { delimiter: string | undefined; skipLines: number } {
  const told = /^"?sep=([,;\t])"?[ ,;\t]*\n/i.exec(text)
  if (told) return { delimiter: told[1], skipLines: 1 }
  const blank = /^\s*\n/.exec(text)?.[0] ?? ''
  const end = text.indexOf('\n', blank.length)
  const heading = text.slice(blank.length, end === -1 ? undefined : end).replace(/"[^"]*"/g, '')
  const counted = SEPARATORS.map((delimiter) => ({
    delimiter,
    count: heading.split(delimiter).length - 1,
  }))
  const most = counted.reduce((best, next) => (next.count > best.count ? next : best))
  return { delimiter: most.count > 0 ? most.delimiter : undefined, skipLines: 0 }
}

type Reading = {
  headers: string[]
  rowCount: number
  /** Where the last whole row ended, so that a quote left open is reported where it began. */
  lastLine: number
  found: FileProblem | undefined
  visit: (row: CsvRow, headers: string[]) => void
  maxRows: number
}

function parseInto(reading: Reading, text: string, delimiter: string, skipLines: number) {
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      from_line: skipLines + 1,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_LINE_CHARACTERS * 4,
      on_record: (record: string[], context) => {
        take(reading, record, context.lines)
        return null
      },
    })
    return undefined
  } catch (error) {
    if (error instanceof CsvError) return inPlainWords(error, reading.lastLine)
    throw error
  }
}

function take(reading: Reading, record: string[], endLine: number): void {
  const line = endLine - record.reduce((sum, cell) => sum + newlines(cell), 0)
  reading.lastLine = endLine
  const cells = record.map(clean)
  if (reading.found || cells.every((cell) => cell === '')) return
  if (reading.headers.length === 0) {
    reading.headers = cells.map((cell, index) => cell || `Column ${index + 1}`)
    if (cells.length > MAX_COLUMNS) reading.found = { reason: 'too-many-columns', line }
    return
  }
  if (!fits(cells, reading.headers.length)) {
    const detail = `${cells.length} of ${reading.headers.length}`
    reading.found = { reason: 'wrong-number-of-cells', line, detail }
  } else if (++reading.rowCount > reading.maxRows) {
    const detail = reading.maxRows.toLocaleString('en-GB')
    reading.found = { reason: 'too-many-rows', line, detail }
  } else {
    reading.visit({ line, cells }, reading.headers)
  }
}

const newlines = (cell: string): number => cell.split('\n').length - 1

/** Empty cells beyond the last heading are what spreadsheets leave behind, and harmless. */
const fits = (cells: string[], width: number): boolean =>
  cells.length === width ||
  (cells.length > width && cells.slice(width).every((cell) => cell === ''))

function inPlainWords(error: CsvError, lastLine: number): FileProblem {
  const code: string = error.code
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
    return { reason: 'quote-not-closed', line: lastLine + 1 }
  }
  const line = Number(/at line (\d+)/.exec(error.message)?.[1] ?? lastLine + 1)
  return { reason: 'stray-quote', line }
}
