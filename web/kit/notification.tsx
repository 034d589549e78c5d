import type { Child, PropsWithChildren } from 'hono/jsx'

/** Tells what just happened (`success`, announced at once) or what everyone here should know (`important`). */
export const NotificationBanner = (
  props: PropsWithChildren<{
    kind?: 'success' | 'important'
    title?: string | undefined
    heading?: Child | undefined
  }>,
) => {
  const isSuccess = props.kind === 'success'
  return (
    <div
      class={`govuk-notification-banner${isSuccess ? ' govuk-notification-banner--success' : ''}`}
      role={isSuccess ? 'alert' : 'region'}
      aria-labelledby="notification-title"
      data-module="govuk-notification-banner"
    >
      <div class="govuk-notification-banner__header">
        <h2 class="govuk-notification-banner__title" id="notification-title">
          {props.title ?? (isSuccess ? 'Success' : 'Important')}
        </h2>
      </div>
      <div class="govuk-notification-banner__content">
        {props.heading && <p class="govuk-notification-banner__heading">{props.heading}</p>}
        {typeof props.children === 'string' ? (
          <p class={props.heading ? 'govuk-body' : 'govuk-notification-banner__heading'}>
            {props.children}
          </p>
        ) : (
          props.children
        )}
      </div>
    </div>
  )
}
