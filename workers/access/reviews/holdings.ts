import type { Holding } from '#shards'
import { reviews, reviewLines } from './directory-tables.ts'

/** Nothing deletes them yet: the retention that PRODUCT 8.4 asks for does, with the trail, before the first is due. */
const SIX_YEARS =
  'PRODUCT 3.9, kept as long as the trail; the retention of PRODUCT 8.4 deletes them, none is due before 2032'

export const reviewsHolding = {
  table: reviews,
  about: 'user',
  purpose: 'Shows that an organisation looked at who has access, each term',
  basis: 'legal-obligation',
  columns: {
    id: 'identifier',
    organisationId: 'identifier',
    term: 'operational',
    openedAtMs: 'operational',
    dueAtMs: 'operational',
    completedAtMs: 'operational',
    completedBy: 'identifier',
    remindedAtMs: 'operational',
  },
  keep: { until: 'made', days: 6 * 365, because: SIX_YEARS },
  destroy: 'rows',
} satisfies Holding<typeof reviews>

export const reviewLinesHolding = {
  table: reviewLines,
  about: 'user',
  purpose: 'Shows what was decided about each person’s access, and by whom',
  basis: 'legal-obligation',
  columns: {
    id: 'identifier',
    reviewId: 'identifier',
    organisationId: 'identifier',
    userId: 'identifier',
    role: 'operational',
    grants: 'operational',
    yearGroups: 'operational',
    decision: 'operational',
    note: 'personal',
    decidedBy: 'identifier',
    decidedAtMs: 'operational',
  },
  keep: { until: 'made', days: 6 * 365, because: SIX_YEARS },
  destroy: 'rows',
} satisfies Holding<typeof reviewLines>
