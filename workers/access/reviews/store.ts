import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { type Id, type OrganisationId, type UserId } from '#kernel'
import { type Directory, type School, statement, type Write } from '#shards'
import { users } from '../directory-tables.ts'
import type { User } from '../user.ts'
import { reviewLines, reviews } from './directory-tables.ts'
import type { Review, ReviewLine } from './review.ts'
import type { Term } from './term.ts'

/** An organisation’s review that waits to be completed, if any: the oldest first. */
export async function openReviewOf(
  directory: Directory,
  organisation: OrganisationId,
): Promise<Review | undefined> {
  const [found] = await directory.db
    .select()
    .from(reviews)
    .where(and(eq(reviews.organisationId, organisation), isNull(reviews.completedAtMs)))
    .orderBy(asc(reviews.dueAtMs))
    .limit(1)
  return found
}

/** One of an organisation’s reviews; undefined where it has no such review. */
export async function findReview(
  directory: Directory,
  school: School,
  id: Id<'review'>,
): Promise<Review | undefined> {
  const [found] = await directory.db
    .select()
    .from(reviews)
    .where(and(eq(reviews.id, id), eq(reviews.organisationId, school.id)))
  return found
}

/** Reviews that an organisation completed, newest first. */
export const completedReviews = (directory: Directory, school: School): Promise<Review[]> =>
  directory.db
    .select()
    .from(reviews)
    .where(and(eq(reviews.organisationId, school.id), sql`${reviews.completedAtMs} is not null`))
    .orderBy(desc(reviews.openedAtMs))
    .limit(MAX_LISTED)

/** What was decided in a review, in the order in which it was. */
export async function linesOf(
  directory: Directory,
  school: School,
  review: Id<'review'>,
): Promise<ReviewLine[]> {
  const found = await directory.db
    .select()
    .from(reviewLines)
    .where(and(eq(reviewLines.reviewId, review), eq(reviewLines.organisationId, school.id)))
    .orderBy(asc(reviewLines.decidedAtMs), asc(reviewLines.id))
    .limit(MAX_LINES)
  return Promise.all(
    found.map(async ({ note, ...line }) => ({
      ...line,
      note: note && (await school.open(reviewLines.note, line.id, note)),
    })),
  )
}

/**
 * Organisations, `among` those that a query gives, that owe a term’s review: they had people before the
 * term opened, and have some now. One
 * that has a review open owes that one first; one that was completed in this term, late, does for it. Goes
 * from organisation to organisation along the index, so that it costs a step for each of them and not for
 * each person.
 */
export async function owing(
  directory: Directory,
  { name, opensAtMs }: Term,
  { among, limit }: { among: SQL; limit: number },
): Promise<OrganisationId[]> {
  const found = await directory.rows<{ id: OrganisationId }>(
    statement(sql`
      with recursive organisation (id) as (
        select min(organisation_id) from users
        union all
        select (select min(organisation_id) from users where organisation_id > organisation.id)
          from organisation where id is not null
      )
      select id from organisation where id is not null and id in (${among})
        and not exists (select 1 from reviews where organisation_id = organisation.id
          and (term = ${name} or completed_at_ms is null or completed_at_ms >= ${opensAtMs}))
        and exists (select 1 from users
          where organisation_id = organisation.id and created_at_ms < ${opensAtMs})
        and exists (select 1 from users
          where organisation_id = organisation.id and state = 'active')
      limit ${limit}`),
  )
  return found.map(({ id }) => id)
}

/** One a term, whoever else opens it at the same time. */
export const opened = (directory: Directory, review: Review): Write =>
  directory.db.insert(reviews).values(review).onConflictDoNothing()

/**
 * A decision about somebody, in the place of an earlier one. Fails its batch where the review is over, or
 * where the person’s account or level is not as the decision leaves it.
 */
export async function decided(
  directory: Directory,
  school: School,
  line: ReviewLine,
): Promise<Write[]> {
  const { note: text, grants, yearGroups, ...rest } = line
  const note = text === null ? null : await school.seal(reviewLines.note, line.id, text)
  const level = { grants: [...grants], yearGroups: yearGroups && [...yearGroups] }
  const row = { ...rest, ...level, note, organisationId: school.id }
  return [
    directory.expect(stillOpen(directory, school, line.reviewId)),
    directory.expect(asDecided(directory, school, line)),
    directory.db
      .delete(reviewLines)
      .where(and(eq(reviewLines.reviewId, line.reviewId), eq(reviewLines.userId, line.userId))),
    directory.db.insert(reviewLines).values(row),
  ]
}

