import { readCsv } from '../workers/mis/read/csv.ts'
import { decode } from '../workers/mis/read/decode.ts'
import type { Mapping } from '../workers/mis/read/mapping.ts'
import { readOneRoster } from '../workers/mis/read/one-roster.ts'
import { type ExportKind, findKind, readExport } from '../workers/mis/read/read-export.ts'
import { suggestMapping } from '../workers/mis/read/suggest.ts'
import { mappingBy, suitedTemplate, TEMPLATES } from '../workers/mis/read/templates.ts'
import { readWonde } from '../workers/mis/read/wonde.ts'
import { readXporter } from '../workers/mis/read/xporter.ts'
import type { Roster } from '../workers/mis/records/roster.ts'
import { readingOf } from '../workers/mis/read/tells.ts'
import type { Export } from './collect.ts'
import type { Source } from './config.ts'
import { type FeedProblem, jsonOf } from './json-taken.ts'

export type PeopleRead =
  /** `tells` of a CSV, whose mapping stays here; other formats tell by what they hold. */
  | { readonly ok: true; readonly roster: Roster; readonly tells?: string[] }
  | { readonly ok: false; readonly problem: FeedProblem }

/** People from what was taken, if it is the kind of export that the configuration says. */
export function readPeople(source: Source, taken: Export): PeopleRead {
  if (taken.kind === 'files') return readOneRoster(taken.files)
  if (source.kind === 'wonde' || source.kind === 'xporter') {
    const json = jsonOf(taken)
    if (!json.ok) return json
    return source.kind === 'wonde' ? readWonde(json.value) : readXporter(json.value)
  }
  if (taken.kind !== 'bytes') return refused('another-kind-of-file')
  const found = findKind(taken.bytes)
  if (!found.ok) return found
  if (found.kind !== KIND_OF[source.kind]) return refused('another-kind-of-file')
  return found.kind === 'csv' ? readMapped(source, taken.bytes) : readExport(taken.bytes)
}

const KIND_OF = {
  ctf: 'transfer-file',
  'sims-csv': 'csv',
  'sims-xml': 'sims-report',
  'one-roster': 'one-roster',
  csv: 'csv',
} as const satisfies Readonly<Record<string, ExportKind>>

const refused = (reason: FeedProblem['reason']): PeopleRead => ({ ok: false, problem: { reason } })

function readMapped(source: Source, bytes: Uint8Array): PeopleRead {
  const mapping = mappingFor(source, bytes)
  if (!mapping) return refused('mapping-does-not-fit')
  const read = readExport(bytes, mapping)
  if (!read.ok) return read
  const { roster, tells } = readingOf(read.roster, { mapping, isPartial: false })
  return { ok: true, roster, tells }
}

/**
 * What the columns mean: as the school said; else as its supplier heads them. A guess from the headings is made
 * for a SIMS report alone, whose columns are called what SIMS calls its fields: nobody looks at it each night.
 */
function mappingFor(source: Source, bytes: Uint8Array): Mapping | undefined {
  if (source.kind === 'csv' && source.mapping) return source.mapping
  const decoded = decode(bytes)
  if (!decoded.ok) return undefined
  const rows: string[][] = []
  const read = readCsv(decoded.text, ({ cells }) => {
    if (rows.length < SUGGESTING_ROWS) rows.push(cells)
  })
  if (!read.ok) return { columns: [] }
  if (source.kind === 'sims-csv') return suggestMapping(read.headers, rows)
  const named = source.kind === 'csv' ? source.template : undefined
  const template = named
    ? TEMPLATES.find(({ supplier }) => supplier === named)
    : suitedTemplate(read.headers)
  return template && mappingBy(template, read.headers, rows)
}

const SUGGESTING_ROWS = 50
