import * as audit from '#audit'
import type { School } from '#shards'
import type { Author } from './message.ts'
import type { Reply } from './reply.ts'
import { markedRead } from './reply-store.ts'

/** Marks a conversation as read, up to the reply that was looked at; what came after is still new. */
export async function read(school: School, author: Author, upTo: Reply): Promise<void> {
  await school.commit(markedRead(school, author, upTo), audit.entry(school, 'reply.read', upTo.id))
}
