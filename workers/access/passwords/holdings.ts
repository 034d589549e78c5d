import type { Holding } from '#shards'
import { passwordResets } from './directory-tables.ts'

export const passwordResetsHolding = {
  table: passwordResets,
  about: 'user',
  purpose: 'Lets somebody who forgot their password choose another',
  basis: 'contract',
  columns: {
    id: 'identifier',
    userId: 'identifier',
    organisationId: 'identifier',
    secretHash: 'pseudonym',
    createdAtMs: 'operational',
    expiresAtMs: 'operational',
    usedAtMs: 'operational',
  },
  keep: { until: 'made', days: 1, because: 'A link to a new password lasts an hour' },
  destroy: 'rows',
} satisfies Holding<typeof passwordResets>
