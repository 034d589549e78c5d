import * as mis from '#mis'
import type { FieldErrors } from '../../form.ts'
import { type Option, Select } from '../../kit/index.ts'
import { fieldWords } from '../../words/import.ts'
import { columnName } from './column-errors.ts'

/** Values shown of each column, and how much of each. */
const EXAMPLES = 2
const EXAMPLE_CHARACTERS = 40

/** Every column of the file with two of its values, and the choice of what it is. */
export const ColumnChoices = (props: {
  columns: mis.Columns
  mapping: mis.Mapping
  errors: FieldErrors
}) => {
  const { headers, rowCount } = props.columns
  const options = optionsFor(props.mapping)
  return (
    <>
      <h2 class="govuk-heading-m">
        {headers.length} columns, {rowCount.toLocaleString('en-GB')} rows
      </h2>
      {headers.map((header, index) => (
        <Select
          name={columnName(index)}
          label={<span class="sg-typed">{header}</span>}
          labelSize="s"
          hint={<Examples examples={examplesOf(props.columns, index)} />}
          options={options}
          value={props.mapping.columns[index]?.field ?? 'ignore'}
          error={props.errors[columnName(index)]}
        />
      ))}
    </>
  )
}

const Examples = ({ examples }: { examples: string[] }) =>
  examples.length === 0 ? (
    <>Empty in the first rows</>
  ) : (
    <>
      For example: <span class="sg-typed">{examples.join('; ')}</span>
    </>
  )

const examplesOf = ({ sampleRows }: mis.Columns, index: number): string[] =>
  [...new Set(sampleRows.map((row) => row[index] ?? '').filter((cell) => cell !== ''))]
    .slice(0, EXAMPLES)
    .map(shortened)

const shortened = (text: string): string =>
  text.length > EXAMPLE_CHARACTERS ? `${text.slice(0, EXAMPLE_CHARACTERS)}…` : text

const SPARE_CONTACTS = 1
const FEWEST_CONTACTS = 2

/** One contact more than the file seems to have: a list of all nine would hide what is looked for. */
export function optionsFor(mapping: mis.Mapping): Option[] {
  const groups = mapping.columns.flatMap(({ field }) => {
    const parts = mis.fieldParts(field)
    return parts?.of === 'contact' ? [parts.group] : []
  })
  const most = Math.max(FEWEST_CONTACTS, ...groups.map((group) => group + SPARE_CONTACTS))
  const contacts = Array.from({ length: Math.min(most, mis.MAX_CONTACT_GROUPS) }, (_, at) => at + 1)
  const names: mis.FieldName[] = [
    ...mis.PUPIL_FIELDS.map((field) => `pupil.${field}` as const),
    ...contacts.flatMap((group) =>
      mis.CONTACT_FIELDS.map((field) => `contact-${group}.${field}` as const),
    ),
  ]
  return (['ignore', ...names] as const).map((value) => ({ value, text: fieldWords(value) }))
}
