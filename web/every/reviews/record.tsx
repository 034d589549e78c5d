import * as access from '#access'
import * as audit from '#audit'
import { showDate, showDateTime, showShort } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { BackLink, Empty, PageHeading, SummaryList, Table, Tag } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { decisionWords, reviewStateWords } from '../../words/reviews.ts'
import { LevelText } from './people.tsx'
import { reviewOf, reviewPath, reviewsPath } from './review-of.ts'

/** Who decided what about whom, when: to be shown to an auditor, printed or exported. */
export const reviewRecord = everyArea('/reviews/:review', 'review-access', {
  get: async (visit) => {
    const review = await reviewOf(visit)
    if (!review) return notFoundPage(visit)
    const view = await access.viewReview(visit.directory, visit.school, review)
    await audit.viewed(visit.school, 'review.viewed', [review.id])
    const title = `Access review, ${access.showTerm(review.term)}`
    return page(
      visit,
      { title, before: <BackLink href={reviewsPath(visit)} /> },
      <>
        <PageHeading caption={visit.organisation.name}>{title}</PageHeading>
        <SummaryList rows={factsOf(visit, view)} />
        <Decisions view={view} />
        <p class="govuk-body">
          <a class="govuk-link" href={reviewPath(visit, review, '/export')}>
            Download this record as a CSV file
          </a>
        </p>
      </>,
    )
  },
})

function factsOf(visit: SchoolVisit, { review, names }: access.ReviewView) {
  const state = reviewStateWords[access.reviewState(review, visit.school.clock.now())]
  const { completedAtMs, completedBy } = review
  const by = (completedBy && names.get(completedBy)) ?? 'somebody who has left'
  return [
    { key: 'State', value: <Tag tone={state.tone}>{state.text}</Tag> },
    { key: 'Opened', value: showDate(review.openedAtMs) },
    { key: 'Due by', value: showDate(access.reviewLastDayMs(review)) },
    {
      key: 'Completed',
      value: completedAtMs === null ? 'Not yet' : `${showDateTime(completedAtMs)}, by ${by}`,
    },
  ]
}

const Decisions = ({ view: { people, names } }: { view: access.ReviewView }) => (
  <Table
    caption="What was decided"
    columns={[
      { head: 'Name', cell: ({ user }: Decided) => user.name },
      { head: 'Decision', cell: ({ line }) => decisionWords[line.decision].text },
      { head: 'Access then', cell: ({ line }) => <LevelText level={line} /> },
      {
        head: 'Decided by',
        cell: ({ line }) => names.get(line.decidedBy) ?? 'Somebody who has left',
      },
      { head: 'When', cell: ({ line }) => showShort(line.decidedAtMs) },
      { head: 'Note', cell: ({ line }) => line.note ?? '' },
    ]}
    rows={people.flatMap(({ user, line }) => (line ? [{ user, line }] : []))}
    empty={<Empty heading="Nothing decided yet">Each decision is listed here with its time.</Empty>}
  />
)

type Decided = { user: access.User; line: access.ReviewLine }
