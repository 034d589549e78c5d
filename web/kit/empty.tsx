import type { Child, PropsWithChildren } from 'hono/jsx'

/** Nothing here yet: says so, says why or what it is for, and offers the first step (a `ButtonLink`). */
export const Empty = (
  props: PropsWithChildren<{
    heading: string
    headingLevel?: 2 | 3 | undefined
    action?: Child | undefined
  }>,
) => (
  <div class="sg-empty">
    {props.headingLevel === 3 ? (
      <h3 class="govuk-heading-m">{props.heading}</h3>
    ) : (
      <h2 class="govuk-heading-m">{props.heading}</h2>
    )}
    <div class="govuk-body">{props.children}</div>
    {props.action}
  </div>
)
