import * as audit from '#audit'
import { invariant, type Millipence, newId, NOTHING, type Refusal, refuse } from '#kernel'
import type { School } from '#shards'
import { type Draft, type DraftProblem, problemsOf, tidied } from './draft.ts'
import { type Author, isEmergency, type Message } from './message.ts'
import * as store from './message-store.ts'
import { isOutsideYears } from './years.ts'

/** What a message says of the school that sends it, and what its texts cost. */
export type Sender = { schoolName: string; smsPriceMillipence: Millipence }

export type ComposeProblem = DraftProblem | NotTheirs

/** What somebody else may write, and this person may not. */
export type NotTheirs = 'outside-year-groups' | 'may-not-send-emergencies'

/** Keeps what was written as a draft. Nobody is sent anything until it is checked and scheduled. */
export async function compose(
  school: School,
  author: Author,
  sender: Sender,
  draft: Draft,
): Promise<Message | Refusal<ComposeProblem>> {
  const [problem] = problemsOf(draft)
  if (problem) return problem
  const notTheirs = await whyNotFrom(school, author, draft)
  if (notTheirs) return notTheirs

  const message = newDraft(school, author, sender, draft)
  const kept = await school.commit(
    await store.added(school, message),
    audit.entry(school, 'message.composed', message.id, { category: message.category }),
  )
  invariant(kept, 'a new draft relies on nothing')
  return message
}

export function newDraft(school: School, author: Author, sender: Sender, draft: Draft): Message {
  const { subject, text, ...chosen } = tidied(draft)
  const nowMs = school.clock.now()
  return {
    ...chosen,
    id: newId('message', nowMs),
    state: 'draft',
    content: { subject, text, schoolName: sender.schoolName },
    authorId: author.id,
    withinYears: author.years === null ? null : [...author.years],
    dueAtMs: null,
    createdAtMs: nowMs,
    startedAtMs: null,
    finishedAtMs: null,
    heldBecause: null,
    parcels: 0,
    priceMillipence: NOTHING,
    smsPriceMillipence: sender.smsPriceMillipence,
  }
}

/** Why a draft cannot be this person's: it is for others than they may write to, or too urgent. */
export async function whyNotFrom(
  school: School,
  author: Author,
  { audience, category }: Pick<Draft, 'audience' | 'category'>,
): Promise<Refusal<NotTheirs> | undefined> {
  if (isEmergency({ category }) && !author.sendsEmergencies) {
    return refuse('may-not-send-emergencies', 'category')
  }
  const isOutside = await isOutsideYears(school, author.years, audience)
  return isOutside ? refuse('outside-year-groups', 'to') : undefined
}
