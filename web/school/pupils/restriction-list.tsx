import { showDate } from '#kernel'
import * as people from '#people'
import { contactName, firstName, type Pupil, type Restriction } from '#people'
import { SummaryList } from '../../kit/index.ts'
import { may } from '../../may.ts'
import type { SchoolVisit } from '../../route.ts'
import { scopeWords } from '../../words/people.ts'

/** Why contacts of this pupil must not be told, for those who may know. */
export async function Restrictions({ visit, found }: { visit: SchoolVisit; found: Pupil }) {
  const theirs = await people.viewRestrictions(visit.school, found)
  if (theirs.length === 0) return null
  const names = await namesOf(visit, theirs)
  return (
    <>
      <h2 class="govuk-heading-m">Restrictions</h2>
      {theirs.map((one) => (
        <SummaryList
          title={names.get(one.contactId) ?? 'A contact'}
          rows={[
            ...goneRow(one, found),
            ...rowsOf(one, found),
            ...(may(visit.user, 'change-restrictions') ? [endRow(one)] : []),
          ]}
        />
      ))}
    </>
  )
}

async function namesOf({ school }: SchoolVisit, theirs: readonly Restriction[]) {
  const ids = [...new Set(theirs.map(({ contactId }) => contactId))]
  const records = await people.contactRecords(school, ids)
  return new Map([...records].map(([id, record]) => [id, contactName(record)]))
}

/** An order does not end by a file that lists somebody under another name, or not at all. */
const goneRow = ({ contactId }: Restriction, { contacts }: Pupil) =>
  contacts.some(({ id }) => id === contactId)
    ? []
    : [
        {
          key: 'Contact',
          value:
            'Not one of this pupil’s contacts any more. Look whether they are there under another name: the restriction does not hold for that one.',
        },
      ]

function rowsOf(one: Restriction, found: Pupil) {
  const isUpcoming = one.standing === 'none'
  const about = one.pupilId === null ? 'Every child at this school' : firstName(found.record)
  return [
    { key: 'What', value: scopeWords[one.scope]?.text ?? 'Cannot be read: nothing is sent' },
    { key: 'About', value: about },
    {
      key: 'Why',
      value: one.record?.reason ?? 'Cannot be read: nothing is sent until this is put right',
    },
    ...(one.record?.evidence ? [{ key: 'Evidence', value: one.record.evidence }] : []),
    ...(one.record?.owner ? [{ key: 'Who looks after it', value: one.record.owner }] : []),
    { key: isUpcoming ? 'Begins' : 'Since', value: dateOf(one.startsAtMs) },
    {
      key: 'To be reviewed',
      value: one.reviewAtMs === null ? 'No date set' : dateOf(one.reviewAtMs),
    },
  ]
}

// A date that cannot be one is what made the restriction unreadable: it must not break the page.
const dateOf = (ms: number): string => {
  try {
    return showDate(ms)
  } catch {
    return 'Cannot be read'
  }
}

const endRow = (one: Restriction) =>
  one.source === 'mis'
    ? {
        key: 'Source',
        value:
          'Your management information system. It ends with the import that no longer carries it.',
      }
    : {
        key: 'Source',
        value: 'Added here',
        action: {
          text: 'End',
          href: `/school/restrictions/${one.id}/end`,
          hidden: 'this restriction',
        },
      }
