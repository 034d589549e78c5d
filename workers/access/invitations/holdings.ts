import type { Holding } from '#shards'
import { invitations } from './directory-tables.ts'

export const invitationsHolding = {
  table: invitations,
  about: 'user',
  purpose: 'Lets somebody who was asked to open an account do so',
  basis: 'contract',
  columns: {
    id: 'identifier',
    organisationId: 'identifier',
    secretHash: 'pseudonym',
    record: 'personal',
    emailFingerprint: 'pseudonym',
    role: 'operational',
    grants: 'operational',
    yearGroups: 'operational',
    invitedBy: 'identifier',
    createdAtMs: 'operational',
    expiresAtMs: 'operational',
    acceptedAtMs: 'operational',
    withdrawnAtMs: 'operational',
  },
  keep: {
    until: 'made',
    days: 90,
    because:
      'An invitation lasts a week; who was asked is of use for a term. One sent again lasts its week',
  },
  destroy: 'rows',
} satisfies Holding<typeof invitations>
