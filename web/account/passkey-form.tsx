import type { PropsWithChildren } from 'hono/jsx'
import { Button, Hidden, type HiddenFields } from '../kit/index.ts'

/** A form that a passkey answers (`islands/passkey.ts`). It says what to do instead where none can. */
export const PasskeyForm = (
  props: PropsWithChildren<{
    action: string
    purpose: 'enrol' | 'verify'
    button: string
    hidden: HiddenFields
    error: string | undefined
  }>,
) => (
  <form
    action={props.action}
    method="post"
    novalidate
    data-island="passkey"
    data-purpose={props.purpose}
    id="passkey"
  >
    <Hidden fields={{ ...props.hidden, passkey: '' }} />
    {props.error && (
      <p class="govuk-error-message">
        <span class="govuk-visually-hidden">Error: </span>
        {props.error}
      </p>
    )}
    <p class="govuk-error-message" role="alert" data-problem hidden></p>
    <div data-able hidden>
      {props.children}
      <Button>{props.button}</Button>
    </div>
    <p class="govuk-body" data-unable>
      This browser cannot use passkeys, or does not run scripts. Use another way.
    </p>
  </form>
)
