import type { Mapping, MappingProblem } from '#mis'
import type { FieldErrors } from '../../form.ts'
import { mappingProblemWords } from '../../words/import.ts'

/** The form field of the file's column, counted from 0. */
export const columnName = (index: number): string => `column-${index}`

/**
 * Each problem at the columns that it is about: a field that is chosen twice at both. What no column holds yet is said
 * at one that is left out, each at another, as that is where it may be.
 */
export function errorsByColumn(mapping: Mapping, problems: readonly MappingProblem[]): FieldErrors {
  const errors = new Map<number, string>()
  const say = (at: number, problem: MappingProblem) => {
    const words = mappingProblemWords(problem)
    errors.set(at, errors.has(at) ? `${errors.get(at)} ${words}` : words)
  }
  const missing = problems.filter((problem) => placesOf(mapping, problem).length === 0)
  for (const problem of problems) for (const at of placesOf(mapping, problem)) say(at, problem)
  for (const problem of missing) say(freeIn(mapping, errors), problem)
  return Object.fromEntries(
    [...errors].sort(([a], [b]) => a - b).map(([at, words]) => [columnName(at), words]),
  )
}

function placesOf({ columns }: Mapping, problem: MappingProblem): number[] {
  const places = (isAbout: (field: string) => boolean) =>
    columns.flatMap(({ field }, at) => (isAbout(field) ? [at] : []))
  if (problem.reason === 'same-field-twice') return places((field) => field === problem.field)
  if (problem.reason === 'contact-without-name-column')
    return places((field) => field.startsWith(`contact-${problem.group}.`)).slice(0, 1)
  return []
}

/** A column without an error: one that is left out, else any; where all have one, the first. */
function freeIn({ columns }: Mapping, errors: ReadonlyMap<number, string>): number {
  const free = [...columns.keys()].filter((at) => !errors.has(at))
  return free.find((at) => columns[at]?.field === 'ignore') ?? free[0] ?? 0
}
