import type { mappings } from '#mis'
import { MAX_COLUMNS } from '#mis'

/** What is wrong with headings that somebody copied. */
export const headingsProblems: Record<mappings.HeadingsProblem, string> = {
  'no-headings': 'Copy the headings of your export into the box',
  'single-heading': 'Copy all the headings, separated as your export has them',
  'too-many-headings': `There are more than ${MAX_COLUMNS} headings. Leave out columns that are not needed`,
  'a-row-of-data':
    'This looks like a row of somebody’s data. Copy the row above it, which says what each column is',
  'not-headings': 'A quotation mark opens and is never closed. Copy the whole first row',
}

export const HEADINGS_KNOWN =
  'There is a mapping for these headings already. Change that one, or remove it first'
