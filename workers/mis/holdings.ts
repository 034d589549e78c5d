import type { Holding } from '#shards'
import { importMappings, imports } from './tables.ts'

export const importsHolding = {
  table: imports,
  about: 'pupil',
  purpose: 'Shows which files changed the school’s roll, when and by whose hand',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    state: 'operational',
    kind: 'operational',
    source: 'operational',
    agentId: 'identifier',
    data: 'operational',
    takenAtMs: 'operational',
    refusedBecause: 'operational',
    record: 'personal',
    isPartial: 'operational',
    fileFingerprint: 'pseudonym',
    mappingId: 'identifier',
    counts: 'operational',
    comparedAfter: 'operational',
    heldBecause: 'operational',
    approvedBy: 'identifier',
    position: 'operational',
    kept: 'operational',
    createdBy: 'identifier',
    createdAtMs: 'operational',
    closedAtMs: 'operational',
  },
  keep: { until: 'made', days: 6 * 365, because: 'PRODUCT 8.4: with the audit trail, 6 years' },
  destroy: 'rows',
} satisfies Holding<typeof imports>

export const importMappingsHolding = {
  table: importMappings,
  about: 'school',
  purpose: 'Spares the school from matching the same columns each time',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    record: 'personal',
    headersFingerprint: 'pseudonym',
    changedAtMs: 'operational',
  },
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1' },
  destroy: 'rows',
} satisfies Holding<typeof importMappings>
