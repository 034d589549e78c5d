import * as attendance from '#attendance'
import type { Conduct } from '#attendance'
import { showDay } from '#kernel'
import { firstName, type Pupil } from '#people'
import { Empty, Table } from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import { conductWords } from '../../words/attendance.ts'

const SHOWN = 10

/** What a pupil did well or badly lately, and detentions, for a pupil's page. */
export async function ConductPart({ visit, found }: { visit: SchoolVisit; found: Pupil }) {
  const conduct = await attendance.conductThisYear(visit.school, found.id)
  const caption =
    conduct.length > SHOWN
      ? `Behaviour, achievements and detentions, the latest ${SHOWN} of ${conduct.length} this year`
      : 'Behaviour, achievements and detentions this year'
  return (
    <Table
      caption={caption}
      rows={conduct.slice(0, SHOWN)}
      columns={columns}
      empty={
        <Empty heading="No behaviour, achievements or detentions this year">
          They come from your management information system with an import. None is about{' '}
          {firstName(found.record)}.
        </Empty>
      }
    />
  )
}

const columns = [
  { head: 'Day', cell: ({ date }: Conduct) => showDay(date) },
  { head: 'Kind', cell: ({ kind }: Conduct) => conductWords[kind] },
  {
    head: 'What',
    cell: ({ type, description }: Conduct) => (
      <>
        {type}
        {description && <div class="govuk-hint govuk-!-margin-bottom-0">{description}</div>}
      </>
    ),
  },
  { head: 'Points', cell: ({ points }: Conduct) => points ?? 'None', numeric: true },
]
