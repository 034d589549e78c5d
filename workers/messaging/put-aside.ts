import * as audit from '#audit'
import { log, type MessageId } from '#kernel'
import type { School } from '#shards'
import type { HeldBecause } from './message.ts'
import * as store from './message-store.ts'

/**
 * Holds a message that cannot be sent for a reason that is not its own: somebody sees it on the home page, and the messages behind it have their turn.
 */
export async function putAside(
  school: School,
  id: MessageId,
  because: Extract<HeldBecause, 'fault' | 'no-carrier' | 'not-subscribed'>,
): Promise<void> {
  log('message.put-aside', { message: id, because })
  await school.commit(
    ...store.moved(school, { id, state: 'scheduled' }, 'held', { heldBecause: because }),
    audit.entry(school, 'message.held', id, { because }),
  )
}
