import * as audit from '#audit'
import { invariant, newId, type Refusal, refuse, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { changeRole } from '../change-role.ts'
import type { LastRefusal, WhomRefusal } from '../change-user.ts'
import type { Entitlement, EntitlementRefusal } from '../entitlement.ts'
import { removeUser } from '../remove-user.ts'
import * as users from '../store.ts'
import { suspend } from '../suspend.ts'
import { isInCharge, type User } from '../user.ts'
import { isLower } from './lower.ts'
import { type Decision, levelText, type Review, type ReviewLine, reviewState } from './review.ts'
import * as store from './store.ts'

export type SignOff = {
  user: UserId
  /** The level that was looked at, as `levelText` gives it. */
  seen: string
  note: string | null
  choice:
    | { decision: 'kept' }
    | { decision: 'suspended' }
    | { decision: 'removed' }
    | { decision: 'changed'; to: Entitlement }
}

export type SignOffRefusal =
  | Refusal<'review-over' | 'changed-meanwhile' | 'own-access' | 'nothing-changed' | 'lower-only'>
  | WhomRefusal
  | EntitlementRefusal
  | LastRefusal

/**
 * Says of one person whether their access is right, and makes it so where it is not. Nobody says it of
 * themselves while somebody else is in charge too; whoever is in charge alone does, and the trail notes it.
 */
export async function signOff(
  directory: Directory,
  school: School,
  review: Review,
  { user, seen, note, choice }: SignOff,
): Promise<SignOffRefusal | undefined> {
  if (review.completedAtMs !== null || review.organisationId !== school.id) {
    return refuse('review-over')
  }
  const all = await users.list(directory, school)
  const person = all.find(({ id }) => id === user)
  if (!person || person.state !== 'active') return refuse('no-such-user')
  if (levelText(person) !== seen) return refuse('changed-meanwhile')
  const isOwn = user === school.actor.id
  if (isOwn && !mayKeepOwn(all, user, choice.decision)) return refuse('own-access')
  if (isHeldBack(school, review, person, choice)) return refuse('lower-only', 'role')
  const refused = await carriedOut(directory, school, person, choice)
  if (refused) return refused

  const { decision } = choice
  // Read again: what was made of a choice is what the record is of.
  const after = (await users.find(directory, school, user)) ?? person
  const facts = { review: review.id, decision, role: after.role, isOwn }
  await school.commit(audit.entry(school, 'review.signed-off', user, facts))
  const line = lineOf(school, review, after, { decision, note })
  const isDecided = await directory.write(await store.decided(directory, school, line))
  if (isDecided) return undefined
  const lost = { review: review.id, because: 'changed-meanwhile' }
  await school.commit(audit.entry(school, 'review.sign-off-lost', user, lost))
  return refuse('changed-meanwhile')
}

/** Whether somebody may decide about themselves: that they stay, where nobody else could say so. */
export const isAloneInCharge = (all: readonly User[], id: UserId): boolean =>
  !all.some((user) => user.id !== id && user.state === 'active' && isInCharge(user.role))

const mayKeepOwn = (all: readonly User[], id: UserId, decision: Decision): boolean =>
  decision === 'kept' && isAloneInCharge(all, id)

/** Who may not change users since the review is overdue gives nobody more by way of the review itself. */
const isHeldBack = (
  { clock }: School,
  review: Review,
  person: User,
  choice: SignOff['choice'],
): boolean =>
  choice.decision === 'changed' &&
  reviewState(review, clock.now()) === 'restricting' &&
  !isLower(choice.to, person)

async function carriedOut(
  directory: Directory,
  school: School,
  person: User,
  choice: SignOff['choice'],
): Promise<SignOffRefusal | undefined> {
  if (choice.decision === 'kept') return undefined
  if (choice.decision === 'suspended') return suspend(directory, school, person.id)
  if (choice.decision === 'removed') return removeUser(directory, school, person.id)
  if (levelText(choice.to) === levelText(person)) return refuse('nothing-changed', 'role')
  return changeRole(directory, school, person.id, choice.to)
}

function lineOf(
  { actor, clock }: School,
  review: Review,
  { id, role, grants, yearGroups }: User,
  said: Pick<ReviewLine, 'decision' | 'note'>,
): ReviewLine {
  invariant(actor.kind === 'user', 'only somebody of the organisation reviews its access')
  return {
    ...said,
    id: newId('review-line', clock.now()),
    reviewId: review.id,
    userId: id,
    role,
    grants,
    yearGroups,
    decidedBy: actor.id,
    decidedAtMs: clock.now(),
  }
}
