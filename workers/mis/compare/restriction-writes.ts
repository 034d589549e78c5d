import * as audit from '#audit'
import * as delivery from '#delivery'
import type { ImportId } from '#kernel'
import * as people from '#people'
import type { School, Statement } from '#shards'
import type { PlannedWrites } from './plan.ts'

/**
 * What goes with the restrictions that a file carries, in the commit that lays them: texts on their
 * way to those contacts are stopped (PRODUCT 5.5: for scheduled messages too), and the trail has each
 * of them with the import that it came by.
 */
export async function restrictionWrites(
  school: School,
  id: ImportId,
  { restrictions, restrictionsEnded, points }: PlannedWrites,
): Promise<Statement[]> {
  const contacts = new Set<people.PersonId>(restrictions.map(({ contactId }) => contactId))
  const known = await people.fingerprintsOf(school, [...contacts])
  const coming = points.filter(({ personId }) => contacts.has(personId))
  const fingerprints = await Promise.all(
    coming.map(({ channel, value }) => people.pointKey(school, channel, value)),
  )
  return [
    ...delivery.withheld(school, [...new Set([...known, ...fingerprints])], {
      because: 'restricted',
    }),
    ...restrictions.map(({ id: restriction, contactId: contact, pupilId: pupil, scope }) =>
      audit.entry(school, 'restriction.added', restriction, { contact, pupil, scope, import: id }),
    ),
    ...restrictionsEnded.map((ended) =>
      audit.entry(school, 'restriction.ended', ended, { import: id }),
    ),
  ]
}
