import type { Child } from 'hono/jsx'
import * as attendance from '#attendance'
import { firstName, type Pupil } from '#people'
import { Empty } from '../../kit/index.ts'
import { type Entitled, may } from '../../may.ts'
import type { SchoolVisit } from '../../route.ts'
import { AbsenceTable } from './absence-table.tsx'
import { FigureList, MonthPlot } from './figures.tsx'

const SHOWN = 5

/** How often a pupil was in school this year, for a pupil's page. */
export async function AttendancePart({ visit, found }: { visit: SchoolVisit; found: Pupil }) {
  const year = await attendance.yearOf(visit.school, found.id)
  const latest = year.absences.slice(0, SHOWN)
  return (
    <section aria-labelledby="attendance">
      <h2 class="govuk-heading-m" id="attendance">
        Attendance this year
      </h2>
      {year.sessions.length === 0 ? (
        <NoRegisters user={visit.user} pupil={found} />
      ) : (
        <>
          <FigureList year={year} />
          <MonthPlot year={year} />
          <AbsenceTable caption="Latest absences" absences={latest} />
          <p class="govuk-body">
            <a class="govuk-link" href={`/school/pupils/${found.id}/attendance`}>
              All absences and changes of marks
            </a>
          </p>
        </>
      )}
    </section>
  )
}

/** Where registers come from, with the way there for those who may bring them. */
export const NoRegisters = ({ user, pupil }: { user: Entitled; pupil: Pupil }) => (
  <Empty heading="No registers yet">
    Registers come from your management information system, with{' '}
    <Way to={may(user, 'import') && '/school/imports'}>an import</Way> or by{' '}
    <Way to={may(user, 'manage-agents') && '/school/agents'}>an agent</Way> in your school. None of
    this school year has {firstName(pupil.record)} in it.
  </Empty>
)

const Way = ({ to, children }: { to: string | false; children: Child }) =>
  to === false ? (
    <>{children}</>
  ) : (
    <a class="govuk-link" href={to}>
      {children}
    </a>
  )
