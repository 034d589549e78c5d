import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import { can, type Message } from './message.ts'
import * as store from './message-store.ts'

/** Stops a message that is scheduled or held, if it has not left yet. */
export async function cancel(
  school: School,
  message: Message,
): Promise<Refusal<'already-left'> | undefined> {
  if (!can('cancel', message)) return refuse('already-left')

  const cancelled = await school.commit(
    ...store.moved(school, message, 'cancelled'),
    audit.entry(school, 'message.cancelled', message.id),
  )
  return cancelled ? undefined : refuse('already-left')
}
