import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import type { AgentId } from './agent.ts'
import { type Enrolment, freshCode } from './open-enrolment.ts'
import * as store from './store.ts'

/** Another code for a program that has not taken its place yet. The one before does not work any more. */
export async function reopenEnrolment(
  directory: Directory,
  school: School,
  id: AgentId,
): Promise<Enrolment | Refusal<'no-such-agent' | 'enrolled-already'>> {
  const row = await store.findRow(directory, id)
  if (row?.organisationId !== school.id || row.state === 'revoked') return refuse('no-such-agent')
  if (row.state !== 'enrolling') return refuse('enrolled-already')

  const { name, keys } = await store.asAgent(school, row)
  const { code, codeHash, expiresAtMs } = await freshCode(directory.clock.now())
  const change = { codeHash, codeExpiresAtMs: expiresAtMs }
  const written = await store.recordChanged(directory, school, row, { name, keys }, change)
  await school.commit(audit.entry(school, 'agent.invited', id))
  return (await directory.write(written)) ? { id, code, expiresAtMs } : refuse('enrolled-already')
}
