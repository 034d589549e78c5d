import type { Child, PropsWithChildren } from 'hono/jsx'

/** More for those who want it, behind its summary. */
export const Details = (
  props: PropsWithChildren<{
    summary: Child
    open?: boolean | undefined
    id?: string | undefined
  }>,
) => (
  <details class="govuk-details" open={props.open} id={props.id}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{props.summary}</span>
    </summary>
    <div class="govuk-details__text">{props.children}</div>
  </details>
)
