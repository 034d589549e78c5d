import * as mis from '#mis'
import { csvHeaders, csvText } from '../../csv-text.ts'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { importOf, importPath } from './import-of.ts'

/** Everybody who is marked as left by an import, so that whoever approves it can look for each of them. */
export const importLeavers = schoolRoute('/school/imports/:import/leavers.csv', 'export-import', {
  isConfirmed: true,
  get: async (visit) => {
    const imported = await importOf(visit)
    if (!imported) return notFoundPage(visit)
    const { school, env } = visit
    const report = await mis.reportOf(school, env.FILES, imported, 'exported')
    if (!report) return seeOther(visit, importPath(imported))

    const rows = report.leaving.map(({ name, placing }) => [name, placing])
    const text = csvText([['Pupil', 'Year and group'], ...rows])
    return visit.c.body(text, 200, csvHeaders('leavers.csv'))
  },
})
