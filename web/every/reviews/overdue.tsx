import * as access from '#access'
import { showDate } from '#kernel'
import { NotificationBanner } from '../../kit/index.ts'

/** Says that a review is overdue, and what follows or has followed; nothing while it is not. */
export const Overdue = (props: { review: access.Review; nowMs: number; href?: string }) => {
  const { review, nowMs, href } = props
  const state = access.reviewState(review, nowMs)
  if (state !== 'overdue' && state !== 'restricting') return null
  return (
    <NotificationBanner
      heading={`The access review was due by ${showDate(access.reviewLastDayMs(review))}`}
    >
      <p class="govuk-body">
        {state === 'overdue'
          ? `If it is not complete by ${showDate(access.restrictsAtMs(review))}, imports, exports and changes to users and settings are held back until it is.`
          : 'Imports, exports and changes to users and settings are held back until it is complete. Messages go on.'}
      </p>
      {href && (
        <p class="govuk-body govuk-!-margin-bottom-0">
          <a class="govuk-notification-banner__link" href={href}>
            Do the access review
          </a>
        </p>
      )}
    </NotificationBanner>
  )
}
