import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import { can, type Message } from './message.ts'
import * as store from './message-store.ts'

/** Throws a draft away. What was never sent is not kept. */
export async function discard(
  school: School,
  message: Message,
): Promise<Refusal<'already-left'> | undefined> {
  if (!can('discard', message)) return refuse('already-left')

  const discarded = await school.commit(
    ...store.removed(school, message),
    audit.entry(school, 'message.discarded', message.id),
  )
  return discarded ? undefined : refuse('already-left')
}
