/**
 * Write-backs are decisions made in Schoolgate that belong in the school's own system: codes with the name and
 * title of who decided them, and corrected numbers. They promise that one is queued in the same commit as the
 * decision, that an agent gets each until it says that it is safely written, and that a person sees what is
 * still to be done. They never decide anything.
 */
export { acknowledge } from './acknowledge.ts'
export { collect } from './collect.ts'
export { doByHand } from './do-by-hand.ts'
export {
  type Acknowledged,
  type Acknowledgement,
  acknowledgementSchema,
  MAX_COLLECTED,
  type WriteBackLine,
  type WriteBackRecord,
  type WriteBacksCollected,
} from './line.ts'
export {
  type CodeDecided,
  type Decided,
  type Decider,
  type PointCorrected,
  queue,
  queued,
} from './queue.ts'
export { countWaiting, find } from './store.ts'
export { view } from './view.ts'
export { canWriteBack as can, type WriteBack, type WriteBackState } from './write-back.ts'
