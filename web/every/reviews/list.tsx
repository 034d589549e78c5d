import * as access from '#access'
import * as audit from '#audit'
import { showDate, showShort } from '#kernel'
import { ButtonLink, Empty, Inset, PageHeading, Progress, Table } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { Overdue } from './overdue.tsx'
import { People } from './people.tsx'
import { reviewPath } from './review-of.ts'

/** The review that waits, person by person, and those that are over. */
export const reviews = everyArea('/reviews', 'review-access', {
  get: async (visit) => {
    const [open, past] = await Promise.all([
      access.openReviewOf(visit.directory, visit.organisation.id),
      access.completedReviews(visit.directory, visit.school),
    ])
    const view = open && (await access.viewReview(visit.directory, visit.school, open))
    if (open) await audit.viewed(visit.school, 'review.viewed', [open.id])
    return page(
      visit,
      { title: 'Access reviews' },
      <>
        <PageHeading caption={visit.organisation.name}>Access reviews</PageHeading>
        {view ? (
          <Open visit={visit} view={view} />
        ) : (
          <NothingOpen nowMs={visit.school.clock.now()} />
        )}
        <Past visit={visit} past={past} />
      </>,
    )
  },
})

type Shown = { visit: SchoolVisit; view: access.ReviewView }

const Open = ({ visit, view }: Shown) => {
  const { review, people, settled } = view
  const isReady = settled === people.length
  return (
    <>
      <Overdue review={review} nowMs={visit.school.clock.now()} />
      <h2 class="govuk-heading-m">Review of the {access.showTerm(review.term)}</h2>
      <p class="govuk-body">
        Look at everybody who can sign in, and say whether they still need the access that they
        have. Due by <strong>{showDate(access.reviewLastDayMs(review))}</strong>.
      </p>
      <Progress
        id="review-progress"
        label="People decided about"
        value={settled}
        max={people.length}
      />
      {isReady ? (
        <>
          <Inset>Everybody has a decision. The last step is to complete the review.</Inset>
          <ButtonLink href={reviewPath(visit, review, '/completion')}>
            Complete the review
          </ButtonLink>
        </>
      ) : (
        <p class="govuk-body">When everybody has a decision, you can complete the review here.</p>
      )}
      <People visit={visit} view={view} />
      <p class="govuk-body">
        <a class="govuk-link" href={reviewPath(visit, review)}>
          Who decided what so far
        </a>
      </p>
    </>
  )
}

const NothingOpen = ({ nowMs }: { nowMs: number }) => {
  const next = access.termAfter(nowMs)
  return (
    <Empty heading="No review is open">
      The next one, of the {access.showTerm(next.name)}, opens on {showDate(next.opensAtMs)}.
      Whoever is in charge gets an e-mail then.
    </Empty>
  )
}

const Past = ({ visit, past }: { visit: SchoolVisit; past: access.Review[] }) => (
  <Table
    caption="Past reviews"
    columns={[
      {
        head: 'Term',
        cell: (review: access.Review) => (
          <a class="govuk-link" href={reviewPath(visit, review)}>
            {sentenceCase(access.showTerm(review.term))}
          </a>
        ),
      },
      { head: 'Due by', cell: (review) => showDate(access.reviewLastDayMs(review)) },
      { head: 'Completed', cell: ({ completedAtMs }) => completedAtMs && showShort(completedAtMs) },
    ]}
    rows={past}
    empty={<p class="govuk-body">Past reviews, with who decided what, will be listed here.</p>}
  />
)

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
