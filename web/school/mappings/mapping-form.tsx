import { z } from 'zod'
import * as mis from '#mis'
import type { FieldErrors } from '../../form.ts'
import { Button, Form, type HiddenFields, Select, TextInput } from '../../kit/index.ts'
import { optionsFor } from '../imports/column-choices.tsx'
import { columnName, errorsByColumn } from '../imports/column-errors.ts'

export const named = z.looseObject({
  name: z
    .string({ error: 'Enter a name for the mapping' })
    .trim()
    .min(1, 'Enter a name for the mapping')
    .max(mis.MAX_MAPPING_NAME, `Use ${mis.MAX_MAPPING_NAME} characters or fewer for the name`),
})

export type Typed = Readonly<Record<string, string | undefined>>

/** The fields chosen for these headings in a posted form; what is no field is left out. */
export const chosen = (headings: readonly string[], typed: Typed): mis.Mapping => ({
  columns: headings.map((header, index) => {
    const field = typed[columnName(index)] ?? 'ignore'
    return { header, field: mis.isFieldName(field) ? field : 'ignore' }
  }),
})

/** What stands between a mapping and its use, each at its column. */
export const problemsOf = (mapping: mis.Mapping): FieldErrors =>
  errorsByColumn(
    mapping,
    mis.checkMapping(
      mapping,
      mapping.columns.map(({ header }) => header),
    ),
  )

/** The name of a mapping, and what each column is. */
export const MappingForm = (props: {
  action: string
  name: string
  mapping: mis.Mapping
  errors: FieldErrors
  hidden?: HiddenFields
}) => {
  const options = optionsFor(props.mapping)
  return (
    <Form action={props.action} hidden={props.hidden}>
      <TextInput
        name="name"
        label="Name"
        labelSize="s"
        hint="What your school calls this export, such as SIMS nightly"
        value={props.name}
        width={30}
        error={props.errors['name']}
      />
      <h2 class="govuk-heading-m">{props.mapping.columns.length} columns</h2>
      {props.mapping.columns.map(({ header, field }, index) => (
        <Select
          name={columnName(index)}
          label={<span class="sg-typed">{header}</span>}
          labelSize="s"
          options={options}
          value={field}
          error={props.errors[columnName(index)]}
        />
      ))}
      <Button>Save the mapping</Button>
    </Form>
  )
}
