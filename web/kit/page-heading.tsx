import type { Child, PropsWithChildren } from 'hono/jsx'

/** The page's h1 with, perhaps, what it belongs to above it and the page's main actions beside it. */
export const PageHeading = (
  props: PropsWithChildren<{
    caption?: Child | undefined
    actions?: Child | undefined
    size?: 'l' | 'xl' | undefined
  }>,
) => {
  const size = props.size ?? 'l'
  return (
    <div class="sg-page-heading">
      <h1 class={`govuk-heading-${size}`}>
        {props.caption && <span class={`govuk-caption-${size}`}>{props.caption} </span>}
        {props.children}
      </h1>
      {props.actions && (
        <div class="govuk-button-group sg-page-heading__actions">{props.actions}</div>
      )}
    </div>
  )
}
