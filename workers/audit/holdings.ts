import type { Holding } from '#shards'
import { trail, trailHeads } from './tables.ts'

export const trailHolding = {
  table: trail,
  about: 'user',
  purpose: 'Shows who did what with children’s data, and that nobody changed the record',
  basis: 'legal-obligation',
  columns: {
    id: 'identifier',
    schoolId: 'identifier',
    atMs: 'operational',
    actorKind: 'operational',
    actorId: 'identifier',
    action: 'operational',
    subject: 'identifier',
    fromWhere: 'pseudonym',
    facts: 'operational',
    position: 'operational',
    digest: 'operational',
  },
  keep: { until: 'made', days: 6 * 365, because: 'PRODUCT 8.4: audit 6 years' },
  destroy: 'rows',
} satisfies Holding<typeof trail>

export const trailHeadsHolding = {
  table: trailHeads,
  about: 'nobody',
  purpose: 'The end of each school’s trail, so that a missing end shows',
  basis: 'legal-obligation',
  columns: {
    schoolId: 'identifier',
    position: 'operational',
    digest: 'operational',
    sealedAtMs: 'operational',
  },
  keep: { until: 'made', days: 6 * 365, because: 'PRODUCT 8.4: audit 6 years' },
  destroy: 'rows',
} satisfies Holding<typeof trailHeads>
