import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'
import type { Cell } from './cell.ts'
import { readCsv } from './csv.ts'
import { decode } from './decode.ts'
import { MAX_RECORDS } from './json.ts'

/** The files that are read; a bundle has up to twenty, about courses, results and line items. */
export const ONE_ROSTER_FILES = [
  'manifest.csv',
  'orgs.csv',
  'users.csv',
  'roles.csv',
  'classes.csv',
  'enrollments.csv',
  'demographics.csv',
  'relationships.csv',
] as const

export type OneRosterFile = (typeof ONE_ROSTER_FILES)[number]

export const isOneRosterFile = (name: string): name is OneRosterFile =>
  (ONE_ROSTER_FILES as readonly string[]).includes(name)

/** One row; columns are asked for by name, whatever capitals the file has, and are empty if it has none. */
export type TableRow = { line: number; file: string; cell: (column: string) => Cell | undefined }

export type Table = { file: OneRosterFile; headers: string[]; rows: TableRow[] }

export type Tables = Partial<Record<OneRosterFile, Table>>

/** Columns without which a file cannot be understood (OneRoster 1.1 and 1.2 CSV; SDS 2.1). */
const NEEDED: Readonly<Record<OneRosterFile, readonly string[]>> = {
  'manifest.csv': ['propertyName', 'value'],
  'orgs.csv': ['sourcedId', 'name', 'type'],
  'users.csv': ['sourcedId', 'givenName', 'familyName'],
  'roles.csv': ['userSourcedId', 'role'],
  'classes.csv': ['sourcedId', 'title'],
  'enrollments.csv': ['classSourcedId', 'userSourcedId', 'role'],
  'demographics.csv': [],
  'relationships.csv': ['userSourcedId', 'relationshipUserSourcedId', 'relationshipRole'],
}

export type TablesRead = { ok: true; tables: Tables } | { ok: false; problem: FileProblem }

/** The bundle's files as rows. One that cannot be read refuses them all, under its name. */
export function readTables(files: ReadonlyMap<string, Uint8Array>): TablesRead {
  const tables: Tables = {}
  for (const file of ONE_ROSTER_FILES) {
    const bytes = files.get(file)
    if (bytes === undefined) continue
    const read = readTable(file, bytes)
    if (!read.ok) return { ok: false, problem: { ...read.problem, file } }
    tables[file] = read.table
  }
  return tables['users.csv'] ? { ok: true, tables } : problem('file-missing', { file: 'users.csv' })
}

/** The bytes of one file of a bundle: enrolments of a large school come to 8 MB. */
const MAX_TABLE_BYTES = 20_000_000

function readTable(file: OneRosterFile, bytes: Uint8Array) {
  const table: Table = { file, headers: [], rows: [] }
  const decoded = decode(bytes, MAX_TABLE_BYTES)
  const isOptional = file !== 'users.csv'
  if (!decoded.ok && decoded.problem.reason === 'empty-file' && isOptional) {
    return { ok: true as const, table }
  }
  if (!decoded.ok) return decoded
  let at: ReadonlyMap<string, number> | undefined
  const read = readCsv(
    decoded.text,
    ({ line, cells }, headers) => {
      at ??= places(headers)
      table.headers = headers
      table.rows.push(rowOf(file, line, cells, at))
    },
    MAX_RECORDS,
  )
  const hasNoRows = !read.ok && read.problem.reason === 'no-rows' && isOptional
  if (!read.ok && !hasNoRows) return read
  const missing = NEEDED[file].find((column) => at && !at.has(column.toLowerCase()))
  return missing ? problem('column-missing', { detail: missing }) : { ok: true as const, table }
}

const places = (headers: string[]): ReadonlyMap<string, number> =>
  new Map(headers.map((header, index) => [header.toLowerCase(), index]))

function rowOf(
  file: string,
  line: number,
  cells: string[],
  at: ReadonlyMap<string, number>,
): TableRow {
  return {
    line,
    file,
    cell: (column) => {
      const text = cells[at.get(column.toLowerCase()) ?? -1] ?? ''
      return text === '' ? undefined : { line, field: `${file} ${column}`, text }
    },
  }
}

/** The text of a column, empty where there is none. */
export const textAt = (row: TableRow, column: string): string => row.cell(column)?.text ?? ''

/** Several ids in one cell, separated by commas (OneRoster 1.1, 3.2). */
export const listAt = (row: TableRow, column: string): string[] =>
  textAt(row, column)
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** Rows that the source says are to be deleted (OneRoster status). */
export const isDeleted = (row: TableRow): boolean =>
  textAt(row, 'status').toLowerCase() === 'tobedeleted'
