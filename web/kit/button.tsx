import type { PropsWithChildren } from 'hono/jsx'

export type ButtonKind = 'primary' | 'secondary' | 'warning' | 'quiet'

/** A button that submits the form it stands in. A second press within a second is dropped by script. */
export const Button = (
  props: PropsWithChildren<{
    kind?: ButtonKind
    type?: 'submit' | 'button'
    name?: string | undefined
    value?: string | undefined
    id?: string | undefined
    form?: string | undefined
    formaction?: string | undefined
    disabled?: boolean | undefined
  }>,
) => (
  <button
    type={props.type ?? 'submit'}
    class={classOf(props.kind)}
    data-module="govuk-button"
    data-prevent-double-click="true"
    name={props.name}
    value={props.value}
    id={props.id}
    form={props.form}
    formaction={props.formaction}
    disabled={props.disabled}
    aria-disabled={props.disabled ? 'true' : undefined}
  >
    {props.children}
  </button>
)

/** A link that looks like a button: it goes somewhere and changes nothing. */
export const ButtonLink = (
  props: PropsWithChildren<{
    href: string
    kind?: ButtonKind
    id?: string | undefined
  }>,
) => (
  <a
    href={props.href}
    class={classOf(props.kind)}
    role="button"
    draggable="false"
    data-module="govuk-button"
    id={props.id}
  >
    {props.children}
  </a>
)

/** Buttons and links side by side, one below the other on a phone. */
export const ButtonGroup = (props: PropsWithChildren) => (
  <div class="govuk-button-group">{props.children}</div>
)

const classOf = (kind: ButtonKind = 'primary'): string =>
  kind === 'primary'
    ? 'govuk-button'
    : kind === 'quiet'
      ? 'sg-button-quiet'
      : `govuk-button govuk-button--${kind}`
