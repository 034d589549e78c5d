import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import { type ComposeProblem, isOutsideYears, type Sender } from './compose.ts'
import { type Draft, problemsOf, tidied } from './draft.ts'
import { type Author, can, type Message } from './message.ts'
import * as store from './message-store.ts'

/** Writes a draft anew. An answer to a reply stays addressed to whoever wrote that. */
export async function edit(
  school: School,
  author: Author,
  sender: Sender,
  message: Message,
  draft: Draft,
): Promise<Message | Refusal<ComposeProblem | 'already-left'>> {
  if (!can('edit', message)) return refuse('already-left')
  const wanted = isAnswer(message) ? { ...draft, audience: message.audience } : draft
  const [problem] = problemsOf(wanted)
  if (problem) return problem
  const isOutside = !isAnswer(message) && (await isOutsideYears(school, author, wanted.audience))
  if (isOutside) return refuse('outside-year-groups', 'to')

  const { subject, text, ...chosen } = tidied(wanted)
  const content = { subject, text, schoolName: sender.schoolName }
  const edited: Message = { ...message, ...chosen, content, ...termsOf(author, sender) }
  const kept = await school.commit(
    ...(await store.rewritten(school, edited)),
    audit.entry(school, 'message.edited', message.id),
  )
  return kept ? edited : refuse('already-left')
}

/** Whether a message answers somebody's reply. */
export const isAnswer = (message: Message): boolean => message.audience.contacts.length > 0

/** From now on the draft is held to the years of whoever wrote it last. */
const termsOf = (author: Author, sender: Sender) => ({
  withinYears: author.years === null ? null : [...author.years],
  smsPriceMillipence: sender.smsPriceMillipence,
})
