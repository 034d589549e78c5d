import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'
import { decode } from './decode.ts'
import { isRecord, readJson, recordsOf } from './json.ts'
import type { Mapping } from './mapping.ts'
import { readOneRosterZip } from './one-roster.ts'
import { rowsToRoster } from './rows-to-roster.ts'
import type { RosterRead } from './rows-to-roster.ts'
import { readSimsReport } from './sims-report.ts'
import { readTransferFile } from './transfer-file.ts'
import { readWonde } from './wonde.ts'
import { bundleOf } from './wonde-pages.ts'
import { readXporter } from './xporter.ts'

/** Every form in which a school's system gives out its people. `one-roster` is a zip. */
export type ExportKind =
  | 'csv'
  | 'transfer-file'
  | 'sims-report'
  | 'one-roster'
  | 'wonde'
  | 'xporter'

export type ExportFound = { ok: true; kind: ExportKind } | { ok: false; problem: FileProblem }

/** What a file is, by what is in it: people rename files, and an agent sends none of their names. */
export function findKind(bytes: Uint8Array): ExportFound {
  if (isZip(bytes)) {
    const office = decode(bytes)
    const isOffice = !office.ok && office.problem.reason === 'spreadsheet-not-csv'
    return isOffice ? problem('spreadsheet-not-csv') : { ok: true, kind: 'one-roster' }
  }
  const decoded = decode(bytes)
  return decoded.ok ? kindOfText(decoded.text) : decoded
}

/** People from any export. A CSV needs its mapping; the others say themselves what everything is. */
export function readExport(bytes: Uint8Array, mapping?: Mapping): RosterRead {
  const found = findKind(bytes)
  if (!found.ok) return found
  if (found.kind === 'one-roster') return readOneRosterZip(bytes)
  const decoded = decode(bytes)
  if (!decoded.ok) return decoded
  const { text } = decoded
  switch (found.kind) {
    case 'transfer-file':
      return readTransferFile(text)
    case 'sims-report':
      return readSimsReport(text)
    case 'csv':
      return mapping ? rowsToRoster(text, mapping) : problem('mapping-does-not-fit')
    case 'wonde':
    case 'xporter': {
      const json = readJson(text)
      if (!json.ok) return json
      return found.kind === 'wonde' ? readWonde(json.value) : readXporter(json.value)
    }
  }
}

const isZip = (bytes: Uint8Array): boolean =>
  [0x50, 0x4b, 0x03, 0x04].every((byte, index) => bytes[index] === byte)

function kindOfText(text: string): ExportFound {
  if (/^\s*[[{]/.test(text)) return kindOfJson(text)
  if (/^\s*</.test(text)) return { ok: true, kind: kindOfXml(text) }
  return isDocument(text) ? problem('not-an-export') : { ok: true, kind: 'csv' }
}

const kindOfXml = (text: string): ExportKind =>
  /<(?:SuperStarReport|CommandReporterError)[\s>/]/.test(text.slice(0, SNIFFED_CHARACTERS))
    ? 'sims-report'
    : 'transfer-file'

const SNIFFED_CHARACTERS = 2000

/** Wonde's pages have `data`; whatever else is JSON is asked whether it is Xporter's. */
function kindOfJson(text: string): ExportFound {
  const json = readJson(text)
  if (!json.ok) return json
  const { value } = json
  const looksLikePages = isRecord(value)
    ? 'data' in value
    : recordsOf(value).some((one) => 'data' in one)
  const isWonde = looksLikePages || (bundleOf(value) !== undefined && !hasCapitals(value))
  return { ok: true, kind: isWonde ? 'wonde' : 'xporter' }
}

/** Xporter's lists begin with a capital (`Students`), Wonde's do not. */
const hasCapitals = (value: unknown): boolean =>
  isRecord(value) && Object.keys(value).some((key) => /^[A-Z]/.test(key))

/** Markdown, YAML and notes: a first line that heads a document, where a CSV has its columns. */
function isDocument(text: string): boolean {
  const [first = ''] = text.trimStart().split('\n', 1)
  const isYaml = /^[a-z][\w-]{0,40}:(?:\s|$)/.test(first) && !/[,;\t]/.test(first)
  return /^(?:#{1,6} |---\s*$|```)/.test(first) || isYaml
}
