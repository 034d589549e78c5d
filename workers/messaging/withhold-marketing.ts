import { sql } from 'drizzle-orm'
import * as delivery from '#delivery'
import type { School, Statement } from '#shards'
import type { Fingerprint } from '#vault'
import { urgencyOf } from './message.ts'

/**
 * Marketing that has left for these numbers and addresses and that no carrier has goes no further, in the
 * commit in which their agreement ends. Whatever else is on its way to them still goes.
 */
export const marketingWithheld = (
  school: School,
  fingerprints: readonly Fingerprint[],
): Statement[] =>
  fingerprints.length === 0
    ? []
    : delivery.withheld(school, fingerprints, {
        because: 'stopped',
        urgencyFrom: urgencyOf('marketing'),
        ofMessages: sql`select id from messages where school_id = ${school.id} and category = 'marketing'`,
      })
