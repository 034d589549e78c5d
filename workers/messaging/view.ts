import * as audit from '#audit'
import type { School } from '#shards'
import type { Message } from './message.ts'

/**
 * Notes that somebody looked at whom a message goes or went to (PRODUCT 3.5: every view of a person's
 * record). Before the page is made: what could not be written down is not shown.
 */
export async function view(school: School, { id }: Pick<Message, 'id'>): Promise<void> {
  await school.commit(audit.entry(school, 'message.viewed', id))
}
