import * as access from '#access'
import * as audit from '#audit'
import { isRefusal, parseId } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { Inset, SummaryList } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { signOffRefusals } from '../../words/reviews.ts'
import { LISTS } from '../users/entitlement-form.ts'
import { yearsOffered } from '../users/years-offered.ts'
import { DecisionForm } from './decision-form.tsx'
import { choiceIn, decisionForm, type Said, saidAtFirst, saidIn } from './decision.ts'
import { lastSignIn, LevelText } from './people.tsx'
import { reviewOf, reviewPath, reviewsPath } from './review-of.ts'

/** One person’s access, and the decision about it: the page that asks before it suspends or removes. */
export const reviewPerson = everyArea('/reviews/:review/users/:user', 'review-access', {
  isConfirmed: true,

  get: async (visit) => {
    const found = await reviewedIn(visit)
    if (!found) return notFoundPage(visit)
    await audit.viewed(visit.school, 'user.viewed', [found.one.user.id])
    return show(visit, found, saidAtFirst(found.one.user), {})
  },

  post: async (visit) => {
    const found = await reviewedIn(visit)
    if (!found) return notFoundPage(visit)
    const { review, user } = { review: found.review, user: found.one.user }
    const read = await readForm(visit.c, decisionForm, LISTS)
    const said = saidIn(read, user)
    if (!read.ok) return show(visit, found, said, read.errors)
    const years = await yearsOffered(visit, user.yearGroups)
    const choice = choiceIn(read.value, { kind: visit.organisation.kind, years })
    if (!choice.ok) return show(visit, found, said, choice.errors)

    const { seen, note } = read.value
    const given = { user: user.id, seen, note: note || null, choice: choice.value }
    const refusal = await access.signOff(visit.directory, visit.school, review, given)
    if (isRefusal(refusal)) {
      const sentence = signOffRefusals[refusal.refused]
      return show(visit, found, said, { [refusal.field ?? 'form']: sentence })
    }
    return seeOther(visit, reviewsPath(visit), 'review-decided')
  },
})

type Found = { review: access.Review; one: access.Reviewed }

/** Somebody who can sign in, in a review that is not over. */
async function reviewedIn(visit: SchoolVisit): Promise<Found | undefined> {
  const review = await reviewOf(visit)
  if (!review || review.completedAtMs !== null) return undefined
  const id = parseId('user', visit.param('user'))
  const { people } = await access.viewReview(visit.directory, visit.school, review)
  const one = people.find(({ user }) => user.id === id)
  return one && one.user.state === 'active' ? { review, one } : undefined
}

async function show(visit: SchoolVisit, found: Found, said: Said, errors: FieldErrors) {
  const { review, one } = found
  const years = await yearsOffered(visit, one.user.yearGroups)
  const form = { kind: visit.organisation.kind, years, said, errors }
  return formPage(
    visit,
    {
      title: 'Decide about somebody’s access',
      heading: one.user.name,
      caption: `Access review, ${access.showTerm(review.term)}`,
      back: { href: reviewsPath(visit) },
      errors,
    },
    <>
      <Now one={one} />
      {one.isForAnother ? (
        <Inset>{signOffRefusals['own-access']}.</Inset>
      ) : (
        <DecisionForm
          {...form}
          action={reviewPath(visit, review, `/users/${one.user.id}`)}
          seen={access.levelText(one.user)}
          isOwn={one.user.id === visit.user.id}
        />
      )}
    </>,
  )
}

const Now = ({ one: { user, hasSecondFactor } }: { one: access.Reviewed }) => (
  <SummaryList
    rows={[
      { key: 'E-mail', value: user.email },
      { key: 'Access now', value: <LevelText level={user} /> },
      { key: 'Last sign-in', value: lastSignIn(user) },
      { key: 'Two-step sign-in', value: hasSecondFactor ? 'Yes' : 'No' },
    ]}
  />
)
