/**
 * Messaging owns what a school writes and what parents write back: drafts, the check before sending,
 * schedules, the choice of recipients with its trace, and replies. It promises that recipients are
 * worked out at the moment of sending, that nobody under a restriction is ever among them, and that
 * a message leaves once or not at all. It hands parcels to delivery and never speaks to a carrier.
 */
export { answer } from './answer.ts'
export { type Audience, type ContactRule, isAboutPupils, nobody } from './audience.ts'
export { cancel } from './cancel.ts'
export { check, type CheckProblem, type LeftOutGroup, type Preview } from './check.ts'
export { compose, type ComposeProblem, type NotTheirs, type Sender } from './compose.ts'
export { discard } from './discard.ts'
export { dispatch, type Dispatched } from './dispatch.ts'
export { putAside } from './put-aside.ts'
export { type Draft, type DraftProblem, problemsOf } from './draft.ts'
export { edit, isAnswer } from './edit.ts'
export { finished } from './finished.ts'
export { candidatesHolding, messagesHolding, repliesHolding } from './holdings.ts'
export { joinContacts } from './join-contacts.ts'
export {
  type Author,
  can,
  categories,
  type Category,
  contactRules,
  EMERGENCY_OVERDRAFT,
  type HeldBecause,
  isEmergency,
  type Message,
  type MessageChannel,
  type State,
  states,
  urgencyOf,
} from './message.ts'
export {
  countByState,
  find,
  findFor,
  inProgress,
  list,
  nextDue,
  nextDueAt,
} from './message-store.ts'
export { type Placeholder, unknown as unknownPlaceholders } from './placeholders.ts'
export { read } from './read.ts'
export { receive, type Received } from './receive.ts'
export type { Reply, Thread } from './reply.ts'
export { countThreads, findReply, listThread, listThreads, visibleAmong } from './reply-store.ts'
export { MAX_RECIPIENTS } from './resolve.ts'
export { restrict } from './restrict.ts'
export { schedule, type ScheduleProblem, type When } from './schedule.ts'
export { isLeftOut, type LeftOut, leftOutRules, type Rule } from './trace.ts'
export { type Candidate, countLeftOut, listByParcels, listLeftOut } from './trace-store.ts'
export { view, viewOn } from './view.ts'
export { viewThread } from './view-thread.ts'
export { marketingWithheld } from './withhold-marketing.ts'
export { yearsFor } from './years.ts'
