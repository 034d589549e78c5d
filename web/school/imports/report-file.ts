import * as mis from '#mis'
import { csvHeaders, csvText } from '../../csv-text.ts'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import type { SchoolVisit } from '../../route.ts'
import { importOf, importPath } from './import-of.ts'

type RowsOf = (report: mis.Report, imported: mis.Import) => readonly (readonly string[])[]

/** A list of an import's report as a CSV file, its headings first. That somebody took it away stands in the trail. */
export async function reportFile(
  visit: SchoolVisit,
  fileName: string,
  rowsOf: RowsOf,
): Promise<Response> {
  const imported = await importOf(visit)
  if (!imported) return notFoundPage(visit)
  const { school, env } = visit
  const report = await mis.reportOf(school, env.FILES, imported, 'exported')
  if (!report) return seeOther(visit, importPath(imported))
  return visit.c.body(csvText(rowsOf(report, imported)), 200, csvHeaders(fileName))
}
