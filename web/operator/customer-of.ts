import { parseId } from '#kernel'
import type { School } from '#shards'
import type { SchoolVisit } from '../route.ts'

/** The customer's area, with the operator's employee acting: it is the customer's trail that shows it. */
export async function customerOf(visit: SchoolVisit): Promise<School | undefined> {
  const id = parseId('organisation', visit.param('organisation'))
  return id && visit.directory.school(id, { kind: 'user', id: visit.user.id })
}
