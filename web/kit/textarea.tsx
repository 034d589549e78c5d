import { describedBy, Field, idOf, type FieldProps } from './field.tsx'

export type TextareaProps = FieldProps & {
  value?: string | undefined
  rows?: number | undefined
  spellcheck?: boolean | undefined
}

/** Several lines of text, with what was typed kept. */
export const Textarea = (props: TextareaProps) => (
  <Field {...props}>
    <TextareaControl {...props} />
  </Field>
)

/** The bare control, for components that put more around it. */
export const TextareaControl = (
  props: TextareaProps & {
    describedByAlso?: string[]
    island?: string | undefined
    output?: string | undefined
  },
) => (
  <textarea
    class={props.error ? 'govuk-textarea govuk-textarea--error' : 'govuk-textarea'}
    id={idOf(props)}
    name={props.name}
    rows={props.rows ?? 5}
    spellcheck={props.spellcheck ?? true}
    aria-describedby={describedBy(props, ...(props.describedByAlso ?? []))}
    aria-invalid={props.error ? 'true' : undefined}
    data-island={props.island}
    data-output={props.output}
  >
    {firstLineKept(props.value)}
  </textarea>
)

// HTML drops one newline after the opening tag, so a value that begins with one needs another.
const firstLineKept = (value = ''): string => (value.startsWith('\n') ? `\n${value}` : value)
