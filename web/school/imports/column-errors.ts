import type { Mapping, MappingProblem } from '#mis'
import type { FieldErrors } from '../../form.ts'

/** The form field of the file's column, counted from 0. */
export const columnName = (index: number): string => `column-${index}`

/** Each problem at the column that it is about; what is missing altogether, at the first. */
export function problemsByField(
  mapping: Mapping,
  problems: readonly MappingProblem[],
  words: (problem: MappingProblem) => string,
): FieldErrors {
  const errors: Record<string, string> = {}
  for (const problem of problems) {
    const field = columnName(columnOf(mapping, problem))
    errors[field] =
      errors[field] === undefined ? words(problem) : `${errors[field]} ${words(problem)}`
  }
  return errors
}

function columnOf({ columns }: Mapping, problem: MappingProblem): number {
  const at = columns.findIndex(({ field }) => {
    if (problem.reason === 'same-field-twice') return field === problem.field
    if (problem.reason === 'contact-without-name-column')
      return field.startsWith(`contact-${problem.group}.`)
    return false
  })
  return Math.max(at, 0)
}
