import { operatorRoute } from '../../route.ts'
import { decide } from './decision.ts'

/** The second person agrees. */
export const bulkExportApproval = operatorRoute(
  '/operator/bulk-exports/:export/approval',
  'export-in-bulk',
  { isConfirmed: true, post: decide('approved', 'bulk-export-approved') },
)
