import type { Holding } from '#shards'
import { screenings, supportAccesses, bulkExports } from './directory-tables.ts'

/** Nothing deletes them yet: the retention that PRODUCT 8.4 asks for does, with the trail, before the first is due. */
const SIX_YEARS =
  'PRODUCT 8.4: as the trail, which names it; the retention of PRODUCT 8.4 deletes them, none is due before 2032'

export const screeningsHolding = {
  table: screenings,
  about: 'user',
  purpose: 'Lets a school decide whether support may come in',
  basis: 'contract',
  columns: {
    id: 'identifier',
    organisationId: 'identifier',
    userId: 'identifier',
    code: 'pseudonym',
    createdAtMs: 'operational',
    expiresAtMs: 'operational',
    closedAtMs: 'operational',
  },
  keep: { until: 'made', days: 1, because: 'PRODUCT 3.6: a code lasts ten minutes' },
  destroy: 'rows',
} satisfies Holding<typeof screenings>

export const supportAccessesHolding = {
  table: supportAccesses,
  about: 'user',
  purpose: 'Shows a school who of the operator was in its area, at which level and why',
  basis: 'legal-obligation',
  columns: {
    id: 'identifier',
    organisationId: 'identifier',
    operatorId: 'identifier',
    operatorRole: 'operational',
    screenedBy: 'identifier',
    role: 'operational',
    yearGroups: 'operational',
    record: 'personal',
    startedAtMs: 'operational',
    endsAtMs: 'operational',
    endedAtMs: 'operational',
    endedBy: 'identifier',
    toldAtMs: 'operational',
  },
  keep: { until: 'made', days: 6 * 365, because: SIX_YEARS },
  destroy: 'rows',
} satisfies Holding<typeof supportAccesses>

export const bulkExportsHolding = {
  table: bulkExports,
  about: 'user',
  purpose: 'Shows who asked for an export of a customer’s data, why, and who agreed',
  basis: 'legal-obligation',
  columns: {
    id: 'identifier',
    organisationId: 'identifier',
    what: 'operational',
    record: 'personal',
    requestedBy: 'identifier',
    requestedAtMs: 'operational',
    decidedBy: 'identifier',
    decision: 'operational',
    decidedAtMs: 'operational',
    fetchedAtMs: 'operational',
  },
  keep: { until: 'made', days: 6 * 365, because: SIX_YEARS },
  destroy: 'rows',
} satisfies Holding<typeof bulkExports>
