import type { Holding } from '#shards'
import { agentKeys, agents, pushes } from './directory-tables.ts'

export const agentsHolding = {
  table: agents,
  about: 'school',
  purpose: 'Knows the programs in schools that push their data, and opens what they seal',
  basis: 'contract',
  columns: {
    id: 'identifier',
    organisationId: 'identifier',
    state: 'operational',
    record: 'personal',
    loginHash: 'pseudonym',
    codeHash: 'pseudonym',
    codeExpiresAtMs: 'operational',
    createdAtMs: 'operational',
    enrolledAtMs: 'operational',
    revokedAtMs: 'operational',
    lastSeenAtMs: 'operational',
    lastPushAtMs: 'operational',
    version: 'operational',
    nightlyHour: 'operational',
    expectedByMs: 'operational',
    toldLateAtMs: 'operational',
  },
  keep: { until: 'contract-end', days: 14, because: 'PRODUCT 8.1' },
  destroy: 'rows',
} satisfies Holding<typeof agents>

export const pushesHolding = {
  table: pushes,
  about: 'school',
  purpose: 'Knows what a school’s program posted, so that nothing is taken twice',
  basis: 'contract',
  columns: {
    id: 'identifier',
    organisationId: 'identifier',
    agentId: 'identifier',
    importId: 'identifier',
    state: 'operational',
    encFingerprint: 'pseudonym',
    digest: 'pseudonym',
    serverKeyId: 'identifier',
    apiKeyId: 'identifier',
    kind: 'operational',
    scope: 'operational',
    takenAtMs: 'operational',
    bytes: 'operational',
    receivedAtMs: 'operational',
    because: 'operational',
  },
  keep: {
    until: 'made',
    days: 90,
    because: 'A body is refused by its time after 15 minutes; a term of history is of use',
  },
  destroy: 'rows',
} satisfies Holding<typeof pushes>

export const agentKeysHolding = {
  table: agentKeys,
  about: 'nobody',
  purpose: 'Opens what schools’ programs seal to Schoolgate',
  basis: 'contract',
  columns: {
    id: 'identifier',
    publicKey: 'operational',
    privateKey: 'personal',
    createdAtMs: 'operational',
    retiredAtMs: 'operational',
  },
  keep: { until: 'changed', days: 30, because: 'Agents learn of a new key within a night' },
  destroy: 'rows',
} satisfies Holding<typeof agentKeys>
