import * as access from '#access'
import { isRefusal } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { operatorRoute } from '../../route.ts'
import { csvHeaders } from '../../csv-text.ts'
import { takeRefusals } from '../../words/support.ts'
import { exportAsked } from './asked.ts'
import { contentsOf } from './contents.ts'
import { showExport } from './export.tsx'

/** What was agreed to, once, to whoever asked. A form, not a link: nothing may fetch it ahead or again. */
export const bulkExportFile = operatorRoute(
  '/operator/bulk-exports/:export/file',
  'export-in-bulk',
  {
    isConfirmed: true,
    post: async (visit) => {
      const found = await exportAsked(visit)
      if (!found) return notFoundPage(visit)
      const { asked, areas } = found
      const refusal = await access.takeBulkExport(visit.directory, areas, asked)
      if (isRefusal(refusal)) return showExport(visit, found, takeRefusals[refusal.refused])

      const lines = contentsOf(visit.directory, areas.customer, asked.what)
      return visit.c.body(lines, 200, csvHeaders(`${asked.what}-${asked.organisationId}.csv`))
    },
  },
)
