import { and, eq, sql } from 'drizzle-orm'
import type { MessageId } from '#kernel'
import * as schools from '#schools'
import { anyOf, type School, type Statement, statement } from '#shards'
import { messages } from './tables.ts'
import type { LeftOut } from './trace.ts'

/**
 * Closes messages of which nothing is under way any more. What no carrier took is paid back, and
 * whoever it was withheld from counts as left out: the trace says what became of it, not what was
 * meant. Told twice, nothing happens the second time.
 */
export const finished = (school: School, ids: readonly MessageId[]): Statement[] => [
  ...ids.map((id) => schools.returned(school, id, untaken(school, id))),
  leftOutSince(school, ids),
  school.db
    .update(messages)
    .set({ state: 'sent', finishedAtMs: school.clock.now() })
    .where(
      and(eq(messages.schoolId, school.id), eq(messages.state, 'sending'), anyOf(messages.id, ids)),
    )
    .toSQL(),
]

/** A carrier that took a parcel gave it a Message ID, and is paid whatever became of it. */
const untaken = (school: School, id: MessageId) => sql`
  (select sum(parcels.price_millipence) from parcels
    join messages on messages.id = parcels.message_id and messages.state = 'sending'
    where parcels.school_id = ${school.id} and parcels.message_id = ${id}
      and parcels.provider_message_id is null
      and (parcels.state = 'cancelled' or parcels.state like 'failed-%'))`

const rules = { restricted: 'restricted-since', stopped: 'stopped-since' } satisfies Record<
  string,
  LeftOut
>

const leftOutSince = (school: School, ids: readonly MessageId[]): Statement =>
  statement(sql`
    update candidates set is_included = 0,
      rule = case parcels.withheld_because
        when 'stopped' then ${rules.stopped} else ${rules.restricted} end
    from parcels
    where candidates.school_id = ${school.id} and ${anyOf(sql`candidates.message_id`, ids)}
      and candidates.is_included = 1 and parcels.id = candidates.parcel_id
      and parcels.school_id = ${school.id} and parcels.state = 'cancelled'
      and parcels.withheld_because is not null`)
