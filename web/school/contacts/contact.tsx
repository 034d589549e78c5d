import { parseId, showDate } from '#kernel'
import * as people from '#people'
import { type Child, type Contact, contactName, fullName, type Point } from '#people'
import { BackLink, Empty, PageHeading, SummaryList, Table, Tag } from '../../kit/index.ts'
import { notFoundPage } from '../../error-pages.tsx'
import { may } from '../../may.ts'
import { page } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { channelWords, failingWords } from '../../words/people.ts'
import { pointText, StandingTag, TieText } from './parts.tsx'
import { Marketing, Stopped, type Wishes, type WishesOfPoint, wishesFor } from './wishes.tsx'

/** One contact: how they are reached, what of it works, and for which children they answer. */
export const contact = schoolRoute('/school/contacts/:contact', 'see-people', {
  get: async (visit) => {
    const id = parseId('contact', visit.param('contact'))
    const { school, user } = visit
    const found = id && (await people.viewContact(school, id, { yearGroups: user.yearGroups }))
    if (!found) return notFoundPage(visit)
    const name = contactName(found.record)
    return page(visit, { title: name, before: backTo(found) }, await body(visit, found, name))
  },
})

const backTo = ({ children: [child] }: Contact) =>
  child ? (
    <BackLink href={`/school/pupils/${child.id}`} text={fullName(child.record)} />
  ) : (
    <BackLink href="/school/pupils" text="All pupils" />
  )

const body = async (visit: SchoolVisit, found: Contact, name: string) => {
  const wishes = await wishesFor(visit.school, found.points)
  return (
    <>
      <PageHeading caption="Contact">{name}</PageHeading>
      {found.record.language && (
        <SummaryList rows={[{ key: 'Language', value: found.record.language }]} />
      )}
      <Points found={found} wishes={wishes} mayMend={may(visit.user, 'mend-contacts')} />
      <Marketing points={found.points} wishes={wishes} />
      <Table
        caption="Children"
        columns={childColumns}
        rows={found.children}
        empty={<Empty heading="No children">No pupil of this school has them as a contact.</Empty>}
      />
    </>
  )
}

type PointsProps = { found: Contact; wishes: Wishes; mayMend: boolean }

const Points = ({ found, wishes, mayMend }: PointsProps) => (
  <Table
    caption="Numbers and addresses"
    columns={[
      {
        head: 'Number or address',
        cell: ({ channel, value }: Point) => (
          <span class="sg-typed">{pointText(channel, value)}</span>
        ),
      },
      { head: 'Kind', cell: ({ channel }: Point) => channelWords[channel] },
      {
        head: 'State',
        cell: (point: Point) => (
          <State point={point} stopped={wishes.get(point.id)?.stopped ?? []} />
        ),
      },
      ...(mayMend
        ? [{ head: 'Correct', headHidden: true, cell: (point: Point) => correct(found, point) }]
        : []),
    ]}
    rows={found.points}
    empty={
      <Empty heading="No number or address">
        They cannot be reached. Add a number in your management information system, then import
        again.
      </Empty>
    }
  />
)

const correct = ({ id }: Contact, point: Point) => (
  <a class="govuk-link" href={`/school/contacts/${id}/points/${point.id}`}>
    Correct<span class="govuk-visually-hidden"> {pointText(point.channel, point.value)}</span>
  </a>
)

const State = ({ point, stopped }: { point: Point; stopped: WishesOfPoint['stopped'] }) => (
  <>
    {point.failingSinceMs !== null && (
      <>
        <Tag tone="orange">Not working</Tag> since {showDate(point.failingSinceMs)}.{' '}
        {failingWords(point.failingBecause)}.{' '}
      </>
    )}
    <Stopped wishes={stopped} />
    {point.failingSinceMs === null && stopped.length === 0 && 'In use'}
  </>
)

const childColumns = [
  {
    head: 'Name',
    cell: ({ id, record, standing }: Child) => (
      <>
        <a class="govuk-link" href={`/school/pupils/${id}`}>
          {fullName(record)}
        </a>{' '}
        <StandingTag standing={standing} />
      </>
    ),
  },
  { head: 'Relationship', cell: (child: Child) => <TieText tie={child} /> },
  { head: 'Priority', cell: ({ priority }: Child) => priority ?? 'None' },
  {
    head: 'Year',
    cell: ({ yearGroup, hasLeft }: Child) => (hasLeft ? <Tag>Left</Tag> : (yearGroup ?? 'None')),
  },
]
