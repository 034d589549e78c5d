import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { type AgentId, type AgentKeys, PREVIOUS_KEY_MS } from './agent.ts'
import { newSecret } from './code.ts'
import { isUsableKey } from './enrol.ts'
import * as store from './store.ts'

/**
 * Gives an agent a new API key and asks it for a new key of its own: when it next says hello it gets the
 * one and is asked for the other. Until then the old ones work, so nobody has to go there. Asked twice, the
 * same API key is given out: the agent may have written it down and be about to use it.
 */
export const changeKeys = (
  directory: Directory,
  school: School,
  id: AgentId,
): Promise<Refusal<'no-such-agent' | 'changed-meanwhile'> | undefined> =>
  change(directory, school, id, 'agent.keys-changed', (keys) => ({
    ...keys,
    nextApiKey: keys.nextApiKey ?? newSecret(),
    isNewKeyWanted: true,
  }))

/** The agent's new key takes the place of the old one, which opens what is on its way for a day. */
export async function takeNewKey(
  directory: Directory,
  school: School,
  id: AgentId,
  publicKey: string,
): Promise<Refusal<'no-such-agent' | 'changed-meanwhile' | 'not-a-key'> | undefined> {
  if (!(await isUsableKey(publicKey))) return refuse('not-a-key', 'agentPublicKey')
  return change(directory, school, id, 'agent.key-taken', (keys) =>
    keys.publicKey === publicKey
      ? keys
      : {
          ...keys,
          publicKey,
          previousPublicKey: keys.publicKey,
          previousUntilMs: directory.clock.now() + PREVIOUS_KEY_MS,
          isNewKeyWanted: false,
        },
  )
}

async function change(
  directory: Directory,
  school: School,
  id: AgentId,
  action: audit.Action,
  to: (keys: AgentKeys) => AgentKeys,
): Promise<Refusal<'no-such-agent' | 'changed-meanwhile'> | undefined> {
  const row = await store.findRow(directory, id)
  if (row?.organisationId !== school.id || row.state !== 'active') return refuse('no-such-agent')
  const { name, keys } = await store.asAgent(school, row)
  if (!keys) return refuse('no-such-agent')

  const written = await store.recordChanged(directory, school, row, { name, keys: to(keys) })
  await school.commit(audit.entry(school, action, id))
  return (await directory.write(written)) ? undefined : refuse('changed-meanwhile')
}
