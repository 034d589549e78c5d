import type { PropsWithChildren } from 'hono/jsx'

/** A quotation, an example, or an aside that must not be missed. */
export const Inset = (props: PropsWithChildren) => (
  <div class="govuk-inset-text">{props.children}</div>
)

/** What follows from going on: "They will not be told again". */
export const Warning = (props: PropsWithChildren) => (
  <div class="govuk-warning-text">
    <span class="govuk-warning-text__icon" aria-hidden="true">
      !
    </span>
    <strong class="govuk-warning-text__text">
      <span class="govuk-visually-hidden">Warning: </span>
      {props.children}
    </strong>
  </div>
)
