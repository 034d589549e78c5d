import { z } from 'zod'
import * as access from '#access'
import { notFoundPage } from '../../error-pages.tsx'
import { formPage } from '../../form-page.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { Button, Checkbox, Form, SummaryList } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { decisionWords, notAllDecided } from '../../words/reviews.ts'
import { reviewOf, reviewPath, reviewsPath } from './review-of.ts'

const form = z.object({
  statement: z.literal('yes', { error: 'Confirm that you looked at each person’s access' }),
})

/** The statement that ends a review. */
export const reviewCompletion = everyArea('/reviews/:review/completion', 'review-access', {
  get: async (visit) => {
    const review = await reviewOf(visit)
    if (!review) return notFoundPage(visit)
    return review.completedAtMs === null
      ? show(visit, review, {})
      : seeOther(visit, reviewPath(visit, review))
  },

  post: async (visit) => {
    const review = await reviewOf(visit)
    if (!review) return notFoundPage(visit)
    const read = await readForm(visit.c, form)
    if (!read.ok) return show(visit, review, read.errors)

    const refusal = await access.completeReview(visit.directory, visit.school, review)
    if (refusal?.refused === 'not-all-decided') return show(visit, review, { form: notAllDecided })
    if (refusal) return seeOther(visit, reviewPath(visit, review))
    return seeOther(visit, reviewPath(visit, review), 'review-completed')
  },
})

async function show(
  visit: SchoolVisit,
  review: access.Review,
  errors: FieldErrors,
): Promise<Response> {
  const view = await access.viewReview(visit.directory, visit.school, review)
  return formPage(
    visit,
    {
      title: 'Complete the review',
      caption: `Access review, ${access.showTerm(review.term)}`,
      back: { href: reviewsPath(visit) },
      errors,
    },
    <>
      <SummaryList rows={countsOf(view)} />
      <Form action={reviewPath(visit, review, '/completion')}>
        <Checkbox
          name="statement"
          label={`I have looked at the access of everybody at ${visit.organisation.name}, and it is what they need for their work`}
          error={errors.statement}
        />
        <Button>Complete the review</Button>
      </Form>
    </>,
  )
}

function countsOf({ people, settled }: access.ReviewView) {
  const made = people.filter((one) => one.isSettled)
  const counts = access.decisions.map((decision) => ({
    key: decisionWords[decision].text,
    value: made.filter(({ line }) => line?.decision === decision).length,
  }))
  return [...counts, { key: 'Still to be decided about', value: people.length - settled }]
}
