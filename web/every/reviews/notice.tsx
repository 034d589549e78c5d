import type { Child } from 'hono/jsx'
import * as access from '#access'
import { showDate } from '#kernel'

import { Inset, NotificationBanner } from '../../kit/index.ts'
import type { PersonVisit } from '../../route.ts'
import { Overdue } from './overdue.tsx'
import { reviewsPath } from './review-of.ts'

/**
 * What a home page says about the access review: to those in charge, that one waits or is overdue; to
 * everybody else only why something they know is held back. Undefined where there is nothing to say.
 */
export async function reviewNotice(visit: PersonVisit): Promise<Child | undefined> {
  const { user, directory, organisation } = visit
  if (user.isSupport) return undefined
  if (!access.isInCharge(user.role)) return user.isReviewOverdue ? <HeldBack /> : undefined

  const review = await access.openReviewOf(directory, organisation.id)
  if (!review) return undefined
  const nowMs = directory.clock.now()
  const href = reviewsPath(visit)
  if (access.reviewState(review, nowMs) !== 'open') {
    return <Overdue review={review} nowMs={nowMs} href={href} />
  }
  return (
    <Inset>
      The access review of the {access.showTerm(review.term)} is due by{' '}
      {showDate(access.reviewLastDayMs(review))}.{' '}
      <a class="govuk-link" href={href}>
        Do the access review
      </a>
    </Inset>
  )
}

const HeldBack = () => (
  <NotificationBanner heading="Some things are held back for now">
    <p class="govuk-body">
      The review of who has access is overdue, so imports, exports and changes to users and settings
      wait until it is complete. Ask whoever manages your users. Messages go on.
    </p>
  </NotificationBanner>
)
