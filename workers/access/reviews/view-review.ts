import type { Directory, School } from '#shards'
import * as users from '../store.ts'
import type { User } from '../user.ts'
import { withSecondFactor } from '../user-store.ts'
import { isSettled, type Review, type ReviewLine } from './review.ts'
import { isAloneInCharge } from './sign-off.ts'
import * as store from './store.ts'

export type Reviewed = {
  user: User
  line: ReviewLine | undefined
  isSettled: boolean
  hasSecondFactor: boolean
  /** The one who looks, while somebody else is in charge too: theirs is for the other to say. */
  isForAnother: boolean
}

export type ReviewView = {
  review: Review
  /** Everybody who may sign in now, and whoever was taken out by this review. */
  people: Reviewed[]
  settled: number
  /** Who is in the organisation, or was, by id: for who decided. */
  names: ReadonlyMap<string, string>
}

/** A review with everybody it is about, as the actor of `school` sees it. */
export async function viewReview(
  directory: Directory,
  school: School,
  review: Review,
): Promise<ReviewView> {
  const [all, lines, guarded] = await Promise.all([
    users.list(directory, school),
    store.linesOf(directory, school, review.id),
    withSecondFactor(directory, school),
  ])
  const lineOf = new Map(lines.map((line) => [line.userId, line]))
  const people = all
    .filter(({ id, state }) => state === 'active' || lineOf.has(id))
    .map((user) => ({
      user,
      line: lineOf.get(user.id),
      isSettled: isSettled(user, lineOf.get(user.id)),
      hasSecondFactor: guarded.has(user.id),
      isForAnother: user.id === school.actor.id && !isAloneInCharge(all, user.id),
    }))
  return {
    review,
    people,
    settled: people.filter((one) => one.isSettled).length,
    names: new Map(all.map(({ id, name }) => [id, name])),
  }
}
