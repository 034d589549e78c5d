import type { Holding } from '#shards'
import { sessions, signInFailures, users } from './directory-tables.ts'

export const usersHolding = {
  table: users,
  about: 'user',
  purpose: 'Lets the right people in, each to what their role allows',
  basis: 'contract',
  columns: {
    id: 'identifier',
    organisationId: 'identifier',
    role: 'operational',
    grants: 'operational',
    yearGroups: 'operational',
    record: 'personal',
    emailFingerprint: 'pseudonym',
    passwordHash: 'pseudonym',
    passwordChangedAtMs: 'operational',
    passwordChange: 'operational',
    passwordRemindedAtMs: 'operational',
    state: 'operational',
    createdAtMs: 'operational',
    lastSignInAtMs: 'operational',
  },
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1' },
  destroy: 'rows',
} satisfies Holding<typeof users>

export const sessionsHolding = {
  table: sessions,
  about: 'user',
  purpose: 'Knows a person again from one page to the next',
  basis: 'contract',
  columns: {
    idHash: 'pseudonym',
    id: 'identifier',
    userId: 'identifier',
    organisationId: 'identifier',
    record: 'personal',
    needs: 'operational',
    verifiedBy: 'operational',
    confirmedAtMs: 'operational',
    supportAccessId: 'identifier',
    createdAtMs: 'operational',
    seenAtMs: 'operational',
    idleMs: 'operational',
    endsAtMs: 'operational',
    endedAtMs: 'operational',
  },
  keep: { until: 'made', days: 1, because: 'PRODUCT 3.4: an absolute limit of 12 hours' },
  destroy: 'rows',
} satisfies Holding<typeof sessions>

export const signInFailuresHolding = {
  table: signInFailures,
  about: 'user',
  purpose: 'Slows down whoever guesses passwords',
  basis: 'legitimate-interests',
  columns: { id: 'identifier', key: 'pseudonym', atMs: 'operational' },
  keep: { until: 'made', days: 1, because: 'PRODUCT 3.2: guesses count for five minutes' },
  destroy: 'rows',
} satisfies Holding<typeof signInFailures>
