import * as access from '#access'
import { isRefusal } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import { operatorRoute } from '../../route.ts'
import { decideRefusals } from '../../words-support.ts'
import { exportAsked } from './asked.ts'
import { showExport } from './export.tsx'

/** The second person agrees. */
export const bulkExportApproval = operatorRoute(
  '/operator/bulk-exports/:export/approval',
  'export-in-bulk',
  {
    isConfirmed: true,
    post: async (visit) => {
      const found = await exportAsked(visit)
      if (!found) return notFoundPage(visit)
      const { asked, areas } = found
      const refusal = await access.decideBulkExport(visit.directory, areas, asked, 'approved')
      if (isRefusal(refusal)) return showExport(visit, found, decideRefusals[refusal.refused])
      return seeOther(visit, '/operator/bulk-exports', 'bulk-export-approved')
    },
  },
)
