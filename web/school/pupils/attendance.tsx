import * as attendance from '#attendance'
import type { PupilYear } from '#attendance'
import { parseId, showDay, showShort } from '#kernel'
import * as people from '#people'
import { fullName } from '#people'
import { notFoundPage } from '../../error-pages.tsx'
import { BackLink, Empty, PageHeading, Table } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { codeWords, placeWords } from '../../words/attendance.ts'
import { AbsenceTable } from '../attendance/absence-table.tsx'
import { NoRegisters } from '../attendance/attendance-part.tsx'
import { FigureList, MonthPlot } from '../attendance/figures.tsx'

/** A pupil's registers of this school year: every absence, and every mark that was changed, by whom and why. */
export const pupilAttendance = schoolRoute('/school/pupils/:pupil/attendance', 'see-attendance', {
  get: async (visit) => {
    const { school, user } = visit
    const id = parseId('pupil', visit.param('pupil'))
    const found = id && (await people.viewPupil(school, id, { yearGroups: user.yearGroups }))
    if (!found) return notFoundPage(visit)
    const year = await attendance.yearOf(school, found.id)
    const name = fullName(found.record)
    return page(
      visit,
      {
        title: `Attendance of ${name}`,
        before: <BackLink href={`/school/pupils/${found.id}`} text={name} />,
      },
      <>
        <PageHeading caption={name}>Attendance this year</PageHeading>
        {year.sessions.length === 0 ? (
          <NoRegisters user={visit.user} pupil={found} />
        ) : (
          <>
            <FigureList year={year} />
            <MonthPlot year={year} />
            <AbsenceTable caption="Absences" absences={year.absences} />
            <Amendments year={year} />
          </>
        )}
      </>,
    )
  },
})

type Change = PupilYear['amendments'][number]

const Amendments = ({ year }: { year: PupilYear }) => (
  <Table
    caption="Marks that were changed"
    captionSize="s"
    rows={year.amendments}
    columns={[
      {
        head: 'Session or lesson',
        cell: ({ date, at }: Change) => `${showDay(date)}, ${placeWords(at).toLowerCase()}`,
      },
      { head: 'Original', cell: ({ original }) => codeWords(original) },
      { head: 'New', cell: ({ code }) => codeWords(code) },
      { head: 'Reason', cell: ({ reason }) => reason ?? 'Not given' },
      { head: 'Changed', cell: ({ atMs }) => showShort(atMs) },
      { head: 'By', cell: ({ by }) => whoWords(by) },
    ]}
    empty={<Empty heading="No marks were changed">Each mark is as it was first taken.</Empty>}
  />
)

const whoWords = (by: Change['by']): string =>
  by.kind === 'person' ? `${by.name}, ${by.title}` : 'Your management information system'
