import type { AgentId, WriteBackId } from '#kernel'
import * as audit from '#audit'
import type { School, Write } from '#shards'
import type { Acknowledged, Acknowledgement } from './line.ts'
import * as store from './store.ts'
import { canWriteBack, type WriteBack } from './write-back.ts'

/**
 * What became of those that this agent collected: written down safely, or not to be written. Told twice
 * changes nothing. Where a later correction of the same number was typed in by hand meanwhile, that one is
 * taken there once more: what the agent wrote just now is not the last word. Those that it never collected, or
 * that another agent has since, are named in the answer.
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
  const written = open
    .filter(({ outcome }) => outcome === 'written')
    .map(({ writeBack }) => writeBack)
  const refused = open.filter(
    ({ outcome, writeBack }) => outcome === 'refused' && writeBack.state === 'collected',
  )
  if (open.length > 0) {
    const later = await laterThan(
      school,
      open.map(({ writeBack }) => writeBack),
    )
    await school.commit(
      ...(await closings(school, { written, refused, later })),
      audit.entry(school, 'write-backs.acknowledged', agent, {
        written: written.length,
        refused: refused.length,
      }),
    )
  }
  const unknown = [...new Set(ids.filter((id) => !theirs.has(id)))]
  return { acknowledged: new Set(ids.filter((id) => theirs.has(id))).size, unknown }
}

type Told = {
  written: readonly WriteBack[]
  refused: readonly { writeBack: WriteBack; reason: string | null }[]
  later: Later
}

async function closings(school: School, { written, refused, later }: Told): Promise<Write[]> {
  const overtaken = refused.filter(({ writeBack }) => later(writeBack).length > 0)
  return [
    store.written(
      school,
      written.map(({ id }) => id),
    ),
    store.reopened(school, written.flatMap(later)),
    ...(await Promise.all(
      refused.map(({ writeBack, reason }) => store.refused(school, writeBack, reason)),
    )),
    store.superseded(
      school,
      overtaken.map(({ writeBack }) => writeBack.id),
    ),
  ].flat()
}

type Later = (one: WriteBack) => WriteBackId[]

/** For each the last correction of the same number or address, where that came after it. */
async function laterThan(school: School, open: readonly WriteBack[]): Promise<Later> {
  const newest = await store.newestAbout(
    school,
    open.map(({ aboutId }) => aboutId),
  )
  return ({ id, aboutId }) => {
    const last = newest.get(aboutId)
    return last !== undefined && last > id ? [last] : []
  }
}
