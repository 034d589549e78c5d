import * as people from '#people'
import type { School, Statement } from '#shards'
import type { PlannedWrites } from './plan.ts'

/** What an import writes of people, in the order in which one needs the other. */
export async function peopleWrites(school: School, writes: PlannedWrites): Promise<Statement[]> {
  const nowMs = school.clock.now()
  return [
    ...(await people.groupsSaved(school, writes.groups)),
    ...(await people.pupilsSaved(school, writes.pupils)),
    ...people.pupilsReturned(school, writes.returned),
    ...people.pupilsLeft(school, writes.left, nowMs),
    ...people.membershipsReplaced(school, writes.regrouped, writes.memberships),
    ...(await people.contactsSaved(school, writes.contacts)),
    ...people.relationshipsEnded(school, writes.tiesEnded),
    ...(await people.relationshipsSaved(school, writes.ties)),
    ...people.pointsEnded(school, writes.pointsEnded),
    ...(await people.pointsSaved(school, writes.points)),
    ...people.restrictionsEnded(school, writes.restrictionsEnded),
    ...(await people.restrictionsSaved(school, writes.restrictions)),
  ]
}
