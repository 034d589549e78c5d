import * as access from '#access'
import { parseId } from '#kernel'
import { areaOf } from '../../area.ts'
import type { SchoolVisit } from '../../route.ts'

/** The review that the path names, of the visitor’s own organisation. */
export async function reviewOf(visit: SchoolVisit): Promise<access.Review | undefined> {
  const id = parseId('review', visit.param('review'))
  return id && access.findReview(visit.directory, visit.school, id)
}

/** "/school/reviews" */
export const reviewsPath = ({ organisation }: Pick<SchoolVisit, 'organisation'>): string =>
  `${areaOf(organisation)}/reviews`

/** "/school/reviews/rev_…", and a page below it. */
export const reviewPath = (
  visit: Pick<SchoolVisit, 'organisation'>,
  { id }: Pick<access.Review, 'id'>,
  below = '',
): string => `${reviewsPath(visit)}/${id}${below}`
