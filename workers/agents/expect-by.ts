import * as audit from '#audit'
import { isRefusal, type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { type AgentId, expectedBy } from './agent.ts'
import { hourProblem } from './open-enrolment.ts'
import * as store from './store.ts'

/** Another hour by which the night's data is expected; null for any. Whoever is late now stays so. */
export async function expectBy(
  directory: Directory,
  school: School,
  id: AgentId,
  nightlyHour: number | null,
): Promise<Refusal<'no-such-agent' | 'not-an-hour'> | undefined> {
  const problem = hourProblem(nightlyHour)
  if (isRefusal(problem)) return problem
  const agent = await store.find(directory, school, id)
  if (!agent || agent.state === 'revoked') return refuse('no-such-agent')

  const sinceMs = agent.lastPushAtMs ?? agent.enrolledAtMs
  const expectedByMs = sinceMs === null ? null : expectedBy(sinceMs, nightlyHour)
  await school.commit(audit.entry(school, 'agent.hour-changed', id, { hour: nightlyHour }))
  await directory.write([store.changed(directory, id, { nightlyHour, expectedByMs })])
  return undefined
}