const stillOpen = (directory: Directory, school: School, review: Id<'review'>) =>
  directory.db
    .select({ id: reviews.id })
    .from(reviews)
    .where(
      and(
        eq(reviews.id, review),
        eq(reviews.organisationId, school.id),
        isNull(reviews.completedAtMs),
      ),
    )

function asDecided(directory: Directory, school: School, line: ReviewLine) {
  const { decision, role, grants, yearGroups } = line
  const staysIn = decision === 'kept' || decision === 'changed'
  const state: User['state'] = staysIn ? 'active' : decision
  return directory.db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.id, line.userId),
        eq(users.organisationId, school.id),
        eq(users.state, state),
        staysIn ? eq(users.role, role) : undefined,
        staysIn ? eq(users.grants, [...grants]) : undefined,
        staysIn
          ? yearGroups === null
            ? isNull(users.yearGroups)
            : eq(users.yearGroups, [...yearGroups])
          : undefined,
      ),
    )
}

/**
 * Reviews of which it is time to remind somebody: when one has opened, a week before its last day, on that
 * day, and each week after it. What was missed is made good once, by the latest of them.
 */
export function toBeReminded(directory: Directory, limit: number): Promise<Review[]> {
  const nowMs = directory.clock.now()
  const lastDayMs = sql`(${reviews.dueAtMs} - ${DAY_MS})`
  // D1 binds numbers as reals, by which a division leaves a fraction.
  const weeks = sql`cast((${nowMs} - ${lastDayMs}) / ${WEEK_MS} as integer)`
  const latestMs = sql`case
    when ${nowMs} >= ${lastDayMs} then ${lastDayMs} + ${weeks} * ${WEEK_MS}
    when ${nowMs} >= ${lastDayMs} - ${WEEK_MS} then ${lastDayMs} - ${WEEK_MS}
    else ${reviews.openedAtMs} end`
  return directory.db
    .select()
    .from(reviews)
    .where(
      and(
        isNull(reviews.completedAtMs),
        sql`(${reviews.remindedAtMs} is null or ${reviews.remindedAtMs} < ${latestMs})`,
      ),
    )
    .orderBy(asc(reviews.dueAtMs))
    .limit(limit)
}

export const reminded = (directory: Directory, review: Id<'review'>): Write =>
  directory.db
    .update(reviews)
    .set({ remindedAtMs: directory.clock.now() })
    .where(eq(reviews.id, review))

/**
 * Notes who completes a review; false where it is over, or somebody who may sign in has no decision that
 * holds for the level they have.
 */
export async function claimed(
  directory: Directory,
  school: School,
  review: Id<'review'>,
  by: UserId,
): Promise<boolean> {
  const found = await directory.rows(
    statement(sql`
      update reviews set completed_by = ${by}
      where id = ${review} and organisation_id = ${school.id} and completed_at_ms is null
        and not exists (
          select 1 from users where users.organisation_id = ${school.id} and users.state = 'active'
            and not exists (
              select 1 from review_lines as line
              where line.review_id = ${review} and line.user_id = users.id
                and line.decision in ('kept', 'changed') and line.role = users.role
                and line.grants = users.grants and line.year_groups is users.year_groups))
      returning id`),
  )
  return found.length > 0
}

export const completed = (directory: Directory, school: School, review: Id<'review'>): Write =>
  directory.db
    .update(reviews)
    .set({ completedAtMs: directory.clock.now() })
    .where(
      and(
        eq(reviews.id, review),
        eq(reviews.organisationId, school.id),
        isNull(reviews.completedAtMs),
      ),
    )

const DAY_MS = 24 * 60 * 60_000
const WEEK_MS = 7 * DAY_MS

/** Past reviews of more than thirty years. */
const MAX_LISTED = 100
/** As many as an organisation’s users that are listed (`../store.ts`). */
const MAX_LINES = 1_000
