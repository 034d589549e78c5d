import { schoolRoute } from '../../route.ts'
import { lineWord, rejectedReason, whoRejected } from '../../words/rejected.ts'
import { rejectedColumn } from '../../words/rejected-column.ts'
import { reportFile } from './report-file.ts'

/** Everything that was not taken, for whoever puts it right in the school's own system. */
export const importRejected = schoolRoute('/school/imports/:import/rejected.csv', 'export-import', {
  isConfirmed: true,
  get: (visit) =>
    reportFile(visit, 'not-taken.csv', ({ rejected, source }, { data }) => [
      [lineWord(source), 'Of whom', 'Column', 'In the file', 'Why'],
      ...rejected.map((each) => [
        String(each.line),
        whoRejected(each),
        rejectedColumn(each.field, source),
        each.shown ?? '',
        rejectedReason(each, data),
      ]),
    ]),
})
