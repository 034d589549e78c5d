import type { Child } from 'hono/jsx'

/** One answer among radios or checkboxes. `reveals` holds fields that matter only with this answer. */
export type Choice = {
  value: string
  text: Child
  hint?: Child | undefined
  disabled?: boolean | undefined
  reveals?: Child | undefined
  /** A line "or" above this answer, as for "None of these". */
  orBefore?: boolean | undefined
}

type ChoiceProps = {
  kind: 'radios' | 'checkboxes'
  name: string
  /** The first answer carries the bare id, so that an error summary's link lands on it. */
  id: string
  choice: Choice
  index: number
  checked: boolean
}

export const ChoiceItem = (props: ChoiceProps) => {
  const block = `govuk-${props.kind}`
  const id = props.index === 0 ? props.id : `${props.id}-${props.index + 1}`
  const revealId = `${id}-reveals`
  return (
    <>
      {props.choice.orBefore && <div class={`${block}__divider`}>or</div>}
      <div class={`${block}__item`}>
        <input
          class={`${block}__input`}
          type={props.kind === 'radios' ? 'radio' : 'checkbox'}
          id={id}
          name={props.name}
          value={props.choice.value}
          checked={props.checked}
          disabled={props.choice.disabled}
          aria-describedby={props.choice.hint ? `${id}-item-hint` : undefined}
          data-reveals={props.choice.reveals ? revealId : undefined}
        />
        <label class={`govuk-label ${block}__label`} for={id}>
          {props.choice.text}
        </label>
        {props.choice.hint && (
          <div id={`${id}-item-hint`} class={`govuk-hint ${block}__hint`}>
            {props.choice.hint}
          </div>
        )}
      </div>
      {props.choice.reveals && (
        <div
          id={revealId}
          class={`${block}__conditional${props.checked ? '' : ` ${block}__conditional--hidden`}`}
        >
          {props.choice.reveals}
        </div>
      )}
    </>
  )
}
