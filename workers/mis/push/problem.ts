import type { UnopenedReason } from './open.ts'

/** Why nothing of a push is used. The school's data is as it was. */
export type PushProblem =
  | UnopenedReason
  /** The agent is not known any more, or its keys are not. */
  | 'agent-unknown'
  /** What the agent sent is not in the bucket any more. */
  | 'gone'
  | 'not-a-payload'
  /** Inside, it says of itself something else than the request it came with. */
  | 'not-as-announced'
  | 'too-many-records'
  /** Not too many records, but they change more than one commit can hold. */
  | 'too-much-at-once'
  /** More bytes in it than are opened at once. */
  | 'too-big'
  /** More marks of one pupil in one month than a register can have. */
  | 'too-many-marks'
  /** It was tried for hours, and never came to an end. */
  | 'could-not-be-applied'
  /** The contract is over, and nothing of the school is used any more. */
  | 'school-locked'
  /** Nothing that the school subscribes to needs it (any more). */
  | 'not-subscribed'
  /** Fewer or more records than its end says. */
  | 'wrong-count'
  /** What was taken from the school's system after it has been applied already. */
  | 'overtaken'

/** Thrown where an opened push cannot be used at all. */
export class Unusable extends Error {
  override name = 'Unusable'
  readonly problem: PushProblem
  constructor(problem: PushProblem) {
    super(problem)
    this.problem = problem
  }
}
