import * as access from '#access'
import { showDate } from '#kernel'
import type { Mail } from './posted.ts'

export type ReviewReminder = {
  /** Whom it is for: somebody in charge. */
  name: string
  email: string
  organisation: string
  review: Pick<access.Review, 'term' | 'dueAtMs'>
  occasion: access.ReviewOccasion
  /** Of the page on which it is done. */
  link: string
}

/** Asks somebody in charge to look at who has access; it says by when, and what follows if nobody does. */
export const reviewReminder = (given: ReviewReminder): Mail => ({
  to: given.email,
  subject: subjects[given.occasion](showDate(access.reviewLastDayMs(given.review))),
  text: `Dear ${given.name},

${newsOf(given)}

Each term, somebody in charge at ${given.organisation} looks at everybody who can sign in to Schoolgate, and says whether they still need the access that they have. It takes a minute or so for each person.

What to do: sign in, and go to
${given.link}

${followsOf(given)}

You get this because you are in charge of Schoolgate at ${given.organisation}. It asks you for no password: sign in as you always do.

Schoolgate
`,
})

const subjects: Record<access.ReviewOccasion, (lastDay: string) => string> = {
  opened: (lastDay) => `Look at who has access, by ${lastDay}`,
  'due-in-a-week': (lastDay) => `Your access review is due in a week, on ${lastDay}`,
  'due-today': () => 'Your access review is due today',
  overdue: () => 'Your access review is overdue',
}

function newsOf({ occasion, review, organisation }: ReviewReminder): string {
  const what = `The access review of ${organisation} for the ${access.showTerm(review.term)}`
  const lastDay = showDate(access.reviewLastDayMs(review))
  if (occasion === 'opened') return `${what} has opened. Please complete it by ${lastDay}.`
  if (occasion === 'overdue') return `${what} was due by ${lastDay}, and is not complete.`
  return `${what} is due by ${lastDay}, and is not complete yet.`
}

const followsOf = ({ review }: ReviewReminder): string =>
  `If it is not complete by ${showDate(access.restrictsAtMs(review))}, imports, exports and changes to users and settings are held back until it is. Messages to parents go on.`
