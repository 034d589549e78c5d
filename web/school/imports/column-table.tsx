import * as mis from '#mis'
import type { FieldErrors } from '../../form.ts'
import { type Option, Select, Table } from '../../kit/index.ts'
import { fieldWords } from '../../words-import.ts'
import { columnName } from './column-errors.ts'

type Row = { index: number; header: string; examples: string[]; field: string }

/** Values shown of each column, and how much of each. */
const EXAMPLES = 2
const EXAMPLE_CHARACTERS = 40

/** Every column of the file with two of its values, and the choice of what it is. */
export const ColumnTable = (props: { columns: mis.Columns; mapping: mis.Mapping; errors: FieldErrors }) => {
  const options = optionsFor(props.mapping)
  return (
    <Table
      caption={`${props.columns.headers.length} columns, ${props.columns.rowCount.toLocaleString('en-GB')} rows`}
      rows={rowsOf(props.columns, props.mapping)}
      columns={[
        { head: 'Column in the file', cell: ({ header }: Row) => <span class="sg-typed">{header}</span> },
        { head: 'First values', cell: ({ examples }) => <Examples examples={examples} /> },
        {
          head: 'What it is',
          cell: ({ index, header, field }) => (
            <Select
              name={columnName(index)}
              label={`What “${header}” is`}
              labelHidden
              options={options}
              value={field}
              error={props.errors[columnName(index)]}
            />
          ),
        },
      ]}
    />
  )
}

const Examples = ({ examples }: { examples: string[] }) =>
  examples.length === 0 ? (
    <span class="govuk-hint">Empty in the first rows</span>
  ) : (
    <span class="sg-typed">{examples.join('; ')}</span>
  )

const rowsOf = ({ headers, sampleRows }: mis.Columns, mapping: mis.Mapping): Row[] =>
  headers.map((header, index) => ({
    index,
    header,
    examples: [...new Set(sampleRows.map((row) => row[index] ?? '').filter((cell) => cell !== ''))]
      .slice(0, EXAMPLES)
      .map(shortened),
    field: mapping.columns[index]?.field ?? 'ignore',
  }))

const shortened = (text: string): string =>
  text.length > EXAMPLE_CHARACTERS ? `${text.slice(0, EXAMPLE_CHARACTERS)}…` : text

const SPARE_CONTACTS = 1
const FEWEST_CONTACTS = 2

/** One contact more than the file seems to have: a list of all nine would hide what is looked for. */
function optionsFor(mapping: mis.Mapping): Option[] {
  const groups = mapping.columns.flatMap(({ field }) => {
    const parts = mis.fieldParts(field)
    return parts?.of === 'contact' ? [parts.group] : []
  })
  const most = Math.max(FEWEST_CONTACTS, ...groups.map((group) => group + SPARE_CONTACTS))
  const contacts = Array.from({ length: Math.min(most, mis.MAX_CONTACT_GROUPS) }, (_, index) => index + 1)
  const names: mis.FieldName[] = [
    ...mis.PUPIL_FIELDS.map((field) => `pupil.${field}` as const),
    ...contacts.flatMap((group) => mis.CONTACT_FIELDS.map((field) => `contact-${group}.${field}` as const)),
  ]
  return (['ignore', ...names] as const).map((value) => ({ value, text: fieldWords(value) }))
}
