import * as audit from '#audit'
import { invariant, type Refusal, refuse, type ReplyId } from '#kernel'
import type { School } from '#shards'
import { nobody } from './audience.ts'
import { newDraft, type Sender } from './compose.ts'
import { type Draft, type DraftProblem, problemsOf } from './draft.ts'
import type { Author, Message } from './message.ts'
import * as store from './message-store.ts'
import type { Reply } from './reply.ts'
import { markedRead } from './reply-store.ts'

/**
 * Begins an answer to a reply: a draft to that one contact, checked and sent like any other message.
 * To answer is to have read what was shown.
 */
export async function answer(
  school: School,
  author: Author,
  sender: Sender,
  reply: Reply,
  text: string,
  shown: readonly ReplyId[],
): Promise<Message | Refusal<DraftProblem | 'nobody-to-answer'>> {
  if (reply.contactId === null) return refuse('nobody-to-answer')
  const draft: Draft = {
    audience: { ...nobody, contacts: [reply.contactId] },
    contactRule: 'parental-responsibility',
    category: 'operational',
    channel: 'sms',
    subject: null,
    text,
  }
  const [problem] = problemsOf(draft)
  if (problem) return problem

  const message = newDraft(school, author, sender, draft)
  const kept = await school.commit(
    await store.added(school, message),
    markedRead(school, author, reply, shown),
    audit.entry(school, 'message.composed', message.id, { answers: reply.id }),
  )
  invariant(kept, 'a new draft relies on nothing')
  return message
}
