import type { Child, PropsWithChildren } from 'hono/jsx'

/** Says above every page that somebody is in an area by its leave, with the way to end that beside it. */
export const SupportBanner = (props: PropsWithChildren<{ label: string; action: Child }>) => (
  <aside class="sg-support" aria-label={props.label}>
    <div class="govuk-width-container sg-support__inside">
      <p class="sg-support__words">{props.children}</p>
      {props.action}
    </div>
  </aside>
)
