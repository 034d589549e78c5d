import type { Child } from 'hono/jsx'

import { describedBy, Field, idOf, type FieldProps } from './field.tsx'

export type TextInputProps = FieldProps & {
  value?: string | undefined
  type?: 'text' | 'email' | 'tel' | 'password' | 'search' | 'date' | 'url' | undefined
  /** Say what the field is for (`username`, `current-password`, `tel`), WCAG 1.3.5. */
  autocomplete?: string | undefined
  inputmode?: 'numeric' | 'decimal' | 'tel' | 'email' | undefined
  /** Width in characters. */
  width?: 2 | 3 | 4 | 5 | 10 | 20 | 30 | undefined
  prefix?: string | undefined
  suffix?: string | undefined
  spellcheck?: boolean | undefined
  maxlength?: number | undefined
}

/** One line of text, with what was typed kept. A password is never sent back. */
export const TextInput = (props: TextInputProps) => {
  const input = (
    <input
      class={[
        'govuk-input',
        ...(props.error ? ['govuk-input--error'] : []),
        ...(props.width ? [`govuk-input--width-${props.width}`] : []),
      ].join(' ')}
      id={idOf(props)}
      name={props.name}
      type={props.type ?? 'text'}
      value={props.type === 'password' ? undefined : props.value}
      autocomplete={props.autocomplete}
      inputmode={props.inputmode}
      spellcheck={props.spellcheck}
      maxlength={props.maxlength}
      aria-describedby={describedBy(props)}
      aria-invalid={props.error ? 'true' : undefined}
    />
  )
  return <Field {...props}>{props.prefix || props.suffix ? affixed(input, props) : input}</Field>
}

const affixed = (input: Child, props: TextInputProps) => (
  <div class="govuk-input__wrapper">
    {props.prefix && (
      <div class="govuk-input__prefix" aria-hidden="true">
        {props.prefix}
      </div>
    )}
    {input}
    {props.suffix && (
      <div class="govuk-input__suffix" aria-hidden="true">
        {props.suffix}
      </div>
    )}
  </div>
)
