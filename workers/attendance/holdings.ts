import type { Holding } from '#shards'
import { conductRecords, registerPages } from './tables.ts'

const REGISTER_YEARS = 6

export const registerPagesHolding = {
  table: registerPages,
  about: 'pupil',
  purpose: 'Knows who was in school, so that absence is followed up and parents see it',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    pupilId: 'identifier',
    month: 'operational',
    record: 'personal',
    version: 'operational',
    createdAtMs: 'operational',
  },
  keep: {
    until: 'made',
    days: REGISTER_YEARS * 365 + 2,
    because: 'PRODUCT 10.1: registers are kept six years',
  },
  destroy: 'rows',
} satisfies Holding<typeof registerPages>

export const conductRecordsHolding = {
  table: conductRecords,
  about: 'pupil',
  purpose: 'Shows parents and staff what a pupil did well or badly, and any detention',
  basis: 'public-task',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    pupilId: 'identifier',
    kind: 'circumstance',
    month: 'operational',
    record: 'personal',
    sourceFingerprint: 'pseudonym',
    digest: 'pseudonym',
    createdAtMs: 'operational',
  },
  keep: { until: 'left', days: 30, because: 'PRODUCT 8.4: leavers 30 days' },
  destroy: 'rows',
} satisfies Holding<typeof conductRecords>
