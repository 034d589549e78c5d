/**
 * Consent answers one question: may we write to this person, for this, on this channel? It owns who
 * asked to stop, who agreed to marketing, and the rule that puts restrictions first. It promises that a person under any
 * restriction is left out, and that STOP holds for everything but emergencies and attendance. It
 * never looks people up: it is told the facts, so that each answer can be explained.
 */
export { type Category, type ConsentFacts, decide, type Decision, isEssential } from './decide.ts'
export { optInsHolding, optOutsHolding } from './holdings.ts'
export {
  agreedAmong,
  agreedByMis,
  type Agreement,
  agreements,
  agreementsOf,
  withdrawnByMis,
  withdrawnSince,
} from './marketing-store.ts'
export {
  countSaid,
  isResumedSince,
  nothingSaidSince,
  resumed,
  type Source,
  stopped,
  stoppedAmong,
} from './store.ts'
export {
  standing,
  standingOf,
  type StandingWish,
  stoppedByMis,
  takenBackByMis,
  type Wish,
} from './told-by-mis.ts'
