import type { SessionMark } from '#attendance'
import { CODES_2024, showDay } from '#kernel'
import { Empty, Table, Tag } from '../../kit/index.ts'
import { codeWords, sessionWords } from '../../words/attendance.ts'

/** Sessions missed, the newest first. */
export const AbsenceTable = (props: { caption: string; absences: readonly SessionMark[] }) => (
  <Table
    caption={props.caption}
    captionSize="s"
    rows={props.absences}
    columns={[
      { head: 'Day', cell: ({ date }: SessionMark) => showDay(date) },
      { head: 'Session', cell: ({ session }) => sessionWords[session] },
      { head: 'Code', cell: ({ code }) => codeWords(code) },
      {
        head: 'Kind',
        cell: ({ code }) =>
          CODES_2024[code].meaning === 'authorised' ? (
            'Authorised'
          ) : (
            <Tag tone="orange">Unauthorised</Tag>
          ),
      },
    ]}
    empty={<Empty heading="No absences">No session was missed this school year.</Empty>}
  />
)
