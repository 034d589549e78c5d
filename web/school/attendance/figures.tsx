import type { Figures, PupilYear } from '#attendance'
import { showDay } from '#kernel'
import { BarChart, SummaryList, Tag } from '../../kit/index.ts'
import { monthWords, percentWords, persistenceWords } from '../../words/attendance.ts'

/** What a year of registers comes to, in numbers. */
export const FigureList = ({ year: { figures, from } }: { year: PupilYear }) => (
  <SummaryList
    rows={[
      { key: 'Attendance', value: <Attendance figures={figures} /> },
      {
        key: 'Possible sessions',
        value: `${figures.possible.toLocaleString('en-GB')} since ${showDay(from)}`,
      },
      { key: 'Authorised absences', value: sessions(figures.authorised) },
      { key: 'Unauthorised absences', value: sessions(figures.unauthorised) },
      { key: 'Late', value: times(figures.late) },
    ]}
  />
)

const Attendance = ({ figures }: { figures: Figures }) => (
  <>
    {percentWords(figures.percentage)}{' '}
    {figures.persistence !== 'none' && (
      <Tag tone="orange">{persistenceWords[figures.persistence]}</Tag>
    )}
  </>
)

/** Attendance month by month, as a plot with its table. Months without a possible session are left out. */
export const MonthPlot = ({ year }: { year: PupilYear }) => (
  <BarChart
    caption="Attendance by month"
    heads={['Month', 'Attendance']}
    bars={year.byMonth.flatMap(({ month, figures: { percentage } }) =>
      percentage === null
        ? []
        : [
            {
              label: monthWords(month),
              value: Math.floor(percentage * 10) / 10,
              text: percentWords(percentage),
            },
          ],
    )}
  />
)

const sessions = (count: number): string => `${count} ${count === 1 ? 'session' : 'sessions'}`
const times = (count: number): string => `${count} ${count === 1 ? 'time' : 'times'}`
