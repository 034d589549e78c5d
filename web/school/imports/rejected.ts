import * as mis from '#mis'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { lineWord, rejectedReason, whoRejected } from '../../words/rejected.ts'
import { rejectedColumn } from '../../words/rejected-column.ts'
import { csvHeaders, csvText } from '../../csv-text.ts'
import { importOf, importPath } from './import-of.ts'

/** Everything that was not taken, for whoever puts it right in the school's own system. */
export const importRejected = schoolRoute('/school/imports/:import/rejected.csv', 'export-import', {
  isConfirmed: true,
  get: async (visit) => {
    const imported = await importOf(visit)
    if (!imported) return notFoundPage(visit)
    const { school, env } = visit
    const report = await mis.reportOf(school, env.FILES, imported, 'exported')
    if (!report) return seeOther(visit, importPath(imported))

    const rows = report.rejected.map((each) => [
      String(each.line),
      whoRejected(each),
      rejectedColumn(each.field, report.source),
      each.shown ?? '',
      rejectedReason(each, imported.data),
    ])
    return visit.c.body(
      csvText([[lineWord(report.source), 'Of whom', 'Column', 'In the file', 'Why'], ...rows]),
      200,
      csvHeaders('not-taken.csv'),
    )
  },
})
