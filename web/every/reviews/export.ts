import * as access from '#access'
import * as audit from '#audit'
import { notFoundPage } from '../../error-pages.tsx'
import { everyArea } from '../../route.ts'
import { csvText } from '../../csv-text.ts'
import { roleNames } from '../../words/roles.ts'
import { decisionWords, grantsOf, yearsOf } from '../../words/reviews.ts'
import { reviewOf } from './review-of.ts'

const HEADS = [
  'Name',
  'Decision',
  'Role',
  'Further permissions',
  'Years',
  'Decided by',
  'Decided at (UTC)',
  'Note',
]

/** The record of a review as a file, with times as ISO 8601 in UTC. The trail knows of it. */
export const reviewExport = everyArea('/reviews/:review/export', 'review-access', {
  isConfirmed: true,
  get: async (visit) => {
    const review = await reviewOf(visit)
    if (!review) return notFoundPage(visit)
    const { people, names } = await access.viewReview(visit.directory, visit.school, review)
    const rows = people.flatMap(({ user, line }) =>
      line ? [rowOf(user, line, names.get(line.decidedBy) ?? '')] : [],
    )
    await visit.school.commit(
      audit.entry(visit.school, 'review.exported', review.id, { people: rows.length }),
    )
    return visit.c.body(csvText([HEADS, ...rows]), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="access-review-${review.term}.csv"`,
      'Cache-Control': 'no-store',
    })
  },
})

const rowOf = (user: access.User, line: access.ReviewLine, decidedBy: string): string[] => [
  user.name,
  decisionWords[line.decision].text,
  roleNames[line.role],
  grantsOf(line),
  yearsOf(line),
  decidedBy,
  new Date(line.decidedAtMs).toISOString(),
  line.note ?? '',
]
