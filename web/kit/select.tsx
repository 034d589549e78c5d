import { describedBy, Field, idOf, type FieldProps } from './field.tsx'

export type Option = { value: string; text: string; disabled?: boolean | undefined }

/** One choice from a list too long for radios. */
export const Select = (
  props: FieldProps & {
    options: readonly Option[]
    value?: string | undefined
    /** A first line with an empty value, such as "Choose a group". */
    prompt?: string | undefined
  },
) => (
  <Field {...props}>
    <select
      class={props.error ? 'govuk-select govuk-select--error' : 'govuk-select'}
      id={idOf(props)}
      name={props.name}
      aria-describedby={describedBy(props)}
      aria-invalid={props.error ? 'true' : undefined}
    >
      {props.prompt && <option value="">{props.prompt}</option>}
      {props.options.map((option) => (
        <option
          value={option.value}
          selected={option.value === props.value}
          disabled={option.disabled}
        >
          {option.text}
        </option>
      ))}
    </select>
  </Field>
)
