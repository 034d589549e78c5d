import { timingSafeEqual } from 'node:crypto'
import * as audit from '#audit'
import { fromBase64url, parseId } from '#kernel'
import { type Directory, type School, system } from '#shards'
import { type Agent, type AgentId, type AgentKeys, PREVIOUS_KEY_MS } from './agent.ts'
import { hashOfSecret } from './code.ts'
import { type Asked, isRequestProven, PROOF_GOOD_MS, type RequestProof } from './request-proof.ts'
import { isFirst } from './request-store.ts'
import { currentKey, provingKeyOf } from './server-key.ts'
import * as store from './store.ts'

/** What an agent says of itself with every request. */
export type Claim = {
  agentId: string
  loginSecret: string
  asked: Asked
  /** That it holds its API key, without telling it. */
  proof: RequestProof
  version: string
}

export type AgentRefusal =
  | 'wrong-login'
  | 'wrong-api-key'
  | 'revoked'
  | 'locked'
  | 'throttled'
  | 'wrong-time'
  | 'replayed'
  | 'key-too-old'

/** What an agent has proved to ask, and the private key of ours from which it wants the answer. */
export type ProvenRequest = Asked &
  Pick<RequestProof, 'nonce' | 'keyId' | 'digest'> & { serverPrivateKey: Uint8Array }

export type Admitted =
  | {
      ok: true
      agent: Agent & { keys: AgentKeys }
      apiKey: Uint8Array
      school: School
      asked: ProvenRequest
    }
  /** `school` is where the refusal is noted; undefined where nobody knows such an agent. */
  | { ok: false; because: AgentRefusal; school: School | undefined }

/** A sign of life is written at most this often. */
const SEEN_EVERY_MS = 60_000
/** Refusals that can be had without end are noted once in this time. */
const NOTED_EVERY_MS = 5 * 60_000

/**
 * Whether an agent is who it says: by its login, and by its proof that it holds its API key and asks just this,
 * now and for the first time. With the use of a key that it was given, the key before goes.
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

  const apiKey = await keyThatProved(keys, claim)
  if (!apiKey) return refused('wrong-api-key')
  const asked = await fresh(directory, row.id, claim)
  if (typeof asked === 'string') return refused(asked)

  const isNew = apiKey === keys.nextApiKey
  const held = isNew ? afterTaking(keys, apiKey, directory.clock.now()) : keys
  if (isNew) await keyTaken(directory, school, row, { name: agent.name, keys: held })
  else await noteSeen(directory, row, claim.version)
  const admitted = { agent: { ...agent, keys: held }, apiKey: fromBase64url(apiKey) }
  return { ok: true, ...admitted, school, asked }
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

async function keyThatProved(
  keys: AgentKeys,
  { asked, proof }: Claim,
): Promise<string | undefined> {
  for (const key of [keys.apiKey, keys.nextApiKey]) {
    if (key && (await isRequestProven(fromBase64url(key), asked, proof))) return key
  }
  return undefined
}

/** Nothing is known of a request until it is proved: whoever holds no key can neither use up nonces nor ask for ours. */
async function fresh(
  directory: Directory,
  id: AgentId,
  { asked, proof }: Claim,
): Promise<ProvenRequest | 'wrong-time' | 'replayed' | 'key-too-old'> {
  const { timeMs, nonce, keyId, digest } = proof
  if (Math.abs(directory.clock.now() - timeMs) > PROOF_GOOD_MS) return 'wrong-time'
  if (!(await isFirst(directory, id, nonce))) return 'replayed'
  const serverPrivateKey = await provingKeyOf(directory, keyId)
  return serverPrivateKey ? { ...asked, nonce, keyId, digest, serverPrivateKey } : 'key-too-old'
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
