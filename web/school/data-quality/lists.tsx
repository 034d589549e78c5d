import type { Child } from 'hono/jsx'
import type { Duplicate, Named, Part, SharedPoint, ThinlyReached } from '#people'
import { Empty, Table } from '../../kit/index.ts'
import { pointText } from '../contacts/parts.tsx'

/** One kind of thing to check, under its heading; how many more there are is said. */
const Section = (props: {
  id: string
  heading: string
  why: string
  part: Part<unknown>
  empty: string
  children: Child
}) => (
  <section aria-labelledby={props.id}>
    <h2 class="govuk-heading-m" id={props.id}>
      {props.heading}
    </h2>
    {props.part.total === 0 ? (
      <Empty heading="Nothing to check">{props.empty}</Empty>
    ) : (
      <>
        <p class="govuk-body">{props.why}</p>
        {props.part.total > props.part.shown.length && (
          <p class="govuk-body">
            These are {props.part.shown.length} of {props.part.total.toLocaleString('en-GB')}.
          </p>
        )}
        {props.children}
      </>
    )}
  </section>
)

export const Unreachable = ({ part }: { part: Part<ThinlyReached> }) => (
  <Section
    id="unreachable"
    heading="Nobody can be told"
    why="No contact of these pupils has a number or address that works and may be told. A message about them reaches nobody."
    part={part}
    empty="Every pupil has a contact who can be reached."
  >
    <PupilTable caption="Pupils nobody can be told about" pupils={part.shown} />
  </Section>
)

export const FewContacts = ({ part }: { part: Part<ThinlyReached> }) => (
  <Section
    id="few-contacts"
    heading="One contact only"
    why="Schools are expected to hold more than one emergency contact for each pupil where that is reasonably possible."
    part={part}
    empty="Every pupil who can be reached has two contacts or more."
  >
    <PupilTable caption="Pupils with one contact only" pupils={part.shown} />
  </Section>
)

const PupilTable = (props: { caption: string; pupils: readonly ThinlyReached[] }) => (
  <Table
    caption={props.caption}
    captionHidden
    rows={props.pupils}
    columns={[
      { head: 'Pupil', cell: ({ id, name }: ThinlyReached) => <PupilLink id={id} name={name} /> },
      { head: 'Year', cell: ({ yearGroup }) => yearGroup ?? 'None' },
      { head: 'Contacts', cell: ({ contacts }) => contacts, numeric: true },
      { head: 'Can be reached', cell: ({ reachable }) => reachable, numeric: true },
    ]}
  />
)

export const Failing = ({ count }: { count: number }) => (
  <Section
    id="failing"
    heading="Numbers and addresses that fail"
    why="Messages to these do not arrive."
    part={{ total: count, shown: Array.from({ length: count }) }}
    empty="Every number and address that was written to works."
  >
    <p class="govuk-body">
      <a class="govuk-link" href="/school/contacts-to-fix">
        {count === 1 ? 'The one to fix' : `The ${count.toLocaleString('en-GB')} to fix`}
      </a>
    </p>
  </Section>
)

export const Shared = ({ part }: { part: Part<SharedPoint> }) => (
  <Section
    id="shared"
    heading="Shared by different people"
    why="Each of these belongs to more than one contact. That may be right. If it is not, somebody gets what is meant for somebody else."
    part={part}
    empty="No mobile or address belongs to two contacts."
  >
    <Table
      caption="Numbers and addresses shared by different people"
      captionHidden
      rows={part.shown}
      columns={[
        {
          head: 'Number or address',
          cell: ({ channel, value }: SharedPoint) => (
            <span class="sg-typed">{pointText(channel, value)}</span>
          ),
        },
        { head: 'Who has it', cell: ({ contacts }) => contacts.map((one) => <Who one={one} />) },
      ]}
    />
  </Section>
)

export const Duplicates = ({ part }: { part: Part<Duplicate> }) => (
  <Section
    id="duplicates"
    heading="There twice"
    why="These have the same name, and a child, a number or an address in common. If they are one person, join them, and in your management information system too."
    part={part}
    empty="No two contacts seem to be one person."
  >
    <Table
      caption="Contacts who may be there twice"
      captionHidden
      rows={part.shown}
      columns={[
        { head: 'One', cell: ({ contacts: [one] }: Duplicate) => <Who one={one} /> },
        { head: 'The other', cell: ({ contacts: [, other] }) => <Who one={other} /> },
        { head: 'In common', cell: whatTheyShare },
        { head: 'Join', headHidden: true, cell: ({ contacts }) => <Join contacts={contacts} /> },
      ]}
    />
  </Section>
)

const whatTheyShare = ({ sharesChild, sharesPoint }: Duplicate): string =>
  ['Name', sharesChild && 'child', sharesPoint && 'number or address'].filter(Boolean).join(', ')

const Join = ({ contacts: [one, other] }: Pick<Duplicate, 'contacts'>) => (
  <a class="govuk-link" href={`/school/contacts/${one.id}/joining/${other.id}`}>
    Join<span class="govuk-visually-hidden"> the two records of {one.name}</span>
  </a>
)

const Who = ({ one }: { one: Named }) => (
  <div>
    <a class="govuk-link" href={`/school/contacts/${one.id}`}>
      {one.name}
    </a>
    {one.pupils.length > 0 && `, for ${one.pupils.map(({ name }) => name).join(', ')}`}
  </div>
)

const PupilLink = ({ id, name }: { id: string; name: string }) => (
  <a class="govuk-link" href={`/school/pupils/${id}`}>
    {name}
  </a>
)
