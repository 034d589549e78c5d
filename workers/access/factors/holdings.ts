import type { Holding } from '#shards'
import { passkeys, totps, recoveryCodes, challenges } from './directory-tables.ts'

export const passkeysHolding = {
  table: passkeys,
  about: 'user',
  purpose: 'Proves who somebody is, beyond a password',
  basis: 'contract',
  columns: {
    id: 'identifier',
    userId: 'identifier',
    organisationId: 'identifier',
    credentialId: 'pseudonym',
    record: 'personal',
    counter: 'operational',
    createdAtMs: 'operational',
    lastUsedAtMs: 'operational',
  },
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1' },
  destroy: 'rows',
} satisfies Holding<typeof passkeys>

export const totpsHolding = {
  table: totps,
  about: 'user',
  purpose: 'Proves who somebody is, beyond a password',
  basis: 'contract',
  columns: {
    id: 'identifier',
    organisationId: 'identifier',
    record: 'personal',
    createdAtMs: 'operational',
    lastStep: 'operational',
  },
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1' },
  destroy: 'rows',
} satisfies Holding<typeof totps>

export const recoveryCodesHolding = {
  table: recoveryCodes,
  about: 'user',
  purpose: 'Lets in somebody who lost their second factor',
  basis: 'contract',
  columns: {
    id: 'identifier',
    userId: 'identifier',
    organisationId: 'identifier',
    code: 'pseudonym',
    createdAtMs: 'operational',
    usedAtMs: 'operational',
  },
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1' },
  destroy: 'rows',
} satisfies Holding<typeof recoveryCodes>

export const challengesHolding = {
  table: challenges,
  about: 'user',
  purpose: 'Makes what a passkey signs good for once',
  basis: 'contract',
  columns: {
    id: 'identifier',
    userId: 'identifier',
    organisationId: 'identifier',
    purpose: 'operational',
    challenge: 'operational',
    expiresAtMs: 'operational',
  },
  keep: { until: 'made', days: 1, because: 'A challenge lasts five minutes' },
  destroy: 'rows',
} satisfies Holding<typeof challenges>
