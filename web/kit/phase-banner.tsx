import type { PropsWithChildren } from 'hono/jsx'

/** Says above every page that this is not the real thing: a sandbox, a trial. */
export const PhaseBanner = (props: PropsWithChildren<{ tag: string }>) => (
  <aside class="govuk-phase-banner sg-phase-banner" aria-label={props.tag}>
    <div class="govuk-width-container">
      <p class="govuk-phase-banner__content">
        <strong class="govuk-tag govuk-tag--yellow govuk-phase-banner__content__tag">
          {props.tag}
        </strong>
        <span class="govuk-phase-banner__text">{props.children}</span>
      </p>
    </div>
  </aside>
)
