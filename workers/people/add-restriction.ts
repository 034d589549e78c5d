import { eq } from 'drizzle-orm'
import { type ContactId, newId, type PupilId, type Refusal, refuse } from '#kernel'
import * as audit from '#audit'
import type { School, Statement } from '#shards'
import {
  type RestrictionId,
  type RestrictionRecord,
  type RestrictionScope,
  standingAt,
} from './restriction.ts'
import { contactRecords, stillTied, tiesOf } from './store/relationships.ts'
import { noneLike, restrictionsSaved } from './store/restrictions.ts'
import { relationships } from './tables.ts'

export type RestrictionGiven = {
  contactId: ContactId
  /** Null: about every child of the school. */
  pupilId: PupilId | null
  scope: RestrictionScope
  record: RestrictionRecord
  /** In the past for an order that was made before we heard of it. */
  startsAtMs: number
  reviewAtMs: number | null
}

export type AddRefusal =
  | 'not-a-contact'
  | 'review-before-start'
  | 'dates-make-no-sense'
  | 'already-restricted'

/**
 * Lays a restriction on a contact. From its beginning a father under a no-contact order is never
 * told where his child is, in no product, by a message scheduled before it either. `alongside` is
 * what must happen in the same commit; messaging's `restrict` stops what is on its way by it.
 */
export async function addRestriction(
  school: School,
  given: RestrictionGiven,
  alongside: readonly Statement[] = [],
): Promise<RestrictionId | Refusal<AddRefusal>> {
  if (!(await isContact(school, given))) return refuse('not-a-contact')
  if (given.reviewAtMs !== null && given.reviewAtMs <= given.startsAtMs) {
    return refuse('review-before-start', 'review')
  }
  if (standingAt({ ...given, endedAtMs: null }, true, school.clock.now()) === 'unreadable') {
    return refuse('dates-make-no-sense', 'start')
  }

  const id = newId('restriction', school.clock.now())
  const row = { ...given, id, source: 'school' as const }
  const { contactId, pupilId, scope } = given
  const added = await school.commit(
    pupilId === null ? [] : [stillTied(school, contactId, pupilId)],
    noneLike(school, row),
    await restrictionsSaved(school, [row]),
    [...alongside],
    audit.entry(school, 'restriction.added', id, { contact: contactId, pupil: pupilId, scope }),
  )
  return added ? id : refuse('already-restricted')
}

async function isContact(
  school: School,
  { contactId, pupilId }: RestrictionGiven,
): Promise<boolean> {
  if (pupilId === null) return (await contactRecords(school, [contactId])).has(contactId)
  const ties = await tiesOf(school, eq(relationships.contactId, contactId))
  return ties.some((tie) => tie.pupilId === pupilId)
}
