import * as audit from '#audit'
import type { School } from '#shards'
import type { Author } from './message.ts'
import type { Reply } from './reply.ts'
import { listThread } from './reply-store.ts'

/** Opens a conversation for somebody who looks at it, which the trail remembers (PRODUCT 3.5). */
export async function viewThread(school: School, author: Author, reply: Reply): Promise<Reply[]> {
  const replies = await listThread(school, author, reply)
  await audit.viewed(school, 'reply.viewed', [reply.contactId ?? reply.id])
  return replies
}
