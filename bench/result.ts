/** What a bench found: ours beside the limit of this runtime on this machine in the same run. */
export type Result = {
  name: string
  ours: number
  limit: number
  /** Of ours to the limit; for times, of the limit to ours, so that 1 is always the best there is. */
  ratio: number
  unit: string
  /** What the limit is, in words. */
  against: string
  /** What DESIGN §6 asks for, in words, and whether it was met. */
  aim?: string
  met?: boolean
  [detail: string]: string | number | boolean | undefined
}

type Found = Pick<Result, 'name' | 'ours' | 'limit' | 'unit' | 'against'>
type Details = Record<string, string | number | boolean>

/** A rate: more is better. */
export const rate = (found: Found, details: Details = {}): Result => ({
  ...rounded(found),
  ratio: places(found.ours / found.limit, 3),
  ...details,
})

/** A time: less is better. */
export const time = (found: Found, details: Details = {}): Result => ({
  ...rounded(found),
  ratio: places(found.limit / found.ours, 3),
  ...details,
})

const rounded = (found: Found): Found => ({
  ...found,
  ours: places(found.ours, found.ours < 100 ? 2 : 0),
  limit: places(found.limit, found.limit < 100 ? 2 : 0),
})

export const places = (value: number, count: number): number => Number(value.toFixed(count))

/** The `part` (0 to 1) of the values that are at most this; nearest rank. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN
}

const COLUMNS = ['name', 'ours', 'limit', 'ratio', 'unit', 'against', 'aim', 'met'] as const

/** A table for people, with each result's details beneath it. */
export function inWords(results: readonly Result[]): string {
  const rows = [
    [...COLUMNS],
    ...results.map((result) => COLUMNS.map((column) => cell(result[column]))),
  ]
  const widths = COLUMNS.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const table = rows.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [...table, '', ...results.flatMap(detailsOf)].join('\n')
}

const cell = (value: string | number | boolean | undefined): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'NO'
  return typeof value === 'number'
    ? value.toLocaleString('en-GB', { maximumFractionDigits: 3 })
    : (value ?? '')
}

function detailsOf(result: Result): string[] {
  const shown = new Set<string>(COLUMNS)
  const details = Object.entries(result).filter(([name]) => !shown.has(name))
  if (details.length === 0) return []
  return [`${result.name}: ${details.map(([name, value]) => `${name} ${cell(value)}`).join(', ')}`]
}
