import type { mappings } from '#mis'
import { MAX_COLUMNS } from '#mis'

const problems: Record<mappings.HeadingsProblem, string> = {
  'no-headings': 'Copy the headings of your export into the box',
  'single-heading': 'Copy all the headings, separated as your export has them',
  'too-many-headings': `There are more than ${MAX_COLUMNS} headings. Leave out columns that are not needed`,
  'a-row-of-data':
    'This looks like a row of pupils, not headings, so it was not kept. Copy the row above it, which says what each column is',
  'same-heading-twice': 'Two columns have the same heading. Give each its own in your export',
  'not-headings': 'A quotation mark opens and is never closed. Copy the whole first row',
}

/** What is wrong with headings that somebody copied; of columns by their place, never by what they say. */
export const headingsProblem = (
  problem: mappings.HeadingsProblem,
  columns: readonly number[] = [],
): string =>
  columns.length === 0
    ? problems[problem]
    : `Columns ${columns.slice(0, -1).join(', ')} and ${columns.at(-1)} have the same heading. Give each its own in your export`

/** Why a mapping cannot be saved under this name. */
export const notSaved = {
  'headings-known':
    'There is a mapping for these headings already. Change that one, or remove it first',
  'name-known':
    'Another mapping has this name already. Choose another, so that the two are told apart',
} as const
