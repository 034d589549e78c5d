import * as audit from '#audit'
import { invariant, type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import { decisions, type Review } from './review.ts'
import * as store from './store.ts'

/**
 * Says that everybody was looked at, which lifts what an overdue review held back, at once. Everybody is
 * counted at that moment, in the database: somebody who joined a moment ago is not passed over. It is
 * claimed first and counts last, so that the trail knows of it before it has effect, and once.
 */
export async function completeReview(
  directory: Directory,
  school: School,
  review: Review,
): Promise<Refusal<'review-over' | 'not-all-decided'> | undefined> {
  const { actor } = school
  invariant(actor.kind === 'user', 'only somebody of the organisation reviews its access')
  if (review.completedAtMs !== null) return refuse('review-over')
  if (!(await store.claimed(directory, school, review.id, actor.id))) {
    const now = await store.findReview(directory, school, review.id)
    return refuse(now?.completedAtMs === null ? 'not-all-decided' : 'review-over')
  }

  const lines = await store.linesOf(directory, school, review.id)
  const counts = decisions.map((decision) => [
    decision,
    lines.filter((line) => line.decision === decision).length,
  ])
  const once = { because: review.term, sinceMs: review.openedAtMs - 1 }
  await school.commit(
    audit.noneSince(school, 'review.completed', review.id, once),
    audit.entry(school, 'review.completed', review.id, {
      because: review.term,
      ...Object.fromEntries(counts),
    }),
  )
  await directory.write(store.completed(directory, school, review.id))
  return undefined
}
