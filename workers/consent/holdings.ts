import type { Holding } from '#shards'
import { optOuts } from './tables.ts'

export const optOutsHolding = {
  table: optOuts,
  about: 'contact',
  purpose: 'Remembers who asked not to be sent what is not essential',
  basis: 'legal-obligation',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    channel: 'circumstance',
    fingerprint: 'pseudonym',
    source: 'operational',
    atMs: 'circumstance',
    endedAtMs: 'circumstance',
  },
  // Without it an imported number would be written to again; it holds no name and no number.
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1, 8.6' },
  destroy: 'rows',
} satisfies Holding<typeof optOuts>
