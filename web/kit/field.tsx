import type { Child, PropsWithChildren } from 'hono/jsx'

/** What every form field has: a name, a label that is always visible, and perhaps a hint and an error. */
export type FieldProps = {
  name: string
  label: Child
  /** Defaults to the name, so that an error summary's `#name` finds the field. */
  id?: string | undefined
  hint?: Child | undefined
  error?: string | undefined
  /** Heading-sized labels; with `isPageHeading` the label is the page's h1. */
  labelSize?: 's' | 'm' | 'l' | 'xl' | undefined
  isPageHeading?: boolean | undefined
  labelHidden?: boolean | undefined
}

/** Label, hint and error around one control, in the order a screen reader meets them. */
export const Field = (props: PropsWithChildren<FieldProps>) => (
  <div class={groupClass(props.error)}>
    <Label {...props} />
    <HintAndError {...props} />
    {props.children}
  </div>
)

/** The same around several controls: a fieldset, whose legend is the label. */
export const FieldGroup = (props: PropsWithChildren<FieldProps>) => (
  <div class={groupClass(props.error)}>
    <fieldset class="govuk-fieldset" aria-describedby={describedBy(props)}>
      <legend class={sized('govuk-fieldset__legend', props)}>
        {props.isPageHeading ? <h1 class="govuk-fieldset__heading">{props.label}</h1> : props.label}
      </legend>
      <HintAndError {...props} />
      {props.children}
    </fieldset>
  </div>
)

export const idOf = (props: FieldProps): string => props.id ?? props.name

/** The ids of a field's hint and error, for `aria-describedby`; further ids may follow. */
export const describedBy = (props: FieldProps, ...more: string[]): string | undefined =>
  [
    ...(props.hint ? [`${idOf(props)}-hint`] : []),
    ...(props.error ? [`${idOf(props)}-error`] : []),
    ...more,
  ].join(' ') || undefined

const Label = (props: FieldProps) => {
  const label = (
    <label class={sized('govuk-label', props)} for={idOf(props)}>
      {props.label}
    </label>
  )
  return props.isPageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label
}

const HintAndError = (props: FieldProps) => (
  <>
    {props.hint && (
      <div id={`${idOf(props)}-hint`} class="govuk-hint">
        {props.hint}
      </div>
    )}
    {props.error && (
      <p id={`${idOf(props)}-error`} class="govuk-error-message">
        <span class="govuk-visually-hidden">Error: </span>
        {props.error}
      </p>
    )}
  </>
)

const groupClass = (error: string | undefined): string =>
  error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'

const sized = (block: string, props: FieldProps): string =>
  [
    block,
    ...(props.labelSize ? [`${block}--${props.labelSize}`] : []),
    ...(props.labelHidden ? ['govuk-visually-hidden'] : []),
  ].join(' ')
