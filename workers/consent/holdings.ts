import type { Holding } from '#shards'
import { optIns, optOuts } from './tables.ts'

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

export const optInsHolding = {
  table: optIns,
  about: 'contact',
  purpose: 'Shows who agreed to marketing beforehand, since when and until when',
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
  // Whoever sends has to be able to show that there was consent (UK GDPR Article 7(1)), ended or not.
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1, 8.6' },
  destroy: 'rows',
} satisfies Holding<typeof optIns>
