import type { Holding } from '#shards'
import { writeBacks } from './tables.ts'

export const writeBacksHolding = {
  table: writeBacks,
  about: 'pupil',
  purpose: 'Brings what was decided or corrected here back into the school’s own system',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    kind: 'operational',
    aboutId: 'identifier',
    state: 'operational',
    record: 'personal',
    createdBy: 'identifier',
    createdAtMs: 'operational',
    collectedBy: 'identifier',
    collectedAtMs: 'operational',
    closedAtMs: 'operational',
  },
  keep: { until: 'made', days: 395, because: 'PRODUCT 8.4: as delivery metadata, 13 months' },
  destroy: 'rows',
} satisfies Holding<typeof writeBacks>
