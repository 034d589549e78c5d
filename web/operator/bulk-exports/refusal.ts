import { operatorRoute } from '../../route.ts'
import { decide } from './decision.ts'

/** The second person does not agree: nothing is exported. */
export const bulkExportRefusal = operatorRoute(
  '/operator/bulk-exports/:export/refusal',
  'export-in-bulk',
  { isConfirmed: true, post: decide('refused', 'bulk-export-refused') },
)
