import * as access from '#access'
import { parseId } from '#kernel'
import type { School } from '#shards'
import { callerOf } from '../caller.ts'
import type { SchoolVisit } from '../route.ts'

/** The customer's area, with the operator's employee acting: it is the customer's trail that shows it. */
export async function customerOf(visit: SchoolVisit): Promise<School | undefined> {
  const id = parseId('organisation', visit.param('organisation'))
  const actor = { kind: 'user', id: visit.user.id } as const
  const customer = id && (await visit.directory.school(id, actor))
  // Under the customer's own key, so that two customers cannot compare what their trails say.
  return customer?.as({ ...actor, from: await access.fromWhere(customer, callerOf(visit)) })
}
