import { describedBy, Field, idOf, type FieldProps } from './field.tsx'

/** A file from the person's own computer. Its form needs `upload`. `accept` is a hint to the browser, never a check. */
export const FileUpload = (
  props: FieldProps & {
    accept?: string | undefined
    multiple?: boolean | undefined
  },
) => (
  <Field {...props}>
    <input
      class={props.error ? 'govuk-file-upload govuk-file-upload--error' : 'govuk-file-upload'}
      id={idOf(props)}
      name={props.name}
      type="file"
      accept={props.accept}
      multiple={props.multiple}
      aria-describedby={describedBy(props)}
      aria-invalid={props.error ? 'true' : undefined}
    />
  </Field>
)
