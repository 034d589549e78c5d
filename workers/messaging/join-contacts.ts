import { and, eq } from 'drizzle-orm'
import * as delivery from '#delivery'
import type { ContactId, Refusal } from '#kernel'
import * as people from '#people'
import type { JoinRefusal } from '#people'
import type { School, Write } from '#shards'
import { candidates, replies } from './tables.ts'

/**
 * Makes one contact of two, and in the same commit brings what was sent to them and what they wrote along.
 * Where either is under a restriction, what is on its way to the numbers of both is stopped: it stops
 * more than it must rather than less.
 */
export async function joinContacts(
  school: School,
  kept: ContactId,
  gone: ContactId,
): Promise<Refusal<JoinRefusal> | undefined> {
  const restrictions = await people.restrictionsOf(school, [kept, gone])
  const fingerprints =
    restrictions.length === 0 ? [] : await people.fingerprintsOf(school, [kept, gone])
  const withheld =
    fingerprints.length === 0
      ? []
      : delivery.withheld(school, fingerprints, { because: 'restricted' })
  return people.joinContacts(school, kept, gone, [
    ...historyJoined(school, kept, gone),
    ...withheld,
  ])
}

const historyJoined = (school: School, kept: ContactId, gone: ContactId): Write[] => [
  school.db
    .update(candidates)
    .set({ personId: kept })
    .where(and(eq(candidates.schoolId, school.id), eq(candidates.personId, gone))),
  school.db
    .update(replies)
    .set({ contactId: kept })
    .where(and(eq(replies.schoolId, school.id), eq(replies.contactId, gone))),
]
