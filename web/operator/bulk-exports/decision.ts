import * as access from '#access'
import { isRefusal } from '#kernel'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import type { SchoolVisit } from '../../route.ts'
import { decideRefusals } from '../../words/support.ts'
import type { Notice } from '../../words/notices.ts'
import { exportAsked } from './asked.ts'
import { showExport } from './export.tsx'

/** What the second person posts to: they agree, or do not. */
export const decide =
  (decision: 'approved' | 'refused', notice: Notice) =>
  async (visit: SchoolVisit): Promise<Response> => {
    const found = await exportAsked(visit)
    if (!found) return notFoundPage(visit)
    const { asked, areas } = found
    const refusal = await access.decideBulkExport(visit.directory, areas, asked, decision)
    if (isRefusal(refusal)) return showExport(visit, found, decideRefusals[refusal.refused])
    return seeOther(visit, '/operator/bulk-exports', notice)
  }
