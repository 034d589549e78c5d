import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import { isAnswering } from './audience.ts'
import { type ComposeProblem, type Sender, whyNotFrom } from './compose.ts'
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
  const notTheirs = await whyNotFrom(school, author, wanted)
  if (notTheirs) return notTheirs

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
export const isAnswer = (message: Message): boolean => isAnswering(message.audience)

/**
 * From now on the draft is held to the years of whoever wrote it last; and when it is scheduled, to
 * those of whoever lets it go.
 */
const termsOf = (author: Author, sender: Sender) => ({
  withinYears: author.years === null ? null : [...author.years],
  smsPriceMillipence: sender.smsPriceMillipence,
})
