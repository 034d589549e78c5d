import * as audit from '#audit'
import type { School } from '#shards'
import type { Quality } from './quality.ts'
import { countFailing } from './store/failing.ts'
import { duplicates, sharedPoints, thinlyReached } from './store/quality.ts'

/** What is amiss with the contact data, for somebody who puts it right: the trail knows that they looked. */
export async function viewQuality(school: School): Promise<Quality> {
  const [reach, shared, twice, failing] = await Promise.all([
    thinlyReached(school),
    sharedPoints(school),
    duplicates(school),
    countFailing(school),
  ])
  await audit.viewed(school, 'data-quality.viewed', [school.id], {
    unreachable: reach.unreachable.total,
    shared: shared.total,
    duplicates: twice.total,
  })
  return { ...reach, shared, duplicates: twice, failing }
}
