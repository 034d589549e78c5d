import * as audit from '#audit'
import { fromBase64url, type Refusal, refuse } from '#kernel'
import { type Directory, type School, system } from '#shards'
import { newKeyPair, startSealing } from '#vault'
import { type AgentId, type AgentKeys, expectedBy } from './agent.ts'
import { hashOfSecret, newSecret, readCode } from './code.ts'
import { currentKey, type ServerKey } from './server-key.ts'
import * as store from './store.ts'

/** Told to the program once. The API key never travels again. */
export type Credentials = {
  agentId: AgentId
  loginSecret: string
  apiKey: string
  school: School
  serverKey: ServerKey
}

export type Bringing = { code: string; agentPublicKey: string; version: string }

/**
 * A program brings the code that a person was shown, and the public key that it made: it is the school's
 * agent from now on. A code opens once: of two that bring it at one moment, one is let in. Unknown, used
 * and expired are one word.
 */
export async function enrol(
  directory: Directory,
  { code, agentPublicKey, version }: Bringing,
  seenAs: (school: School) => Promise<School>,
): Promise<Credentials | Refusal<'no-such-code' | 'not-a-key'>> {
  const read = readCode(code)
  const row = read && (await store.findByCode(directory, await hashOfSecret(read)))
  const area = row && (await directory.school(row.organisationId, system('agent')))
  if (!area) return refuse('no-such-code', 'code')
  if (!(await isUsableKey(agentPublicKey))) return refuse('not-a-key', 'agentPublicKey')

  const school = await seenAs(area)
  const [loginSecret, apiKey] = [newSecret(), newSecret()]
  const { name } = await store.asAgent(school, row)
  const nowMs = directory.clock.now()
  const written = await store.recordChanged(
    directory,
    school,
    row,
    { name, keys: firstKeys(apiKey, agentPublicKey) },
    {
      state: 'active',
      loginHash: await hashOfSecret(loginSecret),
      codeHash: null,
      codeExpiresAtMs: null,
      enrolledAtMs: nowMs,
      lastSeenAtMs: nowMs,
      version,
      expectedByMs: expectedBy(nowMs, row.nightlyHour),
    },
  )
  const serverKey = await currentKey(directory)
  const entered = await school.commit(
    audit.noneSince(school, 'agent.enrolled', row.id, { because: 'code', sinceMs: 0 }),
    audit.entry(school, 'agent.enrolled', row.id, { because: 'code', key: serverKey.id }),
  )
  if (!entered || !(await directory.write(written))) return refuse('no-such-code', 'code')
  return { agentId: row.id, loginSecret, apiKey, school, serverKey }
}

const firstKeys = (apiKey: string, publicKey: string): AgentKeys => ({
  apiKey,
  nextApiKey: null,
  previousApiKey: null,
  previousApiUntilMs: 0,
  publicKey,
  previousPublicKey: null,
  previousUntilMs: 0,
  isNewKeyWanted: false,
})

/** Some points of the curve make every secret the same (RFC 7748 §6.1): sealing to them fails. */
export async function isUsableKey(publicKey: string): Promise<boolean> {
  const to = fromBase64url(publicKey)
  if (to.length !== 32) return false
  const { privateKey } = await newKeyPair()
  const shared = { id: 'trial', key: new Uint8Array(32).fill(1) }
  return startSealing({ info: 'trial', from: privateKey, to, shared }).then(
    () => true,
    () => false,
  )
}
