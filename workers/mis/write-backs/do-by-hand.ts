import { type Refusal, refuse } from '#kernel'
import * as audit from '#audit'
import type { School } from '#shards'
import * as store from './store.ts'
import { canWriteBack, type WriteBack } from './write-back.ts'

/**
 * Somebody typed it into the school's system, so that no agent needs to: for schools without one, too. What was
 * corrected to before is not to be written over it.
 */
export async function doByHand(
  school: School,
  writeBack: WriteBack,
): Promise<Refusal<'already-closed'> | undefined> {
  if (!canWriteBack('do-by-hand', writeBack)) return refuse('already-closed')

  const { id } = writeBack
  const isDone = await school.commit(
    store.done(school, id),
    store.supersededBefore(school, writeBack),
    audit.entry(school, 'write-back.done-by-hand', id, { kind: writeBack.record.kind }),
  )
  return isDone ? undefined : refuse('already-closed')
}
