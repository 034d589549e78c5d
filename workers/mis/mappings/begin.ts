import { parse } from 'csv-parse/sync'
import { clean } from '../read/clean.ts'
import {
  isData,
  type Mapping,
  mappingBy,
  MAX_COLUMNS,
  type Supplier,
  TEMPLATES,
} from '../read/index.ts'
import { suggestMapping } from '../read/suggest.ts'

export type HeadingsProblem =
  | 'no-headings'
  | 'single-heading'
  | 'too-many-headings'
  | 'not-headings'
  | 'a-row-of-data'
  | 'same-heading-twice'

type HeadingsRead =
  | { ok: true; headings: string[] }
  /** `columns`: those that share a heading, counted from 1. Never what the text says: it may be a pupil's. */
  | { ok: false; problem: HeadingsProblem; columns?: number[] }

/** The headings of an export as somebody copied them: its first row, from a spreadsheet or the file. */
export function readHeadings(typed: string): HeadingsRead {
  const [first = ''] = typed.trim().split(/\r?\n/)
  if (first.trim() === '') return { ok: false, problem: 'no-headings' }
  const cells = cellsOf(first)
  if (!cells) return { ok: false, problem: 'not-headings' }
  if (cells.some(isData)) return { ok: false, problem: 'a-row-of-data' }
  if (cells.length > MAX_COLUMNS) return { ok: false, problem: 'too-many-headings' }
  if (cells.length === 1) return { ok: false, problem: 'single-heading' }
  const columns = sharing(cells)
  return columns.length > 0
    ? { ok: false, problem: 'same-heading-twice', columns }
    : { ok: true, headings: cells }
}

/** A first idea of what they mean: by a supplier's template, or by the headings alone. */
export function beginMapping(headings: readonly string[], supplier?: Supplier): Mapping {
  const template = TEMPLATES.find((one) => one.supplier === supplier)
  return template ? mappingBy(template, headings) : suggestMapping([...headings], [])
}

/** The places of the first heading that another column has too. */
function sharing(cells: readonly string[]): number[] {
  const words = cells.map((cell) => cell.toLowerCase())
  const twice = words.find((word, at) => words.indexOf(word) !== at)
  return words.flatMap((word, at) => (word === twice ? [at + 1] : []))
}

function cellsOf(line: string): string[] | undefined {
  const delimiter = ['\t', ';', ','].find((one) => line.includes(one)) ?? ','
  try {
    const [row = []] = parse(line, { delimiter, bom: true }) as string[][]
    return row.map((cell, index) => clean(cell) || `Column ${index + 1}`)
  } catch {
    return undefined
  }
}
