import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'
import { readCsv } from './csv.ts'
import { decode } from './decode.ts'
import { headersDigest } from './mapping.ts'
import type { Mapping } from './mapping.ts'
import { rowsToRoster } from './rows-to-roster.ts'
import type { RosterRead } from './rows-to-roster.ts'
import { suggestMapping } from './suggest.ts'
import { readTransferFile } from './transfer-file.ts'

export type FileKind = 'csv' | 'transfer-file'

export type Inspected =
  | {
      ok: true
      kind: 'csv'
      headers: string[]
      /** The first rows, for a person to check the mapping against: personal data. */
      sampleRows: string[][]
      rowCount: number
      suggested: Mapping
      headersDigest: string
    }
  | { ok: true; kind: 'transfer-file'; pupilCount: number }
  | { ok: false; problem: FileProblem }

export const SAMPLE_ROWS = 5

/** Rows looked at for the suggestion; more than are shown, as a column may be empty at first. */
const SUGGESTING_ROWS = 50

/**
 * What an uploaded file is and whether it can be read at all, before anything is decided about it. What is
 * inside decides, as people rename files; the name only improves the answer to an XML file that is none.
 */
export function inspect(bytes: Uint8Array, fileName: string): Inspected {
  const decoded = decode(bytes)
  if (!decoded.ok) return decoded
  if (/^\s*(\{|\[\s*[[{])/.test(decoded.text)) return problem('json-file')
  const isCalledXml = /\.xml$/i.test(fileName)
  if (isCalledXml && kindOf(decoded.text) === 'csv') return problem('not-a-transfer-file')
  return kindOf(decoded.text) === 'csv' ? inspectCsv(decoded.text) : inspectXml(decoded.text)
}

/** People from bytes. A CSV needs its mapping; a transfer file says itself what everything is. */
export function readRoster(bytes: Uint8Array, kind: FileKind, mapping?: Mapping): RosterRead {
  const decoded = decode(bytes)
  if (!decoded.ok) return decoded
  if (kind !== kindOf(decoded.text)) {
    return problem(kind === 'csv' ? 'mapping-does-not-fit' : 'not-a-transfer-file')
  }
  if (kind === 'transfer-file') return readTransferFile(decoded.text)
  return mapping ? rowsToRoster(decoded.text, mapping) : problem('mapping-does-not-fit')
}

const kindOf = (text: string): FileKind => (/^\s*</.test(text) ? 'transfer-file' : 'csv')

function inspectCsv(text: string): Inspected {
  const rows: string[][] = []
  const read = readCsv(text, ({ cells }) => {
    if (rows.length < SUGGESTING_ROWS) rows.push(cells)
  })
  if (!read.ok) return read
  const { headers, rowCount } = read
  if (headers.some(isData)) return problem('no-heading-row')
  return {
    ok: true,
    kind: 'csv',
    headers,
    sampleRows: rows.slice(0, SAMPLE_ROWS),
    rowCount,
    suggested: suggestMapping(headers, rows),
    headersDigest: headersDigest(headers),
  }
}

/** A first row with a date, an address, a telephone number or a UPN in it is a person, not headings. */
export const isData = (header: string): boolean =>
  /@|^\+?[\d ()-]{9,}$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^[A-Z]\d{11}[\dA-Z]$/i.test(header)

function inspectXml(text: string): Inspected {
  const read = readTransferFile(text)
  return read.ok ? { ok: true, kind: 'transfer-file', pupilCount: read.roster.pupils.length } : read
}
