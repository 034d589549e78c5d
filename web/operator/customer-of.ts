import * as access from '#access'
import { type OrganisationId, parseId } from '#kernel'
import type { School } from '#shards'
import { callerOf } from '../caller.ts'
import type { SchoolVisit } from '../route.ts'

/** The customer's area, with the operator's employee acting: it is the customer's trail that shows it. */
export async function customerOf(
  visit: SchoolVisit,
  id: OrganisationId | undefined = parseId('organisation', visit.param('organisation')),
): Promise<School | undefined> {
  const { id: operator, role } = visit.user
  const actor = { kind: 'operator', id: operator, role, access: null } as const
  const customer = id && (await visit.directory.school(id, actor))
  // Under the customer's own key, so that two customers cannot compare what their trails say.
  return customer?.as({ ...actor, from: await access.fromWhere(customer, callerOf(visit)) })
}
