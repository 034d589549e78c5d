import { parseId, showDate, showDay } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import { contactName, firstName, fullName, type Pupil, type PupilContact } from '#people'
import {
  BackLink,
  ButtonLink,
  Empty,
  Inset,
  PageHeading,
  SummaryList,
  Table,
  Warning,
} from '../../kit/index.ts'
import { notFoundPage } from '../../error-pages.tsx'
import { may } from '../../may.ts'
import { page } from '../../page.tsx'
import { schoolRoute, type SchoolVisit } from '../../route.ts'
import { genderWords } from '../../words/people.ts'
import { AttendancePart } from '../attendance/attendance-part.tsx'
import { ConductPart } from '../attendance/conduct-part.tsx'
import { Reached, StandingTag, TieText } from '../contacts/parts.tsx'
import { linesOf, type MessageLine, MessageTable } from '../messages/list.tsx'
import { authorOf } from '../messages/whose.ts'
import { LatestLooks } from './latest-looks.tsx'
import { Restrictions } from './restriction-list.tsx'

const MESSAGES_SHOWN = 5

/** One pupil: who they are, who answers for them, and who must not be told. */
export const pupil = schoolRoute('/school/pupils/:pupil', 'see-people', {
  get: async (visit) => {
    const id = parseId('pupil', visit.param('pupil'))
    const { school, user } = visit
    const found = id && (await people.viewPupil(school, id, { yearGroups: user.yearGroups }))
    if (!found) return notFoundPage(visit)
    return page(visit, { title: fullName(found.record), before: back }, await body(visit, found))
  },
})

const back = <BackLink href="/school/pupils" text="All pupils" />

async function body(visit: SchoolVisit, found: Pupil) {
  const caption = [found.yearGroup, found.registrationGroup].filter(Boolean).join(', ')
  return (
    <>
      <PageHeading caption={caption || 'Pupil'} actions={<Actions visit={visit} found={found} />}>
        {fullName(found.record)}
      </PageHeading>
      {found.leftAtMs !== null && (
        <Inset>
          {firstName(found.record)} left on {showDate(found.leftAtMs)}. Nobody is sent messages
          about them.
        </Inset>
      )}
      <NotToBeTold found={found} />
      <Details found={found} />
      <Contacts found={found} />
      {may(visit.user, 'see-attendance') && <AttendancePart visit={visit} found={found} />}
      {may(visit.user, 'see-conduct') && <ConductPart visit={visit} found={found} />}
      {may(visit.user, 'see-restrictions') && <Restrictions visit={visit} found={found} />}
      {may(visit.user, 'send-messages') && (
        <MessageTable
          caption="Latest messages about this pupil"
          lines={await messagesAbout(visit, found)}
          empty={
            <Empty heading="No messages yet">
              What is sent about {firstName(found.record)} is listed here.
            </Empty>
          }
        />
      )}
      {may(visit.user, 'see-looks') && <LatestLooks visit={visit} found={found} />}
    </>
  )
}

async function messagesAbout(visit: SchoolVisit, { id }: Pupil): Promise<MessageLine[]> {
  const options = { about: id, limit: MESSAGES_SHOWN }
  return linesOf(visit.school, await messaging.list(visit.school, authorOf(visit), options))
}

const Actions = ({ visit, found }: { visit: SchoolVisit; found: Pupil }) => (
  <>
    {may(visit.user, 'send-messages') && found.leftAtMs === null && (
      <ButtonLink href={`/school/messages/new?pupil=${found.id}`}>Send a message</ButtonLink>
    )}
    {may(visit.user, 'change-restrictions') && found.contacts.length > 0 && (
      <ButtonLink href={`/school/pupils/${found.id}/restrictions`} kind="secondary">
        Add a restriction
      </ButtonLink>
    )}
  </>
)

const NotToBeTold = ({ found }: { found: Pupil }) => {
  const names = found.contacts
    .filter((contact) => contact.standing !== 'none')
    .map((contact) => contactName(contact.record))
  if (names.length === 0) return null
  return (
    <Warning>
      Do not contact {new Intl.ListFormat('en-GB').format(names)} about {firstName(found.record)}.
      Every message leaves them out, and every number or address that reaches them.
    </Warning>
  )
}

const Details = ({ found }: { found: Pupil }) => {
  const { forename, middleNames, surname, dateOfBirth, gender, upn, admissionNumber } = found.record
  const rows = [
    { key: 'Full name', value: [forename, middleNames, surname].filter(Boolean).join(' ') },
    {
      key: 'Known as',
      value: firstName(found.record) === forename ? null : firstName(found.record),
    },
    { key: 'Date of birth', value: dateOfBirth && showDay(dateOfBirth) },
    { key: 'Gender', value: gender && (genderWords[gender] ?? gender) },
    { key: 'House', value: found.house },
    { key: 'Admission number', value: admissionNumber },
    { key: 'UPN', value: upn },
    { key: 'Reached at', value: found.points.length > 0 && <Reached points={found.points} /> },
  ]
  return (
    <SummaryList
      rows={rows.filter((row) => row.value).map((row) => ({ ...row, value: row.value }))}
    />
  )
}

const Contacts = ({ found }: { found: Pupil }) => (
  <Table
    caption="Contacts"
    columns={contactColumns}
    rows={found.contacts}
    empty={
      <Empty heading="No contacts">
        Nobody can be told anything about {firstName(found.record)}. Add a contact in your
        management information system, then import again.
      </Empty>
    }
  />
)

const contactColumns = [
  {
    head: 'Name',
    isRowHeader: true,
    cell: ({ id, record, standing }: PupilContact) => (
      <>
        <a class="govuk-link" href={`/school/contacts/${id}`}>
          {contactName(record)}
        </a>{' '}
        <StandingTag standing={standing} />
      </>
    ),
  },
  { head: 'Relationship', cell: (contact: PupilContact) => <TieText tie={contact} /> },
  { head: 'Priority', cell: ({ priority }: PupilContact) => priority ?? 'None' },
  { head: 'Reached at', cell: ({ points }: PupilContact) => <Reached points={points} /> },
]
