import type { PropsWithChildren } from 'hono/jsx'
import type { Dropped, PersonEntry } from '#mis'
import { Table } from '../../kit/index.ts'
import { droppedWords } from '../../words/import.ts'
import { countOf } from '../../words/import-pages.ts'
import { ChangedTable } from './changed-table.tsx'
import type { ImportFacts } from './import-facts.ts'
import { importPath } from './import-of.ts'
import { More } from './more.tsx'
import { TouchedTable } from './touched-table.tsx'
import { RejectedTable } from './rejected-table.tsx'

/** Rows shown of each list; the rest is counted. */
const SHOWN = 50

type Props = { facts: ImportFacts; mayExport: boolean }

/** Everything that was found in the file, list by list. */
export const ReportTables = ({ facts, mayExport }: Props) => {
  const { imported, report } = facts
  if (!report) return null
  const pupils = imported.counts?.pupils
  const isDone = imported.state === 'applied'
  return (
    <div id="report">
      <RejectedTable {...{ facts, mayExport }} shown={SHOWN} />
      <PupilTable
        id="leaving"
        caption={isDone ? 'Pupils who left' : 'Pupils who leave'}
        entries={report.leaving}
        total={pupils?.leaving ?? 0}
      >
        {mayExport && report.leaving.length > SHOWN && (
          <p class="govuk-body">
            <a class="govuk-link" href={importPath(imported, '/leavers.csv')}>
              Download the whole list as a CSV file
            </a>
          </p>
        )}
      </PupilTable>
      <PupilTable
        id="returning"
        caption={isDone ? 'Pupils who returned' : 'Pupils who return'}
        entries={report.returning}
        total={pupils?.returning ?? 0}
      />
      <ChangedTable {...{ imported, report }} shown={SHOWN} />
      <TouchedTable touched={report.touched} isDone={isDone} />
      <PupilTable id="new" caption="New pupils" entries={report.added} total={pupils?.added ?? 0} />
      <DroppedTable dropped={report.dropped} />
    </div>
  )
}

type PupilTableProps = PropsWithChildren<{
  id: string
  caption: string
  entries: PersonEntry[]
  total: number
}>

const PupilTable = ({ id, caption, entries, total, children }: PupilTableProps) =>
  entries.length === 0 ? null : (
    <section id={id}>
      <Table
        caption={caption}
        rows={entries.slice(0, SHOWN)}
        columns={[
          { head: 'Pupil', cell: ({ name }: PersonEntry) => <span class="sg-typed">{name}</span> },
          ...(entries.some(({ placing }) => placing !== '')
            ? [{ head: 'Year and group', cell: ({ placing }: PersonEntry) => placing }]
            : []),
        ]}
      />
      <More total={total} shown={SHOWN} />
      {children}
    </section>
  )

const DroppedTable = ({ dropped }: { dropped: Dropped[] }) =>
  dropped.length === 0 ? null : (
    <section id="dropped">
      <Table
        caption="Columns that were left out"
        rows={dropped.slice(0, SHOWN)}
        columns={[
          { head: 'Column', cell: ({ column }: Dropped) => <span class="sg-typed">{column}</span> },
          { head: 'Held something in', cell: ({ count }) => countOf(count, 'row') },
          { head: 'Why', cell: ({ why }) => droppedWords[why] },
        ]}
      />
      <More total={dropped.length} shown={SHOWN} />
    </section>
  )
