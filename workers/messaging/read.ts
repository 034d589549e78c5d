import * as audit from '#audit'
import type { ReplyId } from '#kernel'
import type { School } from '#shards'
import type { Author } from './message.ts'
import type { Reply } from './reply.ts'
import { markedRead } from './reply-store.ts'

/** Marks those replies of a conversation as read that were shown; what came after is still new. */
export async function read(
  school: School,
  author: Author,
  thread: Reply,
  shown: readonly ReplyId[],
): Promise<void> {
  await school.commit(
    markedRead(school, author, thread, shown),
    audit.entry(school, 'reply.read', thread.id, { replies: shown.length }),
  )
}
