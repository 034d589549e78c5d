import type { Holding } from '#shards'
import { agentKeys, agentRequests, agents, pushes } from './directory-tables.ts'

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
    attempts: 'operational',
    dueAtMs: 'operational',
    because: 'operational',
  },
  keep: {
    until: 'made',
    days: 90,
    because: 'A body is refused by its time after 15 minutes; a term of history is of use',
  },
  destroy: 'rows',
} satisfies Holding<typeof pushes>

export const agentRequestsHolding = {
  table: agentRequests,
  about: 'nobody',
  purpose: 'Knows which requests of schools’ programs came, so that none is taken twice',
  basis: 'contract',
  columns: { agentId: 'identifier', nonce: 'operational', atMs: 'operational' },
  keep: { until: 'made', days: 1, because: 'A request is refused by its time after 15 minutes' },
  destroy: 'rows',
} satisfies Holding<typeof agentRequests>

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
  keep: {
    until: 'changed',
    days: 395,
    because: 'A program that was off for long learns of a new key by the proof of the one before',
  },
  destroy: 'rows',
} satisfies Holding<typeof agentKeys>
