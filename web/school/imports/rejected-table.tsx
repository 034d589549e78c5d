import type { Rejected } from '#mis'
import { Table } from '../../kit/index.ts'
import { rejectedColumn } from '../../words/rejected-column.ts'
import { lineWord, rejectedReason, whoRejected } from '../../words/rejected.ts'
import type { ImportFacts } from './import-facts.ts'
import { importPath } from './import-of.ts'
import { More } from './more.tsx'

type Props = { facts: ImportFacts; mayExport: boolean; shown: number }

/** What was not taken, with its line and the reason; all of it as a file to work through. */
export const RejectedTable = ({ facts, mayExport, shown }: Props) => {
  const { imported, report } = facts
  if (!report || report.rejected.length + report.moreRejected === 0) return null
  const rows = report.rejected.slice(0, shown)
  const areNamed = rows.some((each) => whoRejected(each) !== '')
  const areShown = rows.some((each) => each.shown !== undefined)
  return (
    <section id="rejected">
      <Table
        caption="What was not taken"
        rows={rows}
        columns={[
          { head: lineWord(report.source), cell: ({ line }: Rejected) => String(line) },
          ...(areNamed ? [whoColumn] : []),
          {
            head: 'Column',
            cell: ({ field }) => (
              <span class="sg-typed">{rejectedColumn(field, report.source)}</span>
            ),
          },
          ...(areShown ? [shownColumn] : []),
          { head: 'Why, and what to do', cell: (each) => rejectedReason(each, imported.data) },
        ]}
      />
      <More total={report.rejected.length + report.moreRejected} shown={rows.length} />
      <Where facts={facts} />
      {mayExport && report.rejected.length > 0 && (
        <p class="govuk-body">
          <a class="govuk-link" href={importPath(imported, '/rejected.csv')}>
            Download this list as a CSV file
          </a>
        </p>
      )}
    </section>
  )
}

const whoColumn = {
  head: 'Of whom',
  cell: (each: Rejected) => <span class="sg-typed">{whoRejected(each)}</span>,
}

const shownColumn = {
  head: 'In the file',
  cell: ({ shown }: Rejected) => <span class="sg-typed">{shown ?? ''}</span>,
}

/** What a row says stays in the school: whoever looks for it must know where. */
const Where = ({ facts: { imported, report, uploadedBy } }: { facts: ImportFacts }) => {
  if (!report || imported.source !== 'agent') return null
  const isLine = lineWord(report.source) === 'Line'
  return (
    <p class="govuk-body">
      {isLine ? 'The lines are those in the file of ' : 'The records are counted as they came to '}
      <span class="sg-typed">{uploadedBy}</span>
      {isLine ? ', on its own computer.' : ' from your school’s system.'} What they say was not sent
      to Schoolgate: to see it, run the agent’s command “preview” there.
    </p>
  )
}
