import type { Import, Rejected, Report } from '#mis'
import { Table } from '../../kit/index.ts'
import { rejectedReason } from '../../words-import.ts'
import { importPath } from './import-of.ts'
import { More } from './more.tsx'

type Props = { imported: Import; report: Report; mayExport: boolean; shown: number }

/** What was not taken, with its line and the reason; all of it as a file to work through. */
export const RejectedTable = ({ imported, report, mayExport, shown }: Props) =>
  report.rejected.length === 0 ? null : (
    <section id="rejected">
      <Table
        caption="What was not taken"
        rows={report.rejected.slice(0, shown)}
        columns={[
          { head: 'Line', cell: ({ line }: Rejected) => String(line) },
          { head: 'Column', cell: ({ field }) => <span class="sg-typed">{field}</span> },
          { head: 'In the file', cell: (each) => <span class="sg-typed">{each.shown ?? ''}</span> },
          { head: 'Why, and what to do', cell: (each) => rejectedReason(each) },
        ]}
      />
      <More total={report.rejected.length + report.moreRejected} shown={shown} />
      {mayExport && (
        <p class="govuk-body">
          <a class="govuk-link" href={importPath(imported, '/rejected.csv')} download>
            Download this list as a CSV file
          </a>
        </p>
      )}
    </section>
  )
