import { createHash } from 'node:crypto'
import { MAX_COLUMNS } from './csv.ts'
import { fieldParts, isFieldName } from './field.ts'
import type { FieldName } from './field.ts'

/** What each column of a file means, in the file's order, so that two columns may share a heading. */
export type Mapping = { columns: ColumnMapping[] }
export type ColumnMapping = { header: string; field: FieldName | 'ignore' }

export type MappingProblem =
  | { reason: 'no-column-for-surname' | 'no-column-for-forename' | 'nothing-identifies-pupils' }
  | { reason: 'same-field-twice'; field: FieldName; headers: string[] }
  | { reason: 'contact-without-name-column'; group: number }
  | { reason: 'not-this-files-columns' }

/** What stands between a mapping and its use; none means that it may be saved. */
export function checkMapping(mapping: Mapping, headers: string[]): MappingProblem[] {
  const isOfThisFile =
    mapping.columns.length === headers.length &&
    mapping.columns.every((column, index) => column.header === headers[index])
  if (!isOfThisFile) return [{ reason: 'not-this-files-columns' }]

  const taken = new Set(mapping.columns.map((column) => column.field))
  const found: MappingProblem[] = []
  if (!taken.has('pupil.surname')) found.push({ reason: 'no-column-for-surname' })
  if (!taken.has('pupil.forename')) found.push({ reason: 'no-column-for-forename' })
  if (!IDENTIFYING.some((field) => taken.has(field)))
    found.push({ reason: 'nothing-identifies-pupils' })
  return [...found, ...fieldsUsedTwice(mapping), ...namelessContacts(mapping)]
}

/**
 * The same whatever order the columns come in, so that next month's file finds its saved mapping.
 * Headings are not personal: a file without a heading row is refused before this.
 */
export function headersDigest(headers: string[]): string {
  const words = headers.map((header) => header.toLowerCase()).sort()
  return createHash('sha256').update(JSON.stringify(words)).digest('hex')
}

/** A saved mapping laid over a file whose columns may have moved; new columns are ignored. */
export function fitMapping(saved: Mapping, headers: string[]): Mapping {
  const left = [...saved.columns]
  const columns = headers.map((header): ColumnMapping => {
    const at = left.findIndex((column) => column.header.toLowerCase() === header.toLowerCase())
    const known = at === -1 ? undefined : left.splice(at, 1)[0]
    return { header, field: known?.field ?? 'ignore' }
  })
  return { columns }
}

/** Reads a mapping back from a form or a database; undefined if it is not one. */
export function parseMapping(value: unknown): Mapping | undefined {
  const columns = isRecord(value) ? value['columns'] : undefined
  if (!Array.isArray(columns) || columns.length > MAX_COLUMNS) return undefined
  const read = columns.map(parseColumn)
  return read.every((column) => column !== undefined) ? { columns: read } : undefined
}

const IDENTIFYING: FieldName[] = ['pupil.upn', 'pupil.admission-number', 'pupil.date-of-birth']

function fieldsUsedTwice(mapping: Mapping): MappingProblem[] {
  const headersOf = new Map<FieldName, string[]>()
  for (const { field, header } of mapping.columns) {
    if (field !== 'ignore') headersOf.set(field, [...(headersOf.get(field) ?? []), header])
  }
  return [...headersOf]
    .filter(([, headers]) => headers.length > 1)
    .map(([field, headers]) => ({ reason: 'same-field-twice', field, headers }))
}

function namelessContacts(mapping: Mapping): MappingProblem[] {
  const used = new Set<number>()
  const named = new Set<number>()
  for (const { field } of mapping.columns) {
    const parts = fieldParts(field)
    if (parts?.of !== 'contact') continue
    used.add(parts.group)
    if (parts.field === 'surname' || parts.field === 'full-name') named.add(parts.group)
  }
  return [...used]
    .filter((group) => !named.has(group))
    .map((group) => ({ reason: 'contact-without-name-column', group }))
}

function parseColumn(value: unknown): ColumnMapping | undefined {
  if (!isRecord(value)) return undefined
  const { header, field } = value
  if (typeof header !== 'string' || typeof field !== 'string') return undefined
  return field === 'ignore' || isFieldName(field) ? { header, field } : undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
