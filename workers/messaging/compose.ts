import * as audit from '#audit'
import { invariant, type Millipence, newId, NOTHING, type Refusal, refuse } from '#kernel'
import * as people from '#people'
import type { School } from '#shards'
import { type Audience, hasOthers } from './audience.ts'
import { type Draft, type DraftProblem, problemsOf, tidied } from './draft.ts'
import type { Author, Message } from './message.ts'
import * as store from './message-store.ts'

/** What a message says of the school that sends it, and what its texts cost. */
export type Sender = { schoolName: string; smsPriceMillipence: Millipence }

export type ComposeProblem = DraftProblem | 'outside-year-groups'

/** Keeps what was written as a draft. Nobody is sent anything until it is checked and scheduled. */
export async function compose(
  school: School,
  author: Author,
  sender: Sender,
  draft: Draft,
): Promise<Message | Refusal<ComposeProblem>> {
  const [problem] = problemsOf(draft)
  if (problem) return problem
  if (await isOutsideYears(school, author, draft.audience))
    return refuse('outside-year-groups', 'to')

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

/** Whether somebody granted some years chose a pupil of another, or people who are of none. */
export async function isOutsideYears(
  school: School,
  { years }: Author,
  audience: Audience,
): Promise<boolean> {
  if (years === null) return false
  if (hasOthers(audience)) return true
  if (audience.pupils.length + audience.groups.length === 0) return false
  const { pupils } = await people.circle(school, { ...audience, everyPupil: false })
  return pupils.some((pupil) => !pupil.hasLeft && !people.isWithin(pupil, years))
}
