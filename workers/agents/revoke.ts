import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import type { AgentId } from './agent.ts'
import * as store from './store.ts'

/** Turns an agent away for good: its login, its keys and a code that nobody used are destroyed at once. */
export async function revoke(
  directory: Directory,
  school: School,
  id: AgentId,
): Promise<Refusal<'no-such-agent'> | undefined> {
  const row = await store.findRow(directory, id)
  if (row?.organisationId !== school.id || row.state === 'revoked') return refuse('no-such-agent')

  const { name } = await store.asAgent(school, row)
  const written = await store.recordChanged(
    directory,
    school,
    row,
    { name, keys: null },
    {
      state: 'revoked',
      loginHash: null,
      codeHash: null,
      codeExpiresAtMs: null,
      expectedByMs: null,
      revokedAtMs: directory.clock.now(),
    },
  )
  await school.commit(audit.entry(school, 'agent.revoked', id))
  // It took a key at this very moment: turned away all the same.
  return (await directory.write(written)) ? undefined : revoke(directory, school, id)
}
