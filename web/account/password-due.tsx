import * as access from '#access'
import { showDate } from '#kernel'
import { Inset } from '../kit/index.ts'
import type { PersonVisit } from '../route.ts'

const DAY_MS = 24 * 60 * 60_000
const [FIRST_REMINDER_DAYS] = access.REMINDED_DAYS_BEFORE

/** When this person's password is too old; undefined where passwords last. */
export const passwordDue = ({ standing, organisation }: PersonVisit): number | undefined =>
  access.passwordDueAtMs(standing.user, organisation.passwordDays)

/** On the home page, from the first reminder on: nothing at all for everybody else. */
export const PasswordDue = ({ visit }: { visit: PersonVisit }) => {
  const dueAtMs = passwordDue(visit)
  const fromMs = dueAtMs && dueAtMs - FIRST_REMINDER_DAYS * DAY_MS
  if (!fromMs || visit.directory.clock.now() < fromMs) return null

  return (
    <Inset>
      Your password is to be changed by {showDate(dueAtMs)}.{' '}
      <a class="govuk-link" href="/account/password">
        Change it now
      </a>
    </Inset>
  )
}
