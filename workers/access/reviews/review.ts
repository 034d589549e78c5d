import type { Id, OrganisationId, UserId } from '#kernel'
import type { Grant, Role, User } from '../user.ts'
import type { TermName } from './term.ts'

export type Review = {
  id: Id<'review'>
  organisationId: OrganisationId
  term: TermName
  openedAtMs: number
  /** The end of the due day. */
  dueAtMs: number
  completedAtMs: number | null
  /** Who is completing it, or has. */
  completedBy: UserId | null
  remindedAtMs: number | null
}

/** What somebody may do: what a review looks at. */
export type Level = { role: Role; grants: readonly Grant[]; yearGroups: readonly string[] | null }

/** `kept` and `changed` leave the person in; the other two take them out. */
export const decisions = ['kept', 'changed', 'suspended', 'removed'] as const
export type Decision = (typeof decisions)[number]

/** What was decided about one person, and the level that they have, or had, by it. */
export type ReviewLine = Level & {
  id: Id<'review-line'>
  reviewId: Id<'review'>
  userId: UserId
  decision: Decision
  decidedBy: UserId
  decidedAtMs: number
  note: string | null
}

const DAY_MS = 24 * 60 * 60_000
/** PRODUCT 3.9: an overdue review is shown for so long, then restricts. */
export const REVIEW_GRACE_MS = 14 * DAY_MS
/** Letters of a note, such as "Covers for Mr Pym until July". */
export const MAX_NOTE_LENGTH = 300

export type ReviewState = 'open' | 'overdue' | 'restricting' | 'completed'

export function reviewState(
  { completedAtMs, dueAtMs }: Pick<Review, 'completedAtMs' | 'dueAtMs'>,
  nowMs: number,
): ReviewState {
  if (completedAtMs !== null) return 'completed'
  if (nowMs < dueAtMs) return 'open'
  return nowMs - dueAtMs > REVIEW_GRACE_MS ? 'restricting' : 'overdue'
}

/** An instant on the last day on which it may be done. */
export const reviewLastDayMs = ({ dueAtMs }: Pick<Review, 'dueAtMs'>): number => dueAtMs - 1

/** What a reminder is about. */
export type ReviewOccasion = 'opened' | 'due-in-a-week' | 'due-today' | 'overdue'

export function reviewOccasion(
  { dueAtMs }: Pick<Review, 'dueAtMs'>,
  nowMs: number,
): ReviewOccasion {
  if (nowMs >= dueAtMs) return 'overdue'
  if (nowMs >= dueAtMs - DAY_MS) return 'due-today'
  return nowMs >= dueAtMs - 8 * DAY_MS ? 'due-in-a-week' : 'opened'
}

/** From when an open review restricts. */
export const restrictsAtMs = ({ dueAtMs }: Pick<Review, 'dueAtMs'>): number =>
  dueAtMs + REVIEW_GRACE_MS

/**
 * A level as a form carries it along, so that a sign-off says which level it is of: what somebody else
 * changed meanwhile was not looked at.
 */
export const levelText = ({ role, grants, yearGroups }: Level): string =>
  JSON.stringify([role, grants, yearGroups])

/**
 * Whether nothing is left to decide about somebody. A level that was changed since, and an account that was
 * opened again since, is to be looked at again.
 */
export function isSettled(
  user: Pick<User, 'state'> & Level,
  line: ReviewLine | undefined,
): boolean {
  if (user.state !== 'active') return true
  if (!line || !leavesIn.includes(line.decision)) return false
  return levelText(line) === levelText(user)
}

const leavesIn: readonly Decision[] = ['kept', 'changed']
