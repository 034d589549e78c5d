import type { AgentId } from '#kernel'
import * as audit from '#audit'
import type { School } from '#shards'
import type { Acknowledged, Acknowledgement } from './line.ts'
import * as store from './store.ts'
import { canWriteBack, type WriteBack } from './write-back.ts'

/**
 * What became of those that this agent collected: written down safely, or not to be written. Told twice
 * changes nothing. Those that it never collected, or that another agent has since, are named in the answer.
 */
export async function acknowledge(
  school: School,
  agent: AgentId,
  { outcomes }: Acknowledgement,
): Promise<Acknowledged> {
  const ids = outcomes.map(({ id }) => id)
  const known = await store.some(school, ids)
  const theirs = new Map<string, WriteBack>(
    known.filter(({ collectedBy }) => collectedBy === agent).map((one) => [one.id, one]),
  )
  const open = outcomes.flatMap(({ id, outcome, reason }) => {
    const writeBack = theirs.get(id)
    return writeBack && canWriteBack('acknowledge', writeBack)
      ? [{ writeBack, outcome, reason: reason ?? null }]
      : []
  })
  const written = open.filter(({ outcome }) => outcome === 'written')
  const refused = open.filter(({ outcome }) => outcome === 'refused')
  if (open.length > 0) {
    await school.commit(
      store.written(
        school,
        written.map(({ writeBack }) => writeBack.id),
      ),
      await Promise.all(
        refused.map(({ writeBack, reason }) => store.refused(school, writeBack, reason)),
      ),
      audit.entry(school, 'write-backs.acknowledged', agent, {
        written: written.length,
        refused: refused.length,
      }),
    )
  }
  const unknown = [...new Set(ids.filter((id) => !theirs.has(id)))]
  return { acknowledged: new Set(ids.filter((id) => theirs.has(id))).size, unknown }
}
