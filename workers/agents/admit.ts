import { timingSafeEqual } from 'node:crypto'
import * as audit from '#audit'
import { fromBase64url, parseId } from '#kernel'
import { type Directory, type School, system } from '#shards'
import { secretId } from '#vault'
import { type Agent, type AgentKeys, PREVIOUS_KEY_MS } from './agent.ts'
import { hashOfSecret } from './code.ts'
import { currentKey } from './server-key.ts'
import * as store from './store.ts'

/** What an agent says of itself with every request. */
export type Claim = {
  agentId: string
  loginSecret: string
  /** Names the API key that it holds, without telling it. */
  apiKeyId: string
  version: string
}

export type AgentRefusal = 'wrong-login' | 'wrong-api-key' | 'revoked' | 'locked' | 'throttled'

export type Admitted =
  | { ok: true; agent: Agent & { keys: AgentKeys }; apiKey: Uint8Array; school: School }
  /** `school` is where the refusal is noted; undefined where nobody knows such an agent. */
  | { ok: false; because: AgentRefusal; school: School | undefined }

/** A sign of life is written at most this often. */
const SEEN_EVERY_MS = 60_000
/** Refusals that can be had without end are noted once in this time. */
const NOTED_EVERY_MS = 5 * 60_000

/**
 * Whether an agent is who it says, by its login and the name of its API key. That it holds the key itself
 * is proved by what it seals. With the name of a key that it was given, the key before goes.
 */
export async function admit(directory: Directory, claim: Claim): Promise<Admitted> {
  const id = parseId('agent', claim.agentId)
  const row = id && (await store.findRow(directory, id))
  const school = row && (await directory.school(row.organisationId, system('agent')))
  if (!row || !school) return { ok: false, because: 'wrong-login', school: undefined }

  const refused = (because: AgentRefusal): Admitted => ({ ok: false, because, school })
  if (!isSame(row.loginHash, await hashOfSecret(claim.loginSecret))) return refused('wrong-login')
  if (row.state !== 'active') return refused('revoked')
  const agent = await store.asAgent(school, row)
  const { keys } = agent
  if (!keys) return refused('revoked')

  const apiKey = await keyNamed(keys, claim.apiKeyId)
  if (!apiKey) return refused('wrong-api-key')
  const isNew = apiKey === keys.nextApiKey
  const held = isNew ? afterTaking(keys, apiKey, directory.clock.now()) : keys
  if (isNew) await keyTaken(directory, school, row, { name: agent.name, keys: held })
  else await noteSeen(directory, row, claim.version)
  return { ok: true, agent: { ...agent, keys: held }, apiKey: fromBase64url(apiKey), school }
}

/** The school of an agent; undefined where there is no such agent. */
export async function schoolOf(directory: Directory, agentId: string): Promise<School | undefined> {
  const id = parseId('agent', agentId)
  const row = id && (await store.findRow(directory, id))
  return row && directory.school(row.organisationId, system('agent'))
}

/** The trail of the school knows of everyone who was turned away as its agent: both sides by their ids. */
export async function noteRefused(
  directory: Directory,
  school: School,
  agentId: string,
  because: string,
): Promise<void> {
  const { id: key } = await currentKey(directory)
  const sinceMs = school.clock.now() - NOTED_EVERY_MS
  await school.commit(
    audit.noneSince(school, 'agent.refused', agentId, { because, sinceMs }),
    audit.entry(school, 'agent.refused', agentId, { because, key }),
  )
}

const isSame = (kept: string | null, given: string): boolean =>
  kept !== null &&
  kept.length === given.length &&
  timingSafeEqual(Buffer.from(kept), Buffer.from(given))

async function keyNamed(keys: AgentKeys, id: string): Promise<string | undefined> {
  for (const key of [keys.apiKey, keys.nextApiKey]) {
    if (key && (await secretId(fromBase64url(key))) === id) return key
  }
  return undefined
}

const afterTaking = (keys: AgentKeys, apiKey: string, nowMs: number): AgentKeys => ({
  ...keys,
  apiKey,
  nextApiKey: null,
  previousApiKey: keys.apiKey,
  previousApiUntilMs: nowMs + PREVIOUS_KEY_MS,
})

async function keyTaken(
  directory: Directory,
  school: School,
  row: store.AgentRow,
  record: { name: string; keys: AgentKeys },
): Promise<void> {
  await school.commit(audit.entry(school, 'agent.api-key-taken', row.id))
  // Changed by another request at this moment: the next one comes here again.
  await directory.write(await store.recordChanged(directory, school, row, record))
}

async function noteSeen(directory: Directory, row: store.AgentRow, version: string) {
  const nowMs = directory.clock.now()
  if (nowMs - (row.lastSeenAtMs ?? 0) < SEEN_EVERY_MS && row.version === version) return
  await directory.write([store.changed(directory, row.id, { lastSeenAtMs: nowMs, version })])
}
