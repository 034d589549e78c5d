import * as audit from '#audit'
import type { School } from '#shards'
import type { Message } from './message.ts'

/**
 * Notes that somebody looked at whom a message goes or went to (PRODUCT 3.5: every view of a person's
 * record). What could not be written down is not shown.
 */
export async function view(school: School, { id }: Pick<Message, 'id'>): Promise<void> {
  await audit.viewed(school, 'message.viewed', [id])
}

/** A page that renews itself is one look while it stays open, and not more than so long. */
const ONE_LOOK_MS = 30 * 60_000

/** The same for what is shown again, each second, to somebody who has the page open. */
export async function viewOn(school: School, { id }: Pick<Message, 'id'>): Promise<void> {
  const fromMs = school.clock.now() - ONE_LOOK_MS
  const actor = school.actor.id
  const looked = { actor, subject: id, actions: ['message.viewed'], fromMs }
  if ((await audit.count(school, looked, 1)) === 0) await view(school, { id })
}
