import type { AllowList } from '../workers/mis/push/answers.ts'
import {
  cutRecord,
  droppedBy,
  spokenOf,
  startCutting,
  unnamedUnlessAllowed,
} from '../workers/mis/push/keep.ts'
import type { Batch } from './read-feed.ts'

/** A batch with nothing in it that Schoolgate did not ask for. */
export type Kept = {
  readonly batch: Batch
  /** Fields that leave the school, as `pupil.surname`, with how many records hold something there. */
  readonly kept: ReadonlyMap<string, number>
}

/** Keeps the fields on the list. What is left out is counted by field, so that `preview` can show it. */
export function keep(batch: Batch, { fields }: AllowList): Kept {
  const cutting = startCutting(fields)
  const records = batch.records.flatMap((record) => cutRecord(cutting, record) ?? [])
  return {
    batch: {
      ...batch,
      about: spokenOf(cutting, batch.about),
      records,
      rejected: batch.rejected.map((each) => unnamedUnlessAllowed(cutting, each)),
      dropped: [...batch.dropped, ...droppedBy(cutting)],
    },
    kept: cutting.kept,
  }
}
