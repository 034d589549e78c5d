import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id, ImportId, OrganisationId } from '#kernel'
import { fingerprinted, sealed } from '#shards'
import type { AgentRecord, AgentState } from './agent.ts'
import type { PushState } from './push.ts'

/** The programs in schools that push their data. Secrets of theirs are sealed, or only hashed. */
export const agents = sqliteTable(
  'agents',
  {
    id: text('id').$type<Id<'agent'>>().primaryKey(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    state: text('state').$type<AgentState>().notNull(),
    record: sealed<AgentRecord>('record').notNull(),
    loginHash: text('login_hash'),
    codeHash: text('code_hash'),
    codeExpiresAtMs: integer('code_expires_at_ms'),
    createdAtMs: integer('created_at_ms').notNull(),
    enrolledAtMs: integer('enrolled_at_ms'),
    revokedAtMs: integer('revoked_at_ms'),
    lastSeenAtMs: integer('last_seen_at_ms'),
    lastPushAtMs: integer('last_push_at_ms'),
    version: text('version'),
    nightlyHour: integer('nightly_hour'),
    expectedByMs: integer('expected_by_ms'),
    toldLateAtMs: integer('told_late_at_ms'),
  },
  (table) => [
    uniqueIndex('agents_by_code').on(table.codeHash),
    index('agents_by_organisation').on(table.organisationId, table.id),
    index('agents_by_expected').on(table.expectedByMs),
  ],
)

/** What agents posted. The bodies are in the bucket, sealed as they came. */
export const pushes = sqliteTable(
  'pushes',
  {
    id: text('id').$type<Id<'push'>>().primaryKey(),
    organisationId: text('organisation_id').$type<OrganisationId>().notNull(),
    agentId: text('agent_id').$type<Id<'agent'>>().notNull(),
    importId: text('import_id').$type<ImportId>().notNull(),
    state: text('state').$type<PushState>().notNull(),
    encFingerprint: fingerprinted('enc_fingerprint').notNull(),
    digest: text('digest'),
    serverKeyId: text('server_key_id').notNull(),
    apiKeyId: text('api_key_id').notNull(),
    kind: text('kind').notNull(),
    scope: text('scope').notNull(),
    takenAtMs: integer('taken_at_ms').notNull(),
    bytes: integer('bytes').notNull(),
    receivedAtMs: integer('received_at_ms').notNull(),
    attempts: integer('attempts').notNull(),
    dueAtMs: integer('due_at_ms').notNull(),
    because: text('because'),
  },
  (table) => [
    uniqueIndex('pushes_by_enc').on(table.agentId, table.encFingerprint),
    uniqueIndex('pushes_by_import').on(table.importId),
    index('pushes_by_state').on(table.state, table.receivedAtMs),
    index('pushes_by_school').on(table.organisationId, table.state, table.takenAtMs),
    index('pushes_by_received').on(table.receivedAtMs),
  ],
)

/** Requests that agents proved lately: each is taken once. */
export const agentRequests = sqliteTable(
  'agent_requests',
  {
    agentId: text('agent_id').$type<Id<'agent'>>().notNull(),
    nonce: text('nonce').notNull(),
    atMs: integer('at_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agentId, table.nonce] }),
    index('agent_requests_by_time').on(table.atMs),
  ],
)

/** Schoolgate's own keys, to which agents seal: the newest is given out, the others still open for a while. */
export const agentKeys = sqliteTable(
  'agent_keys',
  {
    id: text('id').$type<Id<'key'>>().primaryKey(),
    publicKey: text('public_key').notNull(),
    /** Under the directory's key, which is in the vault: no customer's key opens it. */
    privateKey: sealed<string>('private_key').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    retiredAtMs: integer('retired_at_ms'),
  },
  (table) => [index('agent_keys_by_retired').on(table.retiredAtMs)],
)
