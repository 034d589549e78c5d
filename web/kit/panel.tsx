import type { Child, PropsWithChildren } from 'hono/jsx'

/** The end of a journey: what is now done. Its title is the page's h1. */
export const Panel = (props: PropsWithChildren<{ title: Child }>) => (
  <div class="govuk-panel govuk-panel--confirmation">
    <h1 class="govuk-panel__title">{props.title}</h1>
    {props.children && <div class="govuk-panel__body">{props.children}</div>}
  </div>
)
