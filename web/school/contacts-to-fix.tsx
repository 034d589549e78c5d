import { londonDay, showDay } from '#kernel'
import * as people from '#people'
import type { FailingPoint } from '#people'
import { Empty, PageHeading, Table } from '../kit/index.ts'
import { page } from '../page.tsx'
import { schoolRoute } from '../route.ts'
import { failingWords, personWords } from '../words/people.ts'
import { pointText } from './contacts/parts.tsx'

/** Numbers and addresses that messages do not reach, for the Data Manager to mend. */
export const contactsToFix = schoolRoute('/school/contacts-to-fix', 'mend-contacts', {
  get: async (visit) => {
    const failing = await people.viewFailing(visit.school)
    const total =
      failing.length < people.MOST_FAILING_LISTED
        ? failing.length
        : await people.countFailing(visit.school)
    return page(
      visit,
      { title: 'Contacts to fix' },
      <>
        <PageHeading>Contacts to fix</PageHeading>
        {total > 0 && (
          <p class="govuk-body">
            Messages to these do not arrive, so they are left out of all but emergencies. Correct
            them here, and in your management information system too.
          </p>
        )}
        {total > failing.length && (
          <p class="govuk-body">
            These are the {failing.length} that have failed the longest, of{' '}
            {total.toLocaleString('en-GB')}.
          </p>
        )}
        <Table
          caption="Contacts to fix"
          captionHidden
          columns={columns}
          rows={failing}
          empty={<AllWork />}
        />
      </>,
    )
  },
})

const AllWork = () => (
  <Empty heading="Nothing to fix">
    Every number and address that was written to works. One that stops working appears here by
    itself.
  </Empty>
)

const columns = [
  {
    head: 'Who',
    cell: ({ owner }: FailingPoint) => (
      <>
        <Owner owner={owner} />
        {owner.kind !== 'contact' && ` (${personWords[owner.kind].toLowerCase()})`}
      </>
    ),
  },
  {
    head: 'About',
    cell: ({ pupils }: FailingPoint) => (
      <>
        {pupils.map(({ id, name, yearGroup }) => (
          <div>
            <a class="govuk-link" href={`/school/pupils/${id}`}>
              {name}
            </a>
            {yearGroup && `, ${yearGroup}`}
          </div>
        ))}
      </>
    ),
  },
  {
    head: 'Number or address',
    cell: ({ channel, point }: FailingPoint) => (
      <span class="sg-typed">{pointText(channel, point.value)}</span>
    ),
  },
  {
    head: 'Since',
    cell: ({ point }: FailingPoint) =>
      point.failingSinceMs === null ? '' : showDay(londonDay(point.failingSinceMs)),
  },
  { head: 'Why', cell: ({ point }: FailingPoint) => failingWords(point.failingBecause) },
  {
    head: 'Correct',
    headHidden: true,
    cell: (failing: FailingPoint) => <Correct failing={failing} />,
  },
]

const Owner = ({ owner }: Pick<FailingPoint, 'owner'>) => {
  const href = owner.kind === 'staff' ? '/school/staff' : `/school/${owner.kind}s/${owner.id}`
  return (
    <a class="govuk-link" href={href}>
      {owner.name}
    </a>
  )
}

const Correct = ({ failing: { owner, point, channel } }: { failing: FailingPoint }) =>
  owner.kind === 'contact' ? (
    <a class="govuk-link" href={`/school/contacts/${owner.id}/points/${point.id}`}>
      Correct
      <span class="govuk-visually-hidden">
        {' '}
        {pointText(channel, point.value)} of {owner.name}
      </span>
    </a>
  ) : (
    <>Correct it in your management information system</>
  )
