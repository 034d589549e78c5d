import type { AgentId, WriteBackId } from '#kernel'
import * as audit from '#audit'
import type { School } from '#shards'
import { MAX_COLLECTED, type WriteBacksCollected } from './line.ts'
import * as store from './store.ts'

/**
 * What the agent is to write into the school's system, the oldest first. Those that it was given before and
 * did not acknowledge come again, so it may get one twice: the id says that it is the same. The first time that it
 * is given one stands in the trail; an agent that cannot write and asks each quarter of an hour adds nothing to it.
 */
export async function collect(school: School, agent: AgentId): Promise<WriteBacksCollected> {
  const found = await store.toCollect(school, MAX_COLLECTED + 1)
  const given = found.slice(0, MAX_COLLECTED)
  if (given.length === 0) return { writeBacks: [], more: false }
  const fresh = given.filter(({ collectedBy }) => collectedBy !== agent).map(({ id }) => id)
  const theirs = await taken(school, fresh, agent)
  return {
    writeBacks: given
      .filter(({ id, collectedBy }) => collectedBy === agent || theirs.has(id))
      .map(({ id, record }) => ({ id, record })),
    more: found.length > given.length,
  }
}

/** Which of them are with this agent now: not one that a later correction has replaced in between. */
async function taken(school: School, fresh: readonly WriteBackId[], agent: AgentId) {
  if (fresh.length === 0) return new Set<WriteBackId>()
  await school.commit(
    store.collected(school, fresh, agent),
    audit.entry(school, 'write-backs.collected', agent, { writeBacks: fresh.length }),
  )
  const now = await store.some(school, fresh)
  const theirs = now.filter((one) => one.collectedBy === agent && one.state === 'collected')
  return new Set(theirs.map(({ id }) => id))
}
