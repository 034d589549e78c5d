import { ChoiceItem, type Choice } from './choices.tsx'
import { FieldGroup, idOf, type FieldProps } from './field.tsx'

/** One answer of a few. Without scripts every revealed field is visible, so the server must ignore those that do not apply. */
export const Radios = (
  props: FieldProps & {
    choices: readonly Choice[]
    value?: string | undefined
    inline?: boolean | undefined
    small?: boolean | undefined
  },
) => (
  <FieldGroup {...props}>
    <div
      class={[
        'govuk-radios',
        ...(props.inline ? ['govuk-radios--inline'] : []),
        ...(props.small ? ['govuk-radios--small'] : []),
      ].join(' ')}
      data-module="govuk-radios"
    >
      {props.choices.map((choice, index) => (
        <ChoiceItem
          kind="radios"
          name={props.name}
          id={idOf(props)}
          choice={choice}
          index={index}
          checked={choice.value === props.value}
        />
      ))}
    </div>
  </FieldGroup>
)
