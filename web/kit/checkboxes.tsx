import { ChoiceItem, type Choice } from './choices.tsx'
import { FieldGroup, idOf, type FieldProps } from './field.tsx'

/** Any number of answers. `selectAll` names the things listed and adds, by script, a filter, a count and "select all". */
export const Checkboxes = (
  props: FieldProps & {
    choices: readonly Choice[]
    values?: readonly string[] | undefined
    small?: boolean | undefined
    selectAll?: { one: string; many: string } | undefined
  },
) => (
  <FieldGroup {...props}>
    <div
      class={[
        'govuk-checkboxes',
        ...(props.small ? ['govuk-checkboxes--small'] : []),
        ...(props.selectAll ? ['sg-choose-many'] : []),
      ].join(' ')}
      data-module="govuk-checkboxes"
      data-island={props.selectAll && 'select-all'}
      data-one={props.selectAll?.one}
      data-many={props.selectAll?.many}
    >
      {props.choices.map((choice, index) => (
        <ChoiceItem
          kind="checkboxes"
          name={props.name}
          id={idOf(props)}
          choice={choice}
          index={index}
          checked={props.values?.includes(choice.value) ?? false}
        />
      ))}
    </div>
  </FieldGroup>
)

/** One box that stands by itself, such as "I have checked this". */
export const Checkbox = (props: {
  name: string
  label: Choice['text']
  value?: string | undefined
  hint?: Choice['hint']
  checked?: boolean | undefined
  error?: string | undefined
}) => (
  <div class={props.error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
    {props.error && (
      <p id={`${props.name}-error`} class="govuk-error-message">
        <span class="govuk-visually-hidden">Error: </span>
        {props.error}
      </p>
    )}
    <div class="govuk-checkboxes govuk-checkboxes--small">
      <div class="govuk-checkboxes__item">
        <input
          class="govuk-checkboxes__input"
          type="checkbox"
          id={props.name}
          name={props.name}
          value={props.value ?? 'yes'}
          checked={props.checked}
          aria-describedby={ids(props)}
          aria-invalid={props.error ? 'true' : undefined}
        />
        <label class="govuk-label govuk-checkboxes__label" for={props.name}>
          {props.label}
        </label>
        {props.hint && (
          <div id={`${props.name}-hint`} class="govuk-hint govuk-checkboxes__hint">
            {props.hint}
          </div>
        )}
      </div>
    </div>
  </div>
)

const ids = (props: {
  name: string
  hint?: unknown
  error?: string | undefined
}): string | undefined =>
  [
    ...(props.hint ? [`${props.name}-hint`] : []),
    ...(props.error ? [`${props.name}-error`] : []),
  ].join(' ') || undefined
